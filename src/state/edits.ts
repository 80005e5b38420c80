/**
 * What the inspector can change, as pure functions: an edit before the start gives another scenario, an
 * edit during the run gives a command of the recording. Ranges keep every number finite and sensible.
 */
import { at } from '../base/assert.ts';
import type { LiveMigrationChange, Operation } from '../engine/command.ts';
import type { Scenario, VmSpec } from '../engine/scenario.ts';
import type { TrackingPolicy, WriterSpec } from '../engine/settings.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** 1 Gbit/s carries 117 MB/s of payload. Source: facts A2, 1 Gigabit Ethernet. */
export const MBPS_PER_GBIT = 117;

export const inspectorRanges = {
  pagesPerSecond: { min: 1, max: 1_000_000 },
  gbitPerSecond: { min: 0.1, max: 40 },
  stopBelowMs: { min: 1, max: 60_000 },
  maxRounds: { min: 1, max: 1000 },
} as const satisfies Record<string, Range>;

/** Smallest VM of the file format. */
const SMALLEST_VM_MIB = 16;
/** 64 GiB: what a page can hold and still answer at once. */
const LARGEST_VM_MIB = 65_536;

/** What fits on its node beside the other VMs there. */
export function memoryRange(scenario: Scenario, vm: number): Range {
  const spec = at(scenario.vms, vm);
  const node = scenario.nodes.find(({ id }) => id === spec.node);
  const others = scenario.vms.filter((other) => other.node === spec.node && other.id !== spec.id);
  const used = others.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  const free = (node?.memoryMiB ?? spec.memoryMiB) - used;
  return { min: SMALLEST_VM_MIB, max: Math.max(spec.memoryMiB, Math.min(LARGEST_VM_MIB, free)) };
}

/** A writer lies inside the memory: what is too large is cut, what lies outside moves to the start. */
function fitWriter(writer: WriterSpec, memoryMiB: number): WriterSpec {
  const startMiB = writer.startMiB < memoryMiB ? writer.startMiB : 0;
  const sizeMiB = Math.min(writer.sizeMiB, memoryMiB - startMiB);
  if (writer.kind !== 'hot') return { ...writer, startMiB, sizeMiB };
  return { ...writer, startMiB, sizeMiB, hotMiB: Math.min(writer.hotMiB, sizeMiB) };
}

export function withMemory(scenario: Scenario, vm: number, memoryMiB: number): Scenario {
  const spec = at(scenario.vms, vm);
  const touchedMiB =
    spec.touchedMiB === spec.memoryMiB ? memoryMiB : Math.min(spec.touchedMiB, memoryMiB);
  const writers = spec.writers.map((writer) => fitWriter(writer, memoryMiB));
  return withVm(scenario, { ...spec, memoryMiB, touchedMiB, writers });
}

export function withWriters(
  scenario: Scenario,
  vm: number,
  writers: readonly WriterSpec[],
): Scenario {
  return withVm(scenario, { ...at(scenario.vms, vm), writers });
}

function withVm(scenario: Scenario, spec: VmSpec): Scenario {
  return { ...scenario, vms: scenario.vms.map((old) => (old.id === spec.id ? spec : old)) };
}

export function withSettings(scenario: Scenario, change: LiveMigrationChange): Scenario {
  const { migrationMBps = scenario.network.migrationMBps, ...live } = change;
  return {
    ...scenario,
    network: { ...scenario.network, migrationMBps },
    liveMigration: { ...scenario.liveMigration, ...live },
  };
}

export function writersOperation(vm: string, writers: readonly WriterSpec[]): Operation {
  return { do: 'set-writers', vm, writers };
}

export function settingsOperation(change: LiveMigrationChange): Operation {
  return { do: 'set-live-migration', ...change };
}

export type WriterKind = WriterSpec['kind'] | 'none' | 'several';

/** The same writer with other habits; what only the new kind knows gets its default of the file format. */
function asKind(writer: WriterSpec, kind: WriterSpec['kind']): WriterSpec {
  const { pagesPerSecond, startMiB, sizeMiB, fromMs, toMs } = writer;
  const region = {
    pagesPerSecond,
    startMiB,
    sizeMiB,
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  };
  switch (kind) {
    case 'hot':
      return { ...region, kind, hotShare: 0.9, hotMiB: Math.min(32, sizeMiB) };
    case 'power-law':
      return { ...region, kind, exponent: 1.5 };
    default:
      return { ...region, kind };
  }
}

/** What an idle guest starts to do when it gets a writer. Source: the defaults of the file format. */
function firstWriter(memoryMiB: number): WriterSpec {
  return {
    kind: 'uniform',
    pagesPerSecond: 5000,
    startMiB: 0,
    sizeMiB: Math.min(1024, memoryMiB),
  };
}

/** Writes of all writers together, in pages per second. */
export function totalRate(writers: readonly WriterSpec[]): number {
  return writers.reduce((sum, { pagesPerSecond }) => sum + pagesPerSecond, 0);
}

/** Every writer keeps its share. */
export function withTotalRate(writers: readonly WriterSpec[], rate: number): WriterSpec[] {
  const total = totalRate(writers);
  return writers.map((writer) => {
    const share = total === 0 ? 1 / writers.length : writer.pagesPerSecond / total;
    return { ...writer, pagesPerSecond: Math.round(rate * share * 100) / 100 };
  });
}

/** Memory that some writer writes to; where regions overlap it counts once. */
export function totalWorkingSet(writers: readonly WriterSpec[]): number {
  let total = 0;
  let reached = 0;
  for (const { startMiB, sizeMiB } of writers.toSorted((a, b) => a.startMiB - b.startMiB)) {
    const end = startMiB + sizeMiB;
    total += Math.max(0, end - Math.max(startMiB, reached));
    reached = Math.max(reached, end);
  }
  return total;
}

function sumOfSizes(writers: readonly WriterSpec[]): number {
  return writers.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
}

/** Every region keeps its share and, as far as it fits, its place; the largest takes what rounding leaves. */
export function withTotalWorkingSet(
  writers: readonly WriterSpec[],
  sizeMiB: number,
  memoryMiB: number,
): WriterSpec[] {
  const factor = sizeMiB / totalWorkingSet(writers);
  const sizes = writers.map((writer) => Math.max(1, Math.round(writer.sizeMiB * factor)));
  const largest = sizes.indexOf(Math.max(...sizes));
  const wanted = Math.round(sumOfSizes(writers) * factor);
  const rest = wanted - sizes.reduce((sum, size) => sum + size, 0);
  return writers.map((writer, index) => {
    const size = at(sizes, index) + (index === largest ? rest : 0);
    return withRegionSize(writer, Math.min(memoryMiB, Math.max(1, size)), memoryMiB);
  });
}

/** The region moves down where it would reach past the end of the memory. */
function withRegionSize(writer: WriterSpec, sizeMiB: number, memoryMiB: number): WriterSpec {
  const startMiB = Math.max(0, Math.min(writer.startMiB, memoryMiB - sizeMiB));
  const resized = { ...writer, startMiB, sizeMiB };
  if (resized.kind !== 'hot') return resized;
  const hotMiB = Math.round((resized.hotMiB * sizeMiB) / writer.sizeMiB);
  return { ...resized, hotMiB: Math.min(sizeMiB, Math.max(1, hotMiB)) };
}

/** One writer of another kind that does as much as all of them did, in a region as large as theirs. */
export function asOneWriter(
  writers: readonly WriterSpec[],
  kind: WriterSpec['kind'],
  memoryMiB: number,
): WriterSpec[] {
  const [first, ...others] = writers;
  if (first === undefined) return [asKind(firstWriter(memoryMiB), kind)];
  if (others.length === 0) return [asKind(first, kind)];
  const startMiB = Math.min(...writers.map((writer) => writer.startMiB));
  const region = {
    kind: 'uniform' as const,
    pagesPerSecond: totalRate(writers),
    startMiB,
    sizeMiB: first.sizeMiB,
  };
  const sizeMiB = Math.min(memoryMiB, totalWorkingSet(writers));
  return [asKind(withRegionSize(region, sizeMiB, memoryMiB), kind)];
}

/** What the writers are called together. */
export function kindOf(writers: readonly WriterSpec[]): WriterKind {
  const [first, ...others] = writers;
  if (first === undefined) return 'none';
  return others.length === 0 ? first.kind : 'several';
}

interface PageCostSettings {
  readonly migrationMBps: number;
  readonly pageHeaderBytes: number;
  readonly stopBelowMs: number;
}

/** Milliseconds that one page takes on the network. */
function pageMs({ migrationMBps, pageHeaderBytes }: PageCostSettings): number {
  return (4096 + pageHeaderBytes) / (migrationMBps * 1000);
}

/** The most pages that may be left when pre-copy stops. Rule LM3. */
export function thresholdPages(settings: PageCostSettings): number {
  return Math.floor(settings.stopBelowMs / pageMs(settings));
}

/** The time limit that lets exactly `pages` pages be left: half a page more, so that rounding keeps it. */
export function stopBelowMsFor(pages: number, settings: PageCostSettings): number {
  return Math.round((pages + 0.5) * pageMs(settings) * 1000) / 1000;
}

export const trackingNames: Readonly<Record<TrackingPolicy, string>> = {
  'sync-per-round': 'Read as a round starts',
  'clear-on-send': 'Cleared page by page',
  'skip-redirtied': 'Skip pages dirty again',
  'sync-when-rest-small': 'Read when little is left',
};

export const writerNames: Readonly<Record<WriterKind, string>> = {
  several: 'In several places',
  none: 'Nothing (idle)',
  uniform: 'Anywhere, at random',
  sweep: 'In order, round and round',
  once: 'In order, one time',
  hot: 'Mostly a small hot part',
  'power-law': 'Few pages often, most rarely',
};
