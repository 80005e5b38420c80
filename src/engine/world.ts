/** What a rule of the model may see and change: the scenario, the state, the memories, and the log. */
import type { Nanoseconds } from '../base/units.ts';
import type { ClusterState } from './cluster/clusterState.ts';
import type { ClusterEvent, ClusterEventKind } from './clusterEvent.ts';
import type { GuestMemory } from './memory/guestMemory.ts';
import type { Migration } from './migration/migration.ts';
import type { Scenario } from './scenario.ts';

export type MigrationOutcome = 'completed' | 'cancelled' | 'failed';

export interface World {
  readonly scenario: Scenario;
  readonly state: ClusterState;
  /** By migration id, from the first round to the end. */
  readonly memories: Map<number, GuestMemory>;
  readonly keepsVersions: boolean;
  readonly log: RunLog | null;
  /** By VM: what its file on the volume holds, one version a page. Only where versions are kept. */
  readonly savedFiles: Map<number, Uint16Array<ArrayBuffer>>;
  /** Events so far, told or not: it grows with everything that happens. */
  readonly told: number;
  /** @param vm Whom it is about, or -1. */
  emit(kind: ClusterEventKind, vm: number, text: string): void;
  nodeName(node: number): string;
  vmName(vm: number): string;
  volumeName(volume: number): string;
  memoryOf(migration: Migration): GuestMemory;
  /** Index of the volume that holds the VM's disk. */
  volumeOf(vm: number): number;
  /** Key of the random stream of a VM's writers. */
  streamOf(vm: number): number;
  /** The guest's clock: simulated time without its pauses. */
  clockOf(vm: number): Nanoseconds;
  /** Compares both memories page by page; a rewound run repeats the answer of the first run. */
  differingPages(migration: Migration): number;
}

/** Told of everything that happens, in order. Must not change anything. */
export interface RunLog {
  event(event: ClusterEvent): void;
  migrationRequested(migration: Migration): void;
  phaseStarted(world: World, migration: Migration): void;
  phaseEnded(world: World, migration: Migration): void;
  memoryCompared(migration: Migration, differingPages: number): void;
  migrationEnded(migration: Migration, outcome: MigrationOutcome, atNs: Nanoseconds): void;
  /** Whether the run has taken all the work it may: it ends after this instant. Rule RE6. */
  readonly isSpent?: boolean;
  /** Nothing more happens at this instant before the next command or the next due thing. */
  settled?(world: World): void;
}
