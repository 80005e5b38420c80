/** What is run everywhere: each preset with its first act, and a run for each thing the engine can do. */
import type { Command } from '../../src/engine/command.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { TrackingPolicy, WriterSpec } from '../../src/engine/settings.ts';
import { presets, type Preset } from '../../src/scenario/presets.ts';
import {
  cancel,
  clients,
  cluster,
  crashNode,
  cutStoragePath,
  drainNode,
  migrate,
  quickMigrate,
  repairNode,
  repairStoragePath,
  resumeNode,
  setWriters,
  writer,
  type ClusterOptions,
} from '../support/clusterBuilder.ts';
import { movesAlone } from '../support/clusterStory.ts';

/** By name. */
export function allRecordings(): ReadonlyMap<string, Scenario> {
  return new Map([
    ...presets.map((preset) => [`preset ${preset.id}`, withFirstAct(preset)] as const),
    ...Object.entries(variants),
  ]);
}

function withFirstAct({ first, scenario }: Preset): Scenario {
  const vm = scenario.vms[0]?.id ?? '';
  const move = movesAlone(scenario) ? migrate(0, vm) : quickMigrate(0, vm);
  return { ...scenario, commands: [first === null ? move : { atMs: 0, ...first.act }] };
}

/** 128 MiB on 1 Gbit/s, half of them written. */
function one(writers: readonly WriterSpec[], options: ClusterOptions = {}): Scenario {
  const groups = [clients('windows-lan', 4), clients('linux-lan', 4), clients('ping', 1, 250)];
  return cluster({
    migrationMBps: 117,
    vms: [{ memoryMiB: 128, writers, clients: groups }],
    ...options,
    liveMigration: {
      setupMs: 2000,
      resumeMs: 100,
      deviceStateMB: 2,
      pageHeaderBytes: 8,
      ...options.liveMigration,
    },
  });
}

/** Three nodes, a VM on the first two, one LUN for both of them. */
function many(options: ClusterOptions): Scenario {
  const groups = [clients('windows-lan', 4), clients('ping', 1, 250)];
  return cluster({
    nodes: [1024, 1024, 1024],
    migrationMBps: 117,
    vms: [
      { memoryMiB: 128, writers: [writer('uniform', 1500, 64)], clients: groups },
      { memoryMiB: 256, touchedMiB: 100, clients: groups },
    ],
    ...options,
  });
}

const region = { pagesPerSecond: 12_000, startMiB: 16, sizeMiB: 64 };
const hot: WriterSpec = { kind: 'hot', ...region, hotShare: 0.9, hotMiB: 6 };

const writersOfAllKinds: Record<WriterSpec['kind'], WriterSpec> = {
  uniform: { kind: 'uniform', ...region },
  sweep: { kind: 'sweep', ...region },
  once: { kind: 'once', ...region },
  hot,
  'power-law': { kind: 'power-law', ...region, exponent: 1.3 },
};

const policies: Record<TrackingPolicy, true> = {
  'sync-per-round': true,
  'clear-on-send': true,
  'skip-redirtied': true,
  'sync-when-rest-small': true,
};

const disk = { kind: 'cluster-disk' as const };
const power = (exponent: number): WriterSpec => ({ kind: 'power-law', ...region, exponent });

const variants: Readonly<Record<string, Scenario>> = {
  ...each('writer', writersOfAllKinds, (spec) => one([spec])),
  ...each('policy', policies, (_, name) => {
    return one([hot], { liveMigration: { tracking: name, stopBelowMs: 100 } });
  }),
  'power law, flat and steep': one([power(0.4), power(2.8)]),
  'writers for a while only': one([{ ...hot, fromMs: 500, toMs: 3200 }]),
  'set writers': one([], {
    commands: [migrate(0), setWriters(2300, [power(1)]), setWriters(3000, [hot])],
  }),
  'set limits on the way': one([writer('uniform', 40_000, 64)], {
    commands: [
      migrate(0),
      { atMs: 2700, do: 'set-live-migration', migrationMBps: 40, tracking: 'clear-on-send' },
      { atMs: 6000, do: 'set-live-migration', migrationMBps: 250, maxRounds: null },
      cancel(12_000),
    ],
  }),
  'round limit': one([writer('uniform', 40_000, 64)], { liveMigration: { maxRounds: 4 } }),
  'no limit': one([writer('uniform', 40_000, 64)], {
    liveMigration: { maxRounds: null },
    untilMs: 120_000,
  }),
  cancel: one([hot], { commands: [migrate(0), cancel(2800), migrate(4000)] }),
  quick: one([hot], { commands: [quickMigrate(500)] }),
  'quick, two VMs on a cluster disk': many({ volumes: [disk], commands: [quickMigrate(1000)] }),
  'crash while a move goes on': many({ commands: crashed(2500) }),
  'crash while a VM is restored': many({
    volumes: [disk],
    commands: [quickMigrate(0), crashNode(4000, 'node2')],
  }),
  'no quorum': many({
    commands: [crashNode(0, 'node2'), crashNode(1000, 'node3'), repairNode(20_000, 'node3')],
  }),
  'drain, with a cut path': many({
    commands: [
      drainNode(0, 'node1'),
      cutStoragePath(3000, 'node1'),
      repairStoragePath(20_000, 'node1'),
      resumeNode(30_000, 'node1'),
    ],
  }),
};

function crashed(atMs: number): Command[] {
  return [migrate(0), crashNode(atMs, 'node1'), repairNode(90_000, 'node1')];
}

/** "writer hot": one run for each name. */
function each<Name extends string, Value>(
  what: string,
  values: Readonly<Record<Name, Value>>,
  run: (value: Value, name: Name) => Scenario,
): Record<string, Scenario> {
  const names = Object.keys(values) as Name[];
  return Object.fromEntries(names.map((name) => [`${what} ${name}`, run(values[name], name)]));
}
