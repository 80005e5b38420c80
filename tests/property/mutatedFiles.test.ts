/**
 * Whatever becomes of a file, it ends in a named problem or in a run; the page never stands still over it, and the command line
 * comes to its end. MIGRASCOPE_FILES says how many files, SEED which; `npm run test:long` draws a new seed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyframeStore } from '../../src/engine/recording/keyframeStore.ts';
import { RunAhead } from '../../src/engine/recording/runAhead.ts';
import { createReport } from '../../src/engine/report.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { Problem } from '../../src/scenario/faultText.ts';
import { openScenario, parseScenario, type OpenResult } from '../../src/scenario/parse.ts';
import { printScenario } from '../../src/scenario/print.ts';
import { sameValue } from '../../src/state/sameValue.ts';
import { mutatedFile } from '../support/mutatedFiles.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_130);
const FILES = Number(process.env['MIGRASCOPE_FILES'] ?? 1000);
/** Of so many files one is run to its end. */
const RUN_EVERY = 20;
/** Sends and writes between two looks at the clock, as in the worker. */
const WORK_PER_LOOK = 1 << 15;
const PAGE_MS = 1000;
const COMMAND_LINE_MS = 20_000;
const LARGEST_RUN_MIB = 16_384;
/** The worker takes a second to begin with what is much larger; the page itself goes on meanwhile. */
const LARGEST_SLICE_MIB = 262_144;

/** @returns Milliseconds since now, of a clock or of the processor, whichever is less: the machine does other things too. */
function startClock(): () => number {
  const startMs = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - startMs, (user + system) / 1000);
  };
}

/** In milliseconds; of two tries the shorter one. */
function timeOf(task: () => void): number {
  const once = (): number => {
    const takenMs = startClock();
    task();
    return takenMs();
  };
  const first = once();
  return first < PAGE_MS ? first : Math.min(first, once());
}

/** What the page does before it can take the next command. */
function open(text: string): OpenResult {
  const result = openScenario(text);
  const hasSlice = result.ok && result.scenario.vms.length > 0;
  if (hasSlice && memoryOf(result.scenario) <= LARGEST_SLICE_MIB) {
    new RunAhead(result.scenario, new KeyframeStore()).advance(WORK_PER_LOOK);
  }
  return result;
}

/** Problems that a person can read and act upon: some, not many, each with words. */
function areTold(problems: readonly Problem[]): boolean {
  const haveWords = problems.every(({ path, message }) => /\w/.test(path + message));
  return problems.length > 0 && problems.length <= 21 && haveWords;
}

/** @returns Whether it came to its end in time. */
function runsToItsEnd(scenario: Scenario): boolean {
  const takenMs = startClock();
  const run = new RunAhead(scenario, new KeyframeStore(0));
  while (!run.complete) {
    run.advance(1 << 24);
    if (takenMs() > COMMAND_LINE_MS) return false;
  }
  createReport(run.simulation, run.record);
  return takenMs() < COMMAND_LINE_MS;
}

function memoryOf({ vms }: Scenario): number {
  return vms.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
}

/** What became of a file; of what is wrong with that, words that no test expects. */
function endOf(text: string, result: OpenResult, isToRun: boolean): string[] {
  if (!result.ok) return areTold(result.problems) ? ['refused'] : ['refused without a word'];
  const { scenario } = result;
  const again = parseScenario(printScenario(scenario));
  if (!again.ok || !sameValue(again.scenario, scenario)) return ['reads back as another'];
  if (!parseScenario(text).ok) return ['repaired'];
  if (!isToRun || memoryOf(scenario) > LARGEST_RUN_MIB) return ['taken'];
  return ['taken', runsToItsEnd(scenario) ? 'run' : 'has no end'];
}

describe('a file that has suffered', () => {
  it(
    `ends in named problems or in a run, soon: ${FILES} files (seed ${SEED})`,
    () => {
      const seen = { refused: 0, repaired: 0, taken: 0, run: 0 };
      let longestMs = 0;
      fc.assert(
        fc.property(mutatedFile, ({ text, isLong }) => {
          let result = openScenario('');
          const ms = timeOf(() => (result = open(text)));
          longestMs = Math.max(longestMs, ms);
          const end = endOf(text, result, !isLong && seen.taken % RUN_EVERY === 0);
          for (const what of end) if (what in seen) seen[what as keyof typeof seen]++;
          expect([ms < PAGE_MS ? '' : `stands still for ${ms} ms`, ...end].join(' ')).toMatch(
            /^ (refused|repaired|taken|taken run)$/,
          );
        }),
        // What is slow stays slow when it is made smaller: the first file that fails is told.
        { seed: SEED, numRuns: FILES, endOnFailure: true },
      );
      console.log(`${JSON.stringify(seen)}, the longest look took ${Math.round(longestMs)} ms`);
      for (const times of Object.values(seen)) expect(times).toBeGreaterThan(FILES / 500);
    },
    120_000 + 100 * FILES,
  );
});
