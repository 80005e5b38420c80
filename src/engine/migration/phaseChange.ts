/** From one phase of a migration to the next, and out of it: always logged, never without its sums. */
import type { MigrationOutcome, World } from '../world.ts';
import {
  bytesSentNow,
  pagesRestoredNow,
  pagesSentNow,
  type Migration,
  type MigrationPhase,
} from './migration.ts';

/** The phase that ends is logged, and what its pass sent is added to the totals. */
export function leavePhase(world: World, migration: Migration): void {
  world.log?.phaseEnded(world, migration);
  world.memories.get(migration.id)?.passSends?.fill(0);
  const bytes = bytesSentNow(migration, world.state.timeNs);
  const pages = pagesSentNow(migration);
  const restored = pagesRestoredNow(migration);
  migration.phase = { name: 'queued' };
  migration.bytesSent = bytes;
  migration.pagesSent = pages;
  migration.pagesRestored = restored;
}

export function enter(world: World, migration: Migration, phase: MigrationPhase): void {
  leavePhase(world, migration);
  migration.phase = phase;
  world.log?.phaseStarted(world, migration);
}

/** The migration is over, however it went; its pages are forgotten. */
export function endMigration(world: World, migration: Migration, outcome: MigrationOutcome): void {
  leavePhase(world, migration);
  world.log?.migrationEnded(migration, outcome, world.state.timeNs);
  world.state.migrations = world.state.migrations.filter(({ id }) => id !== migration.id);
  world.memories.delete(migration.id);
}
