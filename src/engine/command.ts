/** What an operator can do: the only way to change a running cluster. Times are milliseconds of simulated time. */
import type { LiveMigrationSpec, WriterSpec } from './settings.ts';

/** A command without its time: what a click asks for. Ids are those of the scenario. */
export type Operation =
  | { readonly do: 'live-migrate' | 'quick-migrate'; readonly vm: string; readonly to: string }
  | { readonly do: 'cancel-migration'; readonly vm: string }
  | { readonly do: 'set-writers'; readonly vm: string; readonly writers: readonly WriterSpec[] }
  | ({ readonly do: 'set-live-migration' } & LiveMigrationChange)
  /** The owner of a cluster disk, with all VMs on it, or the coordinator of a CSV. */
  | { readonly do: 'move-volume'; readonly volume: string; readonly to: string }
  | { readonly do: 'make-csv' | 'make-cluster-disk'; readonly volume: string }
  | {
      readonly do: 'crash-node' | 'repair-node' | 'drain-node' | 'resume-node';
      readonly node: string;
    }
  /** Of one volume, or of all. */
  | {
      readonly do: 'cut-storage-path' | 'repair-storage-path';
      readonly node: string;
      readonly volume?: string;
    }
  /** Of one node, or of all. */
  | { readonly do: 'cut-migration-network' | 'repair-migration-network'; readonly node?: string };

/** Any of the `liveMigration` settings, and the bandwidth of the migration network. */
export type LiveMigrationChange = Partial<LiveMigrationSpec> & { readonly migrationMBps?: number };

export type Command = Operation & { readonly atMs: number };
