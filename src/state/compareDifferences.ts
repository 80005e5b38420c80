/**
 * What two runs on the Compare screen may differ in, and how a value is put into a scenario. Each has a short list of
 * values to choose from; where any number makes sense it may be typed.
 */
import { at } from '../base/assert.ts';
import { secondsText, withThousands } from '../base/numberText.ts';
import type { Scenario, VolumeSpec } from '../engine/scenario.ts';
import type { TrackingPolicy } from '../engine/settings.ts';
import {
  asOneWriter,
  inspectorRanges,
  MBPS_PER_GBIT,
  totalRate,
  trackingNames,
  withSettings,
  withTotalRate,
  withWriters,
  type Range,
} from './edits.ts';

/** The VM that is looked at, in its cluster. */
export interface Compared {
  readonly scenario: Scenario;
  readonly vm: number;
}

/** A number in the unit of its difference, or the name of a kind. */
export type CompareValue = number | string;
export type ValuePair = readonly [CompareValue, CompareValue];

export const valueKinds = ['network', 'storage', 'rounds', 'stop', 'rate', 'tracking'] as const;
export type ValueKind = (typeof valueKinds)[number];
/** `method`: the same VM moved by quick and by live migration, and restarted after a crash. */
export type Differs = 'method' | ValueKind;

export interface Difference {
  readonly label: string;
  /** To choose from, beside the value that the Lab has. */
  readonly listed: readonly CompareValue[];
  /** What the first look compares; null: what the Lab has. */
  readonly first: readonly [CompareValue | null, CompareValue];
  /** Of numbers that may be typed; null: only what is listed. */
  readonly range: Range | null;
  /** Factors of the units that may be typed. */
  readonly units: Readonly<Record<string, number>>;
  readonly text: (value: CompareValue) => string;
  readonly of: (compared: Compared) => CompareValue;
  readonly apply: (compared: Compared, value: CompareValue) => Scenario;
}

/** Stands for "no limit" among the numbers of rounds. */
const NO_LIMIT = 0;

export const differences: Readonly<Record<ValueKind, Difference>> = {
  network: {
    label: 'Migration network',
    listed: [0.1, 1, 2.5, 10, 25, 40],
    first: [1, 10],
    range: inspectorRanges.gbitPerSecond,
    units: { 'gbit/s': 1, gbit: 1, 'mbit/s': 0.001, 'mb/s': 1 / MBPS_PER_GBIT },
    text: (gbit) => `${Math.round(Number(gbit) * 100) / 100}\u00a0Gbit/s`,
    of: ({ scenario }) => hundredths(scenario.network.migrationMBps / MBPS_PER_GBIT),
    apply: ({ scenario }, gbit) =>
      withSettings(scenario, { migrationMBps: hundredths(Number(gbit) * MBPS_PER_GBIT) }),
  },
  storage: {
    label: 'Storage',
    listed: ['csv', 'own-lun'],
    first: ['csv', 'own-lun'],
    range: null,
    units: {},
    text: (kind) =>
      kind === 'csv' ? 'CSV' : kind === 'own-lun' ? 'a LUN of its own' : 'the LUN it shares',
    of: storageOf,
    apply: withStorage,
  },
  rounds: {
    label: 'Round limit',
    listed: [1, 2, 3, 5, 10, 30, NO_LIMIT],
    first: [5, 10],
    range: { min: NO_LIMIT, max: inspectorRanges.maxRounds.max },
    units: { rounds: 1, round: 1 },
    text: (rounds) =>
      rounds === NO_LIMIT ? 'no limit' : `${rounds}\u00a0${rounds === 1 ? 'round' : 'rounds'}`,
    of: ({ scenario }) => scenario.liveMigration.maxRounds ?? NO_LIMIT,
    apply: ({ scenario }, rounds) =>
      withSettings(scenario, {
        maxRounds: rounds === NO_LIMIT ? null : Math.round(Number(rounds)),
      }),
  },
  stop: {
    label: 'Stop threshold',
    listed: [10, 30, 100, 300, 1000, 3000],
    first: [30, 1000],
    range: inspectorRanges.stopBelowMs,
    units: { s: 1000, ms: 1 },
    text: (ms) => secondsText(Number(ms) / 1000),
    of: ({ scenario }) => scenario.liveMigration.stopBelowMs,
    apply: ({ scenario }, ms) => withSettings(scenario, { stopBelowMs: Number(ms) }),
  },
  rate: {
    label: 'Dirty rate',
    listed: [1000, 4000, 16_000, 32_000, 64_000],
    first: [null, 32_000],
    range: inspectorRanges.pagesPerSecond,
    units: { 'pages/s': 1, pages: 1, k: 1000 },
    text: (rate) => `${withThousands(Number(rate))}\u00a0pages/s`,
    of: ({ scenario, vm }) => Math.round(totalRate(at(scenario.vms, vm).writers)),
    apply: withRate,
  },
  tracking: {
    label: 'Dirty bitmap',
    listed: Object.keys(trackingNames),
    first: ['sync-per-round', 'skip-redirtied'],
    range: null,
    units: {},
    text: (policy) => trackingNames[policy as TrackingPolicy],
    of: ({ scenario }) => scenario.liveMigration.tracking,
    apply: ({ scenario }, policy) => withSettings(scenario, { tracking: policy as TrackingPolicy }),
  },
};

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Every writer keeps its share; an idle guest gets the first writer of the file format. */
function withRate({ scenario, vm }: Compared, rate: CompareValue): Scenario {
  const { writers, memoryMiB } = at(scenario.vms, vm);
  const some = writers.length > 0 ? writers : asOneWriter([], 'uniform', memoryMiB);
  return withWriters(scenario, vm, withTotalRate(some, Number(rate)));
}

/** `lun`: a LUN that others share, which has no place in the list of every cluster. */
function storageOf({ scenario, vm }: Compared): CompareValue {
  const { volume } = at(scenario.vms, vm);
  if (volumeOf(scenario, volume).kind === 'csv') return 'csv';
  return scenario.vms.filter((other) => other.volume === volume).length === 1 ? 'own-lun' : 'lun';
}

function volumeOf({ volumes }: Scenario, id: string): VolumeSpec {
  const volume = volumes.find((each) => each.id === id);
  if (volume === undefined) throw new Error(`there is no volume ${id}`);
  return volume;
}

/** The other VMs stay where they are. */
function withStorage(compared: Compared, kind: CompareValue): Scenario {
  const { scenario, vm } = compared;
  if (kind === storageOf(compared)) return scenario;
  const { volume, node, name } = at(scenario.vms, vm);
  if (kind === 'csv') {
    const volumes = scenario.volumes.map((each) =>
      each.id === volume ? { ...each, kind: 'csv' as const } : each,
    );
    return { ...scenario, volumes };
  }
  const id = freeId(scenario.volumes.map((each) => each.id));
  const lun: VolumeSpec = { id, name: `LUN of ${name}`, kind: 'cluster-disk', owner: node };
  const vms = scenario.vms.map((each, place) => (place === vm ? { ...each, volume: id } : each));
  return { ...scenario, volumes: [...scenario.volumes, lun], vms };
}

function freeId(taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`lun${number}`)) number++;
  return `lun${number}`;
}

/** What can be chosen: the list, and what the Lab has where that is not in it. */
export function choicesOf(kind: ValueKind, compared: Compared): CompareValue[] {
  const { listed, of } = differences[kind];
  const own = of(compared);
  const isListed = listed.includes(own) || isIdle(kind, own);
  if (isListed) return [...listed];
  const all = [...listed, own];
  return all.every((value) => typeof value === 'number' && value > 0)
    ? all.toSorted((a, b) => Number(a) - Number(b))
    : all;
}

/** A guest that writes nothing has no rate that could be set. */
function isIdle(kind: ValueKind, own: CompareValue): boolean {
  return kind === 'rate' && own === 0;
}

/** What is compared first: two values that differ. */
export function firstPair(kind: ValueKind, compared: Compared): ValuePair {
  const { first, listed, of } = differences[kind];
  const own = of(compared);
  const left = first[0] ?? (isIdle(kind, own) ? at(listed, 0) : own);
  const right = first[1] === left ? (listed.findLast((value) => value !== left) ?? left) : first[1];
  return [left, right];
}

/** Whether a value from outside can be used. */
export function isValueOf(kind: ValueKind, value: unknown, compared: Compared): boolean {
  const { range } = differences[kind];
  if (range === null) return choicesOf(kind, compared).some((choice) => choice === value);
  return (
    typeof value === 'number' && Number.isFinite(value) && value >= range.min && value <= range.max
  );
}
