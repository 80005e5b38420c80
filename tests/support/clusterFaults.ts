/** Faults a migration could have, planted into its memory between two steps of a run. */
import { at, invariant } from '../../src/base/assert.ts';
import { drawBits, streamKey } from '../../src/base/random.ts';
import type { GuestMemory } from '../../src/engine/memory/guestMemory.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { migrationOfRun, runToEnd, startRun, type EngineRun } from './clusterRuns.ts';

export type Fault = 'lost mark' | 'skipped copy' | 'late write' | 'lost announcement';

export const faults: readonly Fault[] = [
  'lost mark',
  'skipped copy',
  'late write',
  'lost announcement',
];

/** The run of `scenario` with one fault, at a page chosen by `choice`; null where there is no page for it. */
export function runWithFault(scenario: Scenario, fault: Fault, choice: number): EngineRun | null {
  const whole = migrationOfRun(runToEnd(scenario));
  invariant(whole.pausedNs !== null && whole.resumedNs !== null, 'the migration ends by itself');
  const run = startRun(scenario);
  const { simulation } = run;
  const stepTo = { 'lost mark': whole.pausedNs - 1, 'skipped copy': whole.pausedNs };
  const atNs = fault in stepTo ? stepTo[fault as keyof typeof stepTo] : whole.resumedNs - 1;
  simulation.advanceTo(atNs);
  const memory = simulation.memoryOf(at(simulation.state.migrations, 0));
  const page = choosePage(memory, candidate(memory, fault), choice);
  if (page === null) return null;
  plant(simulation, memory, fault, page);
  while (!simulation.isQuiet) simulation.advanceTo(whole.resumedNs + 1e9);
  return run;
}

/** Pages at which the fault makes a difference: those whose copy is out of date, or that were never copied. */
function candidate(memory: GuestMemory, fault: Fault): (page: number) => boolean {
  const { versions, dirtyBitmap, sendSet, sentTwice, sentOnce } = memory;
  invariant(versions !== null, 'with versions');
  const has = (bits: Int32Array, page: number): boolean => ((bits[page >>> 5]! >>> page) & 1) === 1;
  const stale = (page: number): boolean => versions.source[page] !== versions.destination[page];
  switch (fault) {
    case 'lost mark':
      return (page) => stale(page) && has(dirtyBitmap, page) && !has(sendSet, page);
    case 'skipped copy':
      return (page) => stale(page) && has(sendSet, page);
    case 'late write':
      return () => true;
    case 'lost announcement':
      return (page) => has(sentOnce, page) && !has(sentTwice, page);
  }
}

function choosePage(
  memory: GuestMemory,
  fits: (page: number) => boolean,
  choice: number,
): number | null {
  const pages = Array.from({ length: memory.pageCount }, (_, page) => page).filter(fits);
  return pages[(drawBits(streamKey(choice), 0) >>> 0) % pages.length] ?? null;
}

function plant(simulation: Simulation, memory: GuestMemory, fault: Fault, page: number): void {
  const { versions, dirtyBitmap, sendSet, sentOnce } = memory;
  const word = page >>> 5;
  const bit = 1 << (page & 31);
  if (fault === 'lost mark') {
    dirtyBitmap[word]! &= ~bit;
    memory.dirtyPages--;
  } else if (fault === 'skipped copy') {
    sendSet[word]! &= ~bit;
    memory.sendSetPages--;
    const { phase } = at(simulation.state.migrations, 0);
    invariant(phase.name === 'stop-and-copy', 'paused');
    (phase.pass as { pages: number }).pages--;
  } else if (fault === 'late write') {
    versions!.source[page]!++;
  } else {
    sentOnce[word]! &= ~bit;
  }
}
