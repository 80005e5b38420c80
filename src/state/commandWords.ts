/** A command of the recording, and an edit before the start, in a few words: "Crash Node 1 at 12.0 s". */
import { isolated } from '../base/isolated.ts';
import { memoryText, secondsText, withThousands } from '../base/numberText.ts';
import { msToNs } from '../base/units.ts';
import type { Command, LiveMigrationChange } from '../engine/command.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import { MBPS_PER_GBIT, totalRate, totalWorkingSet, trackingNames } from './edits.ts';
import { sameValue } from './sameValue.ts';
import { momentText } from './words.ts';

/** "Live-migrate web-01 to Node 2 at 12.0 s". */
export function commandWords(scenario: Scenario, command: Command): string {
  const when = command.atMs === 0 ? 'the start' : momentText(msToNs(command.atMs));
  return `${operationWords(scenario, command)} at ${when}`;
}

function operationWords(scenario: Scenario, command: Command): string {
  const { nodes, vms, volumes } = scenario;
  switch (command.do) {
    case 'live-migrate':
    case 'quick-migrate': {
      const how = command.do === 'live-migrate' ? 'Live-migrate' : 'Quick-migrate';
      return `${how} ${nameOf(vms, command.vm)} to ${nameOf(nodes, command.to)}`;
    }
    case 'cancel-migration':
      return `Cancel the migration of ${nameOf(vms, command.vm)}`;
    case 'set-writers':
      return writersWords(nameOf(vms, command.vm), command.writers);
    case 'set-live-migration':
      return settingsWords(command);
    case 'move-volume':
      return `Move ${nameOf(volumes, command.volume)} to ${nameOf(nodes, command.to)}`;
    case 'make-csv':
      return `Make ${nameOf(volumes, command.volume)} a CSV`;
    case 'make-cluster-disk':
      return `Make ${nameOf(volumes, command.volume)} a cluster disk`;
    case 'crash-node':
    case 'repair-node':
    case 'drain-node':
    case 'resume-node':
      return `${nodeVerbs[command.do]} ${nameOf(nodes, command.node)}`;
    case 'cut-storage-path':
    case 'repair-storage-path': {
      const verb = command.do === 'cut-storage-path' ? 'Cut' : 'Repair';
      const node = nameOf(nodes, command.node);
      return command.volume === undefined
        ? `${verb} the storage path of ${node}`
        : `${verb} the path of ${node} to ${nameOf(volumes, command.volume)}`;
    }
    case 'cut-migration-network':
    case 'repair-migration-network': {
      const verb = command.do === 'cut-migration-network' ? 'Cut' : 'Repair';
      const whose = command.node === undefined ? 'all nodes' : nameOf(nodes, command.node);
      return `${verb} the migration network of ${whose}`;
    }
    default:
      return command satisfies never;
  }
}

const nodeVerbs = {
  'crash-node': 'Crash',
  'repair-node': 'Repair',
  'drain-node': 'Drain',
  'resume-node': 'Resume',
} as const;

/** The first thing that an edit before the start has changed. */
export function editWords(before: Scenario, after: Scenario): string {
  const place = after.vms.findIndex((vm, index) => !sameValue(vm, before.vms[index]));
  const [old, vm] = [before.vms[place], after.vms[place]];
  if (vm === undefined)
    return `${settingsWords(settingsChange(before, after))}, changed before the start`;
  if (vm.memoryMiB !== old?.memoryMiB) {
    return `${memoryText(vm.memoryMiB)} of memory for ${isolated(vm.name)}, changed before the start`;
  }
  return `${writersWords(isolated(vm.name), vm.writers)}, changed before the start`;
}

function settingsChange(before: Scenario, after: Scenario): LiveMigrationChange {
  const all = (of: Scenario) => ({
    migrationMBps: of.network.migrationMBps,
    ...of.liveMigration,
  });
  const old: Readonly<Record<string, unknown>> = all(before);
  return Object.fromEntries(
    Object.entries(all(after)).filter(([key, value]) => old[key] !== value),
  );
}

/** The settings that the inspector can change. */
function settingsWords(change: LiveMigrationChange): string {
  const { migrationMBps, maxRounds, stopBelowMs, tracking } = change;
  if (migrationMBps !== undefined) {
    return `Migration network ${trimmed(migrationMBps / MBPS_PER_GBIT)}\u00a0Gbit/s`;
  }
  if (maxRounds !== undefined) {
    return maxRounds === null ? 'No limit of rounds' : `At most ${withThousands(maxRounds)} rounds`;
  }
  if (stopBelowMs !== undefined)
    return `Stop pre-copy when ${secondsText(stopBelowMs / 1000)} are left`;
  if (tracking !== undefined) return `Bitmap: ${trackingNames[tracking]}`;
  return 'Other settings of live migration';
}

function writersWords(vm: string, writers: readonly WriterSpec[]): string {
  const rate = totalRate(writers);
  if (rate === 0) return `${vm} writes nothing`;
  const set = memoryText(totalWorkingSet(writers));
  return `${vm} writes ${withThousands(rate)}\u00a0pages/s to ${set}`;
}

function nameOf(specs: readonly { readonly id: string; readonly name: string }[], id: string) {
  return isolated(specs.find((spec) => spec.id === id)?.name ?? id);
}

function trimmed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
