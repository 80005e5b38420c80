/**
 * The same recording, the same run: state digests at several moments and the digest of the report, in Node, in a worker
 * of the built page and in the page itself, in Chromium and in Firefox. Then the page is used once in each of them.
 *
 * Without a Firefox its checks are counted as skipped, with the reason. Skipped is not passed, but no fault of the program.
 */
import { simulate } from '../../src/engine/index.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { SharedView } from '../../src/scenario/link/linkView.ts';
import { printLink } from '../../src/scenario/link/shareLink.ts';
import { digestsInWorker, workerFile } from '../support/digestsInWorker.ts';
import { engineDigests, type EngineDigests } from '../support/engineDigests.ts';
import type { Engine } from './engine.ts';
import { playsToTheEnd, reportDigestOnPage } from './onPage.ts';
import { allRecordings } from './recordings.ts';

const MOMENTS = 12;
const noView: SharedView = {
  vm: 0,
  mapMode: 'state',
  timeScale: 'equal',
  pageScale: 'log',
  hidden: [],
  screen: {},
};

interface Recording {
  readonly name: string;
  readonly scenario: Scenario;
  readonly expected: EngineDigests;
}

/** By name; one that is not here says why. */
type Browsers = Readonly<Record<string, () => Promise<Engine | string>>>;

/**
 * @param address Of the built page.
 * @param wanted Parts of names of recordings; all of them when there is none.
 * @returns The exit code.
 */
export async function main(
  address: string,
  browsers: Browsers,
  wanted: readonly string[],
): Promise<number> {
  const tally = new Tally();
  const recordings: Recording[] = [];
  for (const [name, scenario] of allRecordings()) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const expected = engineDigests(scenario, MOMENTS);
    recordings.push({ name, scenario, expected });
    const { digest } = simulate(scenario);
    tally.check(`Node ${process.version}: ${name}`, differences(expected.report, digest));
  }
  for (const [name, start] of Object.entries(browsers)) {
    const engine = await start();
    if (typeof engine === 'string') {
      // The page is used once, too.
      tally.skip(recordings.length + 1, `${name}: not run. ${engine}`);
      continue;
    }
    await compare(engine, address, recordings, tally);
    await engine.close();
  }
  return tally.end();
}

async function compare(
  engine: Engine,
  address: string,
  recordings: readonly Recording[],
  tally: Tally,
): Promise<void> {
  // First: a tab that has shown a run shows it again.
  const fault = await playsToTheEnd(engine, address).catch(String);
  tally.check(`${engine.name}: the page starts, plays and ends without an error`, fault);
  for (const recording of recordings) {
    const found = await digestsOf(engine, address, recording).catch(String);
    tally.check(`${engine.name}: ${recording.name}`, found);
  }
}

/** @returns What differs, or null. */
async function digestsOf(
  engine: Engine,
  address: string,
  { scenario, expected }: Recording,
): Promise<string | null> {
  const link = await printLink({ scenario, shownNs: 0, branch: null, view: noView });
  await engine.open(`${address}#/lab?${link}`);
  const onPage = await reportDigestOnPage(engine);
  const task = { file: workerFile(), scenario, times: expected.times };
  const inWorker = await engine.evaluate(digestsInWorker, task);
  const moments = expected.times.flatMap((ns, at) => {
    const fault = differences(expected.digests[at], inWorker.digests[at]);
    return fault === null ? [] : `at ${ns} ns ${fault}`;
  });
  const reports = [
    ['report in the worker', inWorker.report],
    ['report on the page', onPage],
  ].flatMap(([what, digest]) => {
    const fault = differences(expected.report, digest);
    return fault === null ? [] : `${what} ${fault}`;
  });
  const all = [...moments, ...reports];
  return all.length === 0 ? null : all.join('; ');
}

/** @returns What differs, or null. */
function differences(wanted: unknown, found: unknown): string | null {
  return wanted === found ? null : `${String(found)} instead of ${String(wanted)}`;
}

class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  check(name: string, fault: string | null): void {
    if (fault === null) this.#passed++;
    else this.#failed++;
    console.log(fault === null ? `ok      ${name}` : `FAILED  ${name}: ${fault}`);
  }

  skip(count: number, reason: string): void {
    this.#skipped += count;
    console.log(`skipped ${reason}`);
  }

  /** @returns The exit code. */
  end(): number {
    const skipped = this.#skipped > 0 ? `, ${this.#skipped} skipped` : '';
    console.log(`${this.#passed} passed, ${this.#failed} failed${skipped}`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}
