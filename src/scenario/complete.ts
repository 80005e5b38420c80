/** A file without faults becomes a scenario: the defaults that depend on other values, and the order of commands. */
import { invariant } from '../base/assert.ts';
import type { Command, LiveMigrationChange } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import { plainName } from './names.ts';
import type { ScenarioFile } from './schema.ts';

type WriterEntry = ScenarioFile['vms'][number]['writers'][number];
type CommandEntry = ScenarioFile['commands'][number];

/** Of a `hot` writer, in MiB. Chosen for teaching. */
const DEFAULT_HOT_MIB = 32;

export function complete(file: ScenarioFile): Scenario {
  const memoryOf = new Map(file.vms.map((vm) => [vm.id, vm.memoryMiB]));
  return {
    title: plainName(file.title),
    seed: file.seed,
    nodes: file.nodes.map((node) => ({ ...node, name: nameOf(node) })),
    volumes: file.volumes.map((volume) => ({ ...volume, name: nameOf(volume) })),
    vms: file.vms.map((vm) => ({
      ...vm,
      name: nameOf(vm),
      touchedMiB: vm.touchedMiB ?? vm.memoryMiB,
      writers: vm.writers.map((writer) => completeWriter(writer, vm.memoryMiB)),
    })),
    network: file.network,
    liveMigration: file.liveMigration,
    quickMigration: file.quickMigration,
    failover: file.failover,
    commands: file.commands
      .map((command) => completeCommand(command, memoryOf))
      // Sorting is stable: equal times keep their order.
      .sort((a, b) => a.atMs - b.atMs),
    untilMs: file.untilMs,
  };
}

function nameOf({ id, name }: { readonly id: string; readonly name?: string | undefined }): string {
  return name === undefined ? id : plainName(name);
}

function completeWriter(writer: WriterEntry, memoryMiB: number): WriterSpec {
  const { fromMs, toMs } = writer;
  const region = {
    pagesPerSecond: writer.pagesPerSecond,
    startMiB: writer.startMiB,
    sizeMiB: writer.sizeMiB ?? memoryMiB - writer.startMiB,
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  };
  switch (writer.kind) {
    case 'hot': {
      const hotMiB = writer.hotMiB ?? Math.min(DEFAULT_HOT_MIB, region.sizeMiB);
      return { kind: writer.kind, ...region, hotShare: writer.hotShare, hotMiB };
    }
    case 'power-law':
      return { kind: writer.kind, ...region, exponent: writer.exponent };
    default:
      return { kind: writer.kind, ...region };
  }
}

function completeCommand(command: CommandEntry, memoryOf: ReadonlyMap<string, number>): Command {
  switch (command.do) {
    case 'set-live-migration': {
      const { do: name, atMs, ...settings } = command;
      const given = Object.entries(settings).filter(([, value]) => value !== undefined);
      const change: LiveMigrationChange = Object.fromEntries(given);
      return { atMs, do: name, ...change };
    }
    case 'set-writers': {
      const memoryMiB = memoryOf.get(command.vm);
      invariant(memoryMiB !== undefined, `no VM "${command.vm}"`);
      const writers = command.writers.map((writer) => completeWriter(writer, memoryMiB));
      return { ...command, writers };
    }
    case 'cut-storage-path':
    case 'repair-storage-path': {
      const { volume, ...rest } = command;
      return volume === undefined ? rest : { ...rest, volume };
    }
    case 'cut-migration-network':
    case 'repair-migration-network': {
      const { node, ...rest } = command;
      return node === undefined ? rest : { ...rest, node };
    }
    default:
      return command;
  }
}
