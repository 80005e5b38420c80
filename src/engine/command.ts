/** What an operator can do: the only way to change a running cluster. Times are milliseconds of simulated time. */
import type { LiveMigrationSpec, WriterSpec } from './settings.ts';

/** A command without its time: what a click asks for. */
export type Operation =
  | { readonly do: 'live-migrate'; readonly vm: string; readonly to: string }
  | { readonly do: 'cancel-migration'; readonly vm: string }
  | { readonly do: 'set-writers'; readonly vm: string; readonly writers: readonly WriterSpec[] }
  | ({ readonly do: 'set-live-migration' } & LiveMigrationChange);

/** Any of the `liveMigration` settings, and the bandwidth of the migration network. */
export type LiveMigrationChange = Partial<LiveMigrationSpec> & { readonly migrationMBps?: number };

export type Command = Operation & { readonly atMs: number };
