/** Digest of a moment: equal for equal moments of equal recordings, however they were reached. Rule SI5. */
import { Digest } from '../base/digest.ts';
import type { Simulation } from './simulation.ts';

/** 16 hexadecimal digits over the cluster's state and the bitmaps of every memory; versions are not part of it. */
export function stateDigest(simulation: Simulation): string {
  const digest = new Digest();
  // Keys come in the order in which the state is created, which is the same for every run.
  const skip = new Set(['cursorWord']);
  digest.addText(
    JSON.stringify(simulation.state, (key, value: unknown) => (skip.has(key) ? undefined : value)),
  );
  for (const [id, memory] of simulation.memories) {
    digest.addText(`${id} ${memory.dirtyPages} ${memory.sendSetPages} ${memory.markedInRound}`);
    digest.addWords(memory.bitmaps);
  }
  return digest.toString();
}
