/** Digest of a moment: equal for equal moments of equal recordings, however they were reached. Rule SI5. */
import { Digest } from '../base/digest.ts';
import type { Simulation } from './simulation.ts';

/** Default of `lookEveryMs`. */
const LOOK_EVERY_MS = 100;

/** 16 hexadecimal digits over the cluster's state and the bitmaps of every memory; versions are not part of it. */
export function stateDigest(simulation: Simulation): string {
  const digest = new Digest();
  digest.addText(JSON.stringify(simulation.state, inOneOrder));
  for (const [id, memory] of simulation.memories) {
    digest.addText(`${id} ${memory.dirtyPages} ${memory.sendSetPages} ${memory.markedInRound}`);
    digest.addWords(memory.bitmaps);
  }
  return digest.toString();
}

/**
 * Keys by name and without the short cut `cursorWord`: writers that come from a file and from a click are the same
 * recording, whatever the order of their keys.
 */
function inOneOrder(key: string, value: unknown): unknown {
  if (key === 'cursorWord') return undefined;
  // A setting of later releases: at its default the state is what it was without it.
  if (key === 'lookEveryMs' && value === LOOK_EVERY_MS) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
