/**
 * The scenario file, version 1, as schemas: names, ranges and the defaults that stand by themselves. Defaults
 * that depend on other values are in `complete.ts`; what values have to do with each other is checked in
 * `crossChecks.ts`. Descriptions end up in `public/scenario.schema.json`.
 */
import * as v from 'valibot';
import { fault } from './faultText.ts';
import { LONGEST_NAME, LONGEST_TITLE, listLimits, ranges } from './limits.ts';
import { commandSchema } from './schemaCommands.ts';
import { choice, id, list, name, object, optionalId, real, whole } from './schemaParts.ts';
import {
  failoverSchema,
  liveMigrationSchema,
  networkSchema,
  quickMigrationSchema,
} from './schemaSettings.ts';
import { writersSchema } from './schemaWriters.ts';

const nodeSchema = object({
  id: optionalId('Id of the node; node1, node2 and on by its place when absent.'),
  name: v.optional(name(LONGEST_NAME, 'What people read; the id when absent.')),
  memoryMiB: v.optional(whole(ranges.nodeMemoryMiB, 'Memory for VMs, in MiB (2^20 bytes).'), 32768),
});

const volumeSchema = object({
  id: optionalId('Id of the volume; lun1, lun2 and on by its place when absent.'),
  name: v.optional(name(LONGEST_NAME, 'What people read; the id when absent.')),
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

/** What may stand there, for people. */
const POSSIBLE_OWNERS = `a list of 1 to ${listLimits.nodes} ids of nodes, or null for all nodes`;

const vmSchema = object({
  id: optionalId('Id of the VM; vm1, vm2 and on by its place when absent.'),
  name: v.optional(name(LONGEST_NAME, 'What people read; the id when absent.')),
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
  possibleOwners: v.optional(
    v.nullable(
      list(
        id('Id of a node that may host the VM; without the list, or with null, all may.'),
        [1, listLimits.nodes],
        POSSIBLE_OWNERS,
      ),
    ),
    null,
  ),
});

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
    title: v.optional(name(LONGEST_TITLE, 'What the scenario is called.'), 'Untitled scenario'),
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
