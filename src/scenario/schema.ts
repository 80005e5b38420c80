/**
 * The scenario file, version 1, as schemas: names, ranges and the defaults that stand by themselves. Defaults
 * that depend on other values are in `complete.ts`; what values have to do with each other is checked in
 * `crossChecks.ts`. Descriptions end up in `public/scenario.schema.json`.
 */
import * as v from 'valibot';
import { choicesText, fault, valueText } from './faultText.ts';
import { LONGEST_NAME, LONGEST_TITLE, listLimits, ranges } from './limits.ts';
import {
  real,
  whole,
  text,
  id,
  optionalId,
  choice,
  object,
  list,
  kindFault,
} from './schemaParts.ts';

/** Commands that the format names and that do not exist yet. */
const COMING_COMMANDS: readonly unknown[] = [
  'quick-migrate',
  'move-volume',
  'make-csv',
  'make-cluster-disk',
  'crash-node',
  'repair-node',
  'drain-node',
  'resume-node',
  'cut-storage-path',
  'repair-storage-path',
  'cut-migration-network',
  'repair-migration-network',
];

const nodeSchema = object({
  id: optionalId('Id of the node; node1, node2 and on by its place when absent.'),
  name: v.optional(text(LONGEST_NAME, 'What people read; the id when absent.')),
  memoryMiB: v.optional(whole(ranges.nodeMemoryMiB, 'Memory for VMs, in MiB (2^20 bytes).'), 32768),
});

const volumeSchema = object({
  id: optionalId('Id of the volume; lun1, lun2 and on by its place when absent.'),
  name: v.optional(text(LONGEST_NAME, 'What people read; the id when absent.')),
  kind: v.optional(
    choice(
      ['cluster-disk', 'csv'],
      'A cluster disk is used by its owner node alone; a Cluster Shared Volume by every node.',
    ),
    'cluster-disk',
  ),
  owner: optionalId(
    'Id of the owner node of a cluster disk, or of the coordinator node of a CSV; the first node when absent.',
  ),
});

const writerRegion = {
  pagesPerSecond: v.optional(
    real(ranges.pagesPerSecond, 'Writes per second, each to one page of 4 KiB.'),
    5000,
  ),
  startMiB: v.optional(whole(ranges.startMiB, 'Where the written region begins, in MiB.'), 0),
  sizeMiB: v.optional(
    whole(ranges.sizeMiB, 'Size of the written region in MiB; the rest of the memory when absent.'),
  ),
  fromMs: v.optional(
    real(ranges.timeMs, 'When it begins to write, in milliseconds of the clock of the guest.'),
  ),
  toMs: v.optional(
    real(ranges.timeMs, 'When it stops writing, in milliseconds of the clock of the guest.'),
  ),
};

const writerKinds = ['uniform', 'sweep', 'once', 'hot', 'power-law'] as const;

const writerSchema = v.variant(
  'kind',
  [
    object({
      kind: v.optional(
        v.pipe(
          v.picklist(['uniform', 'sweep', 'once']),
          v.description('Evenly at random; in order, round and round; in order, one time.'),
        ),
        'uniform',
      ),
      ...writerRegion,
    }),
    object({
      kind: v.pipe(
        v.literal('hot'),
        v.description('A share of the writes goes to a small part of the region.'),
      ),
      ...writerRegion,
      hotShare: v.optional(real(ranges.hotShare, 'Share of the writes to the hot part.'), 0.9),
      hotMiB: v.optional(
        whole(
          ranges.hotMiB,
          'Size of the hot part at the start of the region, in MiB; 32, or the region, when absent.',
        ),
      ),
    }),
    object({
      kind: v.pipe(
        v.literal('power-law'),
        v.description('The page of rank k is written in proportion to k^-exponent.'),
      ),
      ...writerRegion,
      exponent: v.optional(real(ranges.exponent, 'How fast popularity falls.'), 1.5),
    }),
  ],
  kindFault(choicesText(writerKinds)),
);

const writersSchema = list(writerSchema, [0, listLimits.writers]);

const clientSchema = object({
  kind: v.optional(
    choice(
      ['windows-lan', 'linux-lan', 'ping'],
      'TCP clients with the retransmission timers of their system, or pings.',
    ),
    'windows-lan',
  ),
  count: v.optional(whole(ranges.clientCount, 'Clients of this kind.'), 12),
  requestEveryMs: v.optional(
    real(ranges.requestEveryMs, 'Time between two requests of a client, in milliseconds.'),
    1000,
  ),
});

const vmSchema = object({
  id: optionalId('Id of the VM; vm1, vm2 and on by its place when absent.'),
  name: v.optional(text(LONGEST_NAME, 'What people read; the id when absent.')),
  node: optionalId(
    'Id of the node it runs on at the start; the owner of its cluster disk or the first node when absent.',
  ),
  volume: optionalId(
    'Id of the volume that holds its virtual disk; the first that its node can use when absent.',
  ),
  memoryMiB: v.optional(whole(ranges.vmMemoryMiB, 'Memory in MiB.'), 4096),
  touchedMiB: v.optional(
    whole(
      ranges.touchedMiB,
      'How much of the memory holds something, from address 0, in MiB; all of it when absent.',
    ),
  ),
  writers: v.optional(writersSchema, []),
  clients: v.optional(list(clientSchema, [0, listLimits.clients]), []),
});

const networkSchema = object({
  migrationMBps: v.optional(
    real(ranges.migrationMBps, 'Migration network, in MB/s (10^6 bytes).'),
    117,
  ),
  clusterMBps: v.optional(real(ranges.clusterMBps, 'Cluster network, in MB/s.'), 117),
  storageMBps: v.optional(real(ranges.storageMBps, 'Path to the storage, in MB/s.'), 268),
});

const liveMigrationSettings = object({
  setupMs: real(ranges.setupMs, 'Connection, configuration and shell VM, in milliseconds.'),
  resumeMs: real(ranges.resumeMs, 'From the last byte until the VM runs, in milliseconds.'),
  deviceStateMB: real(ranges.deviceStateMB, 'Registers and device state, in MB.'),
  maxRounds: v.nullable(whole(ranges.maxRounds, 'Pre-copy rounds at most; null: no limit.')),
  stopBelowMs: real(
    ranges.stopBelowMs,
    'Pre-copy stops when what is left takes less than this on the network, in milliseconds.',
  ),
  tracking: choice(
    ['sync-per-round', 'clear-on-send', 'skip-redirtied', 'sync-when-rest-small'],
    'How the dirty bitmap is read.',
  ),
  diskMoveMs: real(
    ranges.diskMoveMs,
    'Hand-over of a cluster disk, in milliseconds; none for a CSV.',
  ),
  pageHeaderBytes: whole(ranges.pageHeaderBytes, 'What goes with every page, in bytes.'),
});

const { entries: live } = liveMigrationSettings;

const liveMigrationSchema = object({
  setupMs: v.optional(live.setupMs, 2000),
  resumeMs: v.optional(live.resumeMs, 100),
  deviceStateMB: v.optional(live.deviceStateMB, 2),
  maxRounds: v.optional(live.maxRounds, 10),
  stopBelowMs: v.optional(live.stopBelowMs, 300),
  tracking: v.optional(live.tracking, 'sync-per-round'),
  diskMoveMs: v.optional(live.diskMoveMs, 3000),
  pageHeaderBytes: v.optional(live.pageHeaderBytes, 8),
});

const quickMigrationSchema = object({
  secondsPerGiB: v.optional(
    real(ranges.secondsPerGiB, 'Save, move and restore, in seconds per GiB of memory.'),
    8,
  ),
});

const failoverSchema = object({
  heartbeatMs: v.optional(
    real(ranges.heartbeatMs, 'Time between heartbeats, in milliseconds.'),
    1000,
  ),
  missedHeartbeats: v.optional(
    whole(ranges.missedHeartbeats, 'Heartbeats missed until a node counts as down.'),
    5,
  ),
  regroupMs: v.optional(real(ranges.regroupMs, 'The others agree, in milliseconds.'), 2000),
  diskTakeoverMs: v.optional(
    real(ranges.diskTakeoverMs, 'A disk changes owner, in milliseconds.'),
    3000,
  ),
  bootMs: v.optional(real(ranges.bootMs, 'Start of a VM from its disk, in milliseconds.'), 60_000),
});

const COMMANDS = ['live-migrate', 'cancel-migration', 'set-writers', 'set-live-migration'] as const;

function commandFault(issue: v.BaseIssue<unknown>): string {
  const choices = choicesText(COMMANDS);
  return COMING_COMMANDS.includes(issue.input)
    ? `${valueText(issue.input)} is not yet available, allowed: one of ${choices}`
    : kindFault(choices)(issue);
}

const commandTime = {
  atMs: v.optional(real(ranges.timeMs, 'When, in milliseconds of simulated time.'), 0),
};
const movedVm = id('Id of the VM.');

const commandSchema = v.variant(
  'do',
  [
    object({
      ...commandTime,
      do: v.literal('live-migrate'),
      vm: movedVm,
      to: id('Id of the node it is moved to.'),
    }),
    object({ ...commandTime, do: v.literal('cancel-migration'), vm: movedVm }),
    object({ ...commandTime, do: v.literal('set-writers'), vm: movedVm, writers: writersSchema }),
    object({
      ...commandTime,
      do: v.literal('set-live-migration'),
      ...v.partial(liveMigrationSettings).entries,
      migrationMBps: v.optional(networkSchema.entries.migrationMBps.wrapped),
    }),
  ],
  commandFault,
);

const FORMAT_VERSION = 1;

const versionSchema = v.pipe(
  v.literal(FORMAT_VERSION, (issue) =>
    typeof issue.input === 'number' && issue.input > FORMAT_VERSION
      ? `version ${issue.input} of the format is newer than this program, allowed: ${FORMAT_VERSION}`
      : fault(String(FORMAT_VERSION))(issue),
  ),
  v.description('Version of the format.'),
);

export const scenarioSchema = v.pipe(
  object({
    $schema: v.optional(
      v.pipe(
        v.string(fault('the address of the JSON schema')),
        v.description('Address of this schema, for editors.'),
      ),
    ),
    migrascope: versionSchema,
    title: v.optional(text(LONGEST_TITLE, 'What the scenario is called.'), 'Untitled scenario'),
    seed: v.optional(whole(ranges.seed, 'Of everything random: the same seed, the same run.'), 1),
    nodes: v.optional(list(nodeSchema, [1, listLimits.nodes]), [
      { id: 'node1', name: 'Node 1' },
      { id: 'node2', name: 'Node 2' },
    ]),
    // For VMs there is one CSV when absent: see `references.ts`.
    volumes: v.optional(list(volumeSchema, [0, listLimits.volumes]), []),
    vms: v.optional(list(vmSchema, [0, listLimits.vms]), []),
    network: v.optional(networkSchema, {}),
    liveMigration: v.optional(liveMigrationSchema, {}),
    quickMigration: v.optional(quickMigrationSchema, {}),
    failover: v.optional(failoverSchema, {}),
    commands: v.optional(list(commandSchema, [0, listLimits.commands]), []),
    untilMs: v.optional(
      real(ranges.untilMs, 'End of the run, in milliseconds of simulated time.'),
      600_000,
    ),
  }),
  v.title('Migrascope scenario'),
  v.description(
    'A failover cluster, its VMs and what an operator does to them. MiB = 2^20 bytes, MB = 10^6 bytes.',
  ),
);

/** A file as a person may write it. */
export type ScenarioInput = v.InferInput<typeof scenarioSchema>;
type ParsedFile = v.InferOutput<typeof scenarioSchema>;
/** A file with the defaults that stand by themselves, and with the ids that `references.ts` filled in. */
export type ScenarioFile = Omit<ParsedFile, 'nodes' | 'volumes' | 'vms'> & {
  readonly nodes: readonly WithIds<ParsedFile['nodes'][number], 'id'>[];
  readonly volumes: readonly WithIds<ParsedFile['volumes'][number], 'id' | 'owner'>[];
  readonly vms: readonly WithIds<ParsedFile['vms'][number], 'id' | 'node' | 'volume'>[];
};
type WithIds<Entry, Keys extends keyof Entry> = Omit<Entry, Keys> & Readonly<Record<Keys, string>>;
