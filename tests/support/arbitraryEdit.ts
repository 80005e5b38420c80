/**
 * Any edit of a cluster, sensible or not. Entries are chosen by a number that is taken modulo the length of the list
 * at the moment of the edit, so that a sequence of edits always speaks about what is there.
 */
import fc from 'fast-check';
import { at } from '../../src/base/assert.ts';
import type { Scenario, VmSpec } from '../../src/engine/scenario.ts';
import type { WriterSpec } from '../../src/engine/settings.ts';
import { done, type ClusterEdit, type EditResult } from '../../src/state/clusterEdits.ts';
import {
  addClients,
  addWriter,
  removeClients,
  removeWriter,
  setClients,
  setWriter,
  setWriterKind,
} from '../../src/state/guestEdits.ts';
import { addNode, removeNode, renameNode, resizeNode } from '../../src/state/nodeEdits.ts';
import { moveVm } from '../../src/state/placementEdits.ts';
import {
  setFailback,
  setQuickPath,
  setQuorum,
  setSetting,
  settings,
  setTitle,
  type SettingKey,
} from '../../src/state/settingsEdits.ts';
import {
  addVm,
  removeVm,
  renameVm,
  resizeVm,
  setPossibleOwner,
  setTouched,
  setVmVolume,
} from '../../src/state/vmEdits.ts';
import {
  addVolume,
  removeVolume,
  renameVolume,
  setVolumeKind,
  setVolumeOwner,
} from '../../src/state/volumeEdits.ts';

/** What an edit is about; every edit uses some of it. */
interface Choices {
  readonly node: number;
  readonly volume: number;
  readonly vm: number;
  readonly entry: number;
  readonly name: string;
  readonly mib: number;
  readonly number: number;
  readonly flag: boolean;
  readonly volumeKind: 'csv' | 'cluster-disk';
  readonly writerKind: WriterSpec['kind'];
  readonly clientKind: 'windows-lan' | 'linux-lan' | 'ping';
  readonly quorum: 'automatic' | 'node-majority' | 'node-and-disk-majority';
  readonly setting: SettingKey;
}

const choices: fc.Arbitrary<Choices> = fc.record({
  node: fc.nat(15),
  volume: fc.nat(63),
  vm: fc.nat(63),
  entry: fc.nat(15),
  name: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom('Node 2', 'LUN 1', 'vm-1', 'x'.repeat(101)),
  ),
  mib: fc.oneof(
    fc.constantFrom(1024, 2048, 4096, 8192, 16_384, 32_768),
    fc.integer({ min: -1, max: 70_000 }),
    fc.double({ min: 0, max: 1000 }),
  ),
  number: fc.oneof(
    fc.integer({ min: 0, max: 2000 }),
    fc.double({ min: 0, max: 20 }),
    fc.constantFrom(-1, 1e12, Number.NaN),
  ),
  flag: fc.boolean(),
  volumeKind: fc.constantFrom('csv', 'cluster-disk'),
  writerKind: fc.constantFrom('uniform', 'sweep', 'once', 'hot', 'power-law'),
  clientKind: fc.constantFrom('windows-lan', 'linux-lan', 'ping'),
  quorum: fc.constantFrom('automatic', 'node-majority', 'node-and-disk-majority'),
  setting: fc.constantFrom(...(Object.keys(settings) as SettingKey[])),
});

type EditOf = (scenario: Scenario, chosen: Choices) => EditResult;

function pick<T>(list: readonly T[], number: number): T {
  return at(list, number % list.length);
}

const nodeOf = ({ nodes }: Scenario, { node }: Choices): string => pick(nodes, node).id;
const vmOf = ({ vms }: Scenario, { vm }: Choices): VmSpec => pick(vms, vm);

/** @returns `edit` for a volume, or no edit while there is none. */
function ofVolume(
  edit: (scenario: Scenario, volume: string, chosen: Choices) => EditResult,
): EditOf {
  return (scenario, chosen) =>
    scenario.volumes.length === 0
      ? done(scenario)
      : edit(scenario, pick(scenario.volumes, chosen.volume).id, chosen);
}

const clusterEdits: Readonly<Record<string, EditOf>> = {
  addNode,
  renameNode: (scenario, chosen) => renameNode(scenario, nodeOf(scenario, chosen), chosen.name),
  resizeNode: (scenario, chosen) => resizeNode(scenario, nodeOf(scenario, chosen), chosen.mib),
  removeNode: (scenario, chosen) => removeNode(scenario, nodeOf(scenario, chosen)),
  addVolume,
  renameVolume: ofVolume((scenario, volume, { name }) => renameVolume(scenario, volume, name)),
  removeVolume: ofVolume((scenario, volume) => removeVolume(scenario, volume)),
  setVolumeKind: ofVolume((scenario, volume, chosen) =>
    setVolumeKind(scenario, volume, chosen.volumeKind),
  ),
  setVolumeOwner: ofVolume((scenario, volume, chosen) =>
    setVolumeOwner(scenario, volume, nodeOf(scenario, chosen)),
  ),
  setSetting: (scenario, { setting, number }) =>
    setSetting(scenario, setting, number * settings[setting].per),
  setQuickPath: (scenario, { flag }) => setQuickPath(scenario, flag ? 112 : null),
  setQuorum: (scenario, { quorum }) => setQuorum(scenario, quorum),
  setFailback: (scenario, { flag }) => setFailback(scenario, flag),
  setTitle: (scenario, { name }) => setTitle(scenario, name),
};

const vmEdits: Readonly<Record<string, EditOf>> = {
  addVm,
  renameVm: (scenario, chosen) => renameVm(scenario, vmOf(scenario, chosen).id, chosen.name),
  resizeVm: (scenario, chosen) => resizeVm(scenario, vmOf(scenario, chosen).id, chosen.mib),
  setTouched: (scenario, chosen) => setTouched(scenario, vmOf(scenario, chosen).id, chosen.mib),
  moveVm: (scenario, chosen) =>
    moveVm(scenario, vmOf(scenario, chosen).id, nodeOf(scenario, chosen)),
  setVmVolume: ofVolume((scenario, volume, chosen) =>
    setVmVolume(scenario, vmOf(scenario, chosen).id, volume),
  ),
  setPossibleOwner: (scenario, chosen) =>
    setPossibleOwner(scenario, vmOf(scenario, chosen).id, nodeOf(scenario, chosen), chosen.flag),
  removeVm: (scenario, chosen) => removeVm(scenario, vmOf(scenario, chosen).id),
};

const guestEdits: Readonly<Record<string, EditOf>> = {
  addWriter: (scenario, chosen) => addWriter(scenario, vmOf(scenario, chosen).id),
  setWriterKind: withWriter((scenario, vm, place, { writerKind }) =>
    setWriterKind(scenario, vm.id, place, writerKind),
  ),
  setWriter: withWriter((scenario, vm, place, chosen) =>
    setWriter(scenario, vm.id, place, changedWriter(at(vm.writers, place), chosen)),
  ),
  removeWriter: withWriter((scenario, vm, place) => removeWriter(scenario, vm.id, place)),
  addClients: (scenario, chosen) => addClients(scenario, vmOf(scenario, chosen).id),
  setClients: (scenario, chosen) => {
    const { id, clients } = vmOf(scenario, chosen);
    if (clients.length === 0) return done(scenario);
    const place = chosen.entry % clients.length;
    const group = at(clients, place);
    const { number, clientKind: kind } = chosen;
    const change = chosen.flag ? { kind, count: number } : { requestEveryMs: number };
    return setClients(scenario, id, place, { ...group, ...change });
  },
  removeClients: (scenario, chosen) => {
    const { id, clients } = vmOf(scenario, chosen);
    return clients.length === 0
      ? done(scenario)
      : removeClients(scenario, id, chosen.entry % clients.length);
  },
};

function withWriter(
  edit: (scenario: Scenario, vm: VmSpec, place: number, chosen: Choices) => EditResult,
): EditOf {
  return (scenario, chosen) => {
    const vm = vmOf(scenario, chosen);
    const { length } = vm.writers;
    return length === 0 ? done(scenario) : edit(scenario, vm, chosen.entry % length, chosen);
  };
}

/** One of its numbers is another. */
function changedWriter(writer: WriterSpec, { node, mib, number }: Choices): WriterSpec {
  const changes: readonly Partial<WriterSpec>[] = [
    { pagesPerSecond: number },
    { startMiB: mib },
    { sizeMiB: mib },
    { fromMs: number },
    { toMs: number },
    writer.kind === 'hot' ? { hotMiB: mib } : { sizeMiB: 1 },
    writer.kind === 'hot' ? { hotShare: number / 2 } : { startMiB: 0 },
    writer.kind === 'power-law' ? { exponent: number } : { pagesPerSecond: 1 },
  ];
  return { ...writer, ...pick(changes, node) } as WriterSpec;
}

export interface NamedEdit {
  readonly name: string;
  readonly edit: ClusterEdit;
}

const all = Object.entries({ ...clusterEdits, ...vmEdits, ...guestEdits });

export const arbitraryEdit: fc.Arbitrary<NamedEdit> = fc
  .tuple(fc.constantFrom(...all), choices)
  .map(([[name, edit], chosen]) => ({ name, edit: (scenario) => edit(scenario, chosen) }));
