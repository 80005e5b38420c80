/** The timed commands of a file, in the order in which the schema lists them. */
import * as v from 'valibot';
import { choicesText } from './faultText.ts';
import { ranges } from './limits.ts';
import { choice, id, kindFault, object, optionalId, real } from './schemaParts.ts';
import { liveMigrationSettings, networkSchema } from './schemaSettings.ts';
import { writersSchema } from './schemaWriters.ts';

const time = {
  atMs: v.optional(real(ranges.timeMs, 'When, in milliseconds of simulated time.'), 0),
};
const vm = id('Id of the VM.');
const to = id('Id of the node it is moved to.');
const volume = id('Id of the volume.');
const node = id('Id of the node.');

/** One name or several with the same fields. */
const named = <const T extends readonly string[]>(names: T, does: string) => ({
  ...time,
  do: choice(names, does),
});

const commands = [
  object({
    ...named(
      ['live-migrate', 'quick-migrate'],
      'Moves a VM while it runs; or saves it, moves its disk and restores it.',
    ),
    vm,
    to,
  }),
  object({ ...named(['cancel-migration'], 'Ends a live migration; the VM stays.'), vm }),
  object({
    ...named(['set-writers'], 'Replaces the writers of a VM from now on.'),
    vm,
    writers: writersSchema,
  }),
  object({
    ...named(['set-live-migration'], 'Changes settings of live migration from now on.'),
    ...v.partial(liveMigrationSettings).entries,
    migrationMBps: v.optional(networkSchema.entries.migrationMBps.wrapped),
  }),
  object({
    ...named(
      ['move-volume'],
      'A cluster disk gets another owner and takes its VMs along; a CSV gets another coordinator.',
    ),
    volume,
    to,
  }),
  object({
    ...named(
      ['make-csv', 'make-cluster-disk'],
      'Every node can use the volume; or its owner alone can.',
    ),
    volume,
  }),
  object({
    ...named(
      ['crash-node', 'repair-node', 'drain-node', 'resume-node'],
      'A node loses power; is up again; is paused and its VMs leave; takes VMs again.',
    ),
    node,
  }),
  object({
    ...named(
      ['cut-storage-path', 'repair-storage-path'],
      'A node loses its path to the storage, or gets it back.',
    ),
    node,
    volume: optionalId('Id of the volume; all volumes when absent.'),
  }),
  object({
    ...named(
      ['cut-migration-network', 'repair-migration-network'],
      'A node loses its link to the migration network, or gets it back.',
    ),
    node: optionalId('Id of the node; all nodes when absent.'),
  }),
] as const;

const names = commands.flatMap((command): readonly string[] => command.entries.do.pipe[0].options);

export const commandSchema = v.variant('do', commands, kindFault(choicesText(names, names.length)));
