/** Runs of the engine as tests look at them: to the end or in slices, with what was seen on the way. */
import { Digest } from '../../src/base/digest.ts';
import { msToNs, type Nanoseconds } from '../../src/base/units.ts';
import type { GuestMemory } from '../../src/engine/memory/guestMemory.ts';
import type { Migration } from '../../src/engine/migration/migration.ts';
import {
  RunRecord,
  type MigrationRecord,
  type PhaseRecord,
} from '../../src/engine/recording/runRecord.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { Simulation, type SimulationOptions } from '../../src/engine/simulation.ts';
import type { World } from '../../src/engine/world.ts';
import { packBits, type PlainMemory } from './plainMigration.ts';

/** A record that also keeps each migration's memory, and digests its bitmaps at the end of every round. */
export class WatchedRecord extends RunRecord {
  /** By migration id; still there when the migration is over. */
  readonly memories = new Map<number, GuestMemory>();
  /** Of the bitmaps at the end of each round, in order. */
  readonly roundDigests: string[] = [];

  override phaseStarted(world: World, migration: Migration): void {
    super.phaseStarted(world, migration);
    const memory = world.memories.get(migration.id);
    if (memory !== undefined) this.memories.set(migration.id, memory);
  }

  override phaseEnded(world: World, migration: Migration): void {
    super.phaseEnded(world, migration);
    if (migration.phase.name === 'round') {
      this.roundDigests.push(bitmapsDigest(world.memoryOf(migration)));
    }
  }
}

export interface EngineRun {
  readonly simulation: Simulation;
  readonly record: WatchedRecord;
}

export function startRun(scenario: Scenario, options: Partial<SimulationOptions> = {}): EngineRun {
  const record = new WatchedRecord();
  const simulation = new Simulation(scenario, { keepsVersions: true, log: record, ...options });
  return { simulation, record };
}

/** To the end: until nothing can happen any more, or the scenario's time is up. */
export function runToEnd(
  scenario: Scenario,
  options: Partial<SimulationOptions> = {},
  sliceNs: () => Nanoseconds = () => Infinity,
): EngineRun {
  const run = startRun(scenario, options);
  const untilNs = msToNs(scenario.untilMs);
  while (!run.simulation.isQuiet && run.simulation.timeNs < untilNs) {
    run.simulation.advanceTo(Math.min(untilNs, run.simulation.timeNs + sliceNs()));
  }
  return run;
}

export function migrationOfRun(run: EngineRun, id = 0): MigrationRecord {
  const migration = run.record.migrations[id];
  if (migration === undefined) throw new Error(`no migration ${id}`);
  return migration;
}

export function roundsOf(run: EngineRun, id = 0): PhaseRecord[] {
  return migrationOfRun(run, id).phases.filter(({ name }) => name === 'round');
}

function bitmapsDigest(memory: GuestMemory): string {
  return new Digest().addWords(memory.bitmaps).toString();
}

export function plainBitmapsDigest({ dirty, toSend, timesSent }: PlainMemory): string {
  const digest = new Digest();
  const bitmaps = [
    packBits(dirty),
    packBits(toSend),
    packBits(timesSent, 1),
    packBits(timesSent, 2),
    packBits(timesSent, 3),
  ];
  for (const bitmap of bitmaps) digest.addWords(bitmap);
  return digest.toString();
}

export function versionsDigest(source: Uint16Array, destination: Uint16Array): string {
  return new Digest()
    .addWords(Int32Array.from(source))
    .addWords(Int32Array.from(destination))
    .toString();
}
