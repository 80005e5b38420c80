/** What a person would do and read on the built page, in any browser. */
import type { Engine } from './engine.ts';

const PATIENCE_MS = 60_000;

/** Digest of the report, once the page has worked the whole run out. */
export async function reportDigestOnPage(engine: Engine): Promise<string | undefined> {
  const { digest } = await until(engine, ({ isComplete }) => isComplete);
  return digest;
}

/** The first scenario, from the button to its end. @returns What went wrong, or null. */
export async function playsToTheEnd(engine: Engine, address: string): Promise<string | null> {
  await engine.open(address);
  await until(engine, ({ isComplete, heading }) => isComplete && heading !== '');
  await engine.click('.start-title__action button');
  await until(engine, ({ isPlaying }) => isPlaying);
  await engine.press('9');
  const { heading } = await until(engine, ({ isPlaying }) => !isPlaying);
  const faults = engine.faults.map((text) => `console: ${text}`);
  if (!heading.includes('Both memories are the same')) faults.unshift(`it ends with "${heading}"`);
  return faults.length === 0 ? null : faults.join('; ');
}

interface Shown {
  readonly isComplete: boolean;
  readonly isPlaying: boolean;
  readonly digest: string | undefined;
  readonly heading: string;
}

/** Looks at every tenth of a second. */
async function until(engine: Engine, isReached: (shown: Shown) => boolean): Promise<Shown> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = await engine.evaluate(look, null);
    if (isReached(shown)) return shown;
    if (Date.now() > deadline) throw new Error(`the page stays at ${JSON.stringify(shown)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Runs in the page. */
function look(): Shown {
  const { complete, playing, idle, runDigest } =
    document.querySelector<HTMLElement>('#root')?.dataset ?? {};
  return {
    isComplete: complete === 'true' && idle === 'true' && runDigest !== undefined,
    isPlaying: playing === 'true',
    digest: runDigest,
    heading: document.querySelector('h1')?.textContent ?? '',
  };
}
