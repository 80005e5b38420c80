/** A migration as it is asked for: in the order of requests, waiting, with nothing sent. */
import type { World } from '../world.ts';
import type { Migration } from './migration.ts';

type Asked = Pick<Migration, 'method' | 'cause' | 'vm' | 'from' | 'to' | 'storage'>;

export function requestMigration(world: World, asked: Asked): Migration {
  const { state } = world;
  const migration: Migration = {
    ...asked,
    id: state.nextMigrationId++,
    requestedNs: state.timeNs,
    phase: { name: 'queued' },
    stopReason: null,
    preCopy: null,
    bytesSent: 0,
    pagesSent: 0,
    pagesRestored: 0,
  };
  state.migrations.push(migration);
  world.log?.migrationRequested(migration);
  return migration;
}
