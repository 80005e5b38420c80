/**
 * Measures and prints; asserts nothing. `npm run bench -- [engine] [plain] [seek] [cells] [map] [full]`: parts to run, all of
 * them by default, quick unless `full`. Variants of one comparison run interleaved; figures are medians.
 */
import { performance } from 'node:perf_hooks';
import { NS_PER_S } from '../../src/base/units.ts';
import { updateCells } from '../../src/engine/memory/guestMemory.ts';
import { KeyframeStore } from '../../src/engine/recording/keyframeStore.ts';
import { RunAhead } from '../../src/engine/recording/runAhead.ts';
import { ShownMoment } from '../../src/engine/recording/shownMoment.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { WriterSpec } from '../../src/engine/settings.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { cluster } from '../support/clusterBuilder.ts';
import { plainMigration } from '../support/plainMigration.ts';
import { benchMap, mapHead } from './mapBench.ts';

const parts = ['engine', 'plain', 'seek', 'cells', 'map'] as const;
type Part = (typeof parts)[number];

const patterns = ['uniform', 'hot', 'power-law', 'sweep', 'phased'] as const;
type Pattern = (typeof patterns)[number];

export async function main(args: readonly string[]): Promise<void> {
  const full = args.includes('full');
  const unknown = args.filter((arg) => arg !== 'full' && !parts.some((part) => part === arg));
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(', ')}; parts: ${parts.join(', ')}, full`);
  const wanted = (part: Part): boolean =>
    !args.some((arg) => arg !== 'full') || args.includes(part);
  console.log(`Node ${process.version}, ${process.arch}; medians, M = million sends and writes`);
  if (wanted('engine')) benchEngine(full ? 7 : 3);
  if (wanted('plain')) benchPlain(full ? 7 : 3);
  if (wanted('seek')) benchSeek([4, 64], full ? 200 : 40);
  if (wanted('cells')) benchCells(full ? 400 : 100);
  if (wanted('map')) {
    const rows = benchMap(full ? 200 : 30).map(({ name, cells }) => [name, ...cells]);
    table(
      'Convergence map: processor time of a whole map, and the largest differences',
      mapHead,
      rows,
    );
  }
}

/** A guest that writes half a page for each page that is sent, until 1/256 is left. */
function scenario(gib: number, pattern: Pattern): Scenario {
  const memoryMiB = gib * 1024;
  const migrationMBps = 1100;
  const pagesPerSecond = (migrationMBps * 1e6) / 4104 / 2;
  const stopBelowMs = ((memoryMiB / 256) * 256 * 4104) / migrationMBps / 1000;
  return cluster({
    seed: 7,
    nodes: [memoryMiB, memoryMiB],
    vms: [{ memoryMiB, writers: writersOf(pattern, memoryMiB, pagesPerSecond, migrationMBps) }],
    migrationMBps,
    liveMigration: { pageHeaderBytes: 8, maxRounds: 12, stopBelowMs },
    untilMs: 1e8,
  });
}

function writersOf(
  pattern: Pattern,
  sizeMiB: number,
  pagesPerSecond: number,
  migrationMBps: number,
): WriterSpec[] {
  const region = { pagesPerSecond, startMiB: 0, sizeMiB };
  const roundMs = ((sizeMiB * 1.05) / migrationMBps) * 1000;
  switch (pattern) {
    case 'uniform':
    case 'sweep':
      return [{ kind: pattern, ...region }];
    case 'hot':
      return [{ kind: 'hot', ...region, hotShare: 0.9, hotMiB: sizeMiB / 16 }];
    case 'power-law':
      return [{ kind: 'power-law', ...region, exponent: 1 }];
    case 'phased':
      // A sweep, then a hot spot, then everything.
      return [
        { kind: 'sweep', ...region, toMs: roundMs / 2 },
        {
          kind: 'hot',
          ...region,
          hotShare: 0.9,
          hotMiB: sizeMiB / 16,
          fromMs: roundMs / 2,
          toMs: roundMs,
        },
        { kind: 'uniform', ...region, fromMs: roundMs },
      ];
  }
}

interface Timed {
  readonly ms: number;
  readonly work: number;
}

function timed(run: () => number): Timed {
  const before = performance.now();
  const work = run();
  return { ms: performance.now() - before, work };
}

function engineRun(spec: Scenario, keepsVersions: boolean): Timed {
  const simulation = new Simulation(spec, { keepsVersions, verdicts: new Map([[0, 0]]) });
  return timed(() => {
    while (!simulation.isQuiet) simulation.advanceTo(simulation.timeNs + 1000 * NS_PER_S);
    return simulation.work;
  });
}

function plainRun(spec: Scenario): Timed {
  return timed(() => plainMigration(spec).events);
}

/** One run of each in turn, `times` times over, after one to warm up. @returns The median time of each. */
function interleaved(times: number, ...runs: (() => Timed)[]): Timed[] {
  for (const run of runs) run();
  const all: Timed[][] = runs.map(() => []);
  for (let i = 0; i < times; i++) runs.forEach((run, index) => all[index]!.push(run()));
  return all.map((list) => ({ ms: median(list.map(({ ms }) => ms)), work: list[0]!.work }));
}

function benchEngine(times: number): void {
  const rows: string[][] = [];
  for (const gib of [4, 16, 64]) {
    for (const pattern of patterns) {
      const spec = scenario(gib, pattern);
      const [counted, shown] = interleaved(
        gib === 64 ? Math.min(times, 3) : times,
        () => engineRun(spec, true),
        () => engineRun(spec, false),
      );
      rows.push([
        `${gib} GiB`,
        pattern,
        (counted!.work / 1e6).toFixed(1),
        counted!.ms.toFixed(0),
        perSecond(counted!),
        shown!.ms.toFixed(0),
        perSecond(shown!),
        (counted!.ms / shown!.ms).toFixed(2),
      ]);
    }
  }
  table(
    'Engine, whole migration: with versions (the run that counts) and without (rewinding)',
    ['VM', 'pattern', 'M', 'ms', 'M/s', 'ms without', 'M/s without', 'ratio'],
    rows,
  );
}

function benchPlain(times: number): void {
  const rows: string[][] = [];
  for (const pattern of ['uniform', 'hot', 'sweep'] as const) {
    const spec = scenario(16, pattern);
    const [fast, plain] = interleaved(
      times,
      () => engineRun(spec, true),
      () => plainRun(spec),
    );
    rows.push([
      '16 GiB',
      pattern,
      perSecond(fast!),
      perSecond(plain!),
      (plain!.ms / fast!.ms).toFixed(2),
    ]);
  }
  table(
    'Engine against the event-by-event version (goal: 2.5 times as fast, uniform)',
    ['VM', 'pattern', 'engine M/s', 'plain M/s', 'times as fast'],
    rows,
  );
}

function benchSeek(sizes: readonly number[], seeks: number): void {
  const rows: string[][] = [];
  for (const gib of sizes) {
    for (const pattern of ['uniform', 'hot', 'power-law', 'sweep'] as const) {
      const spec = scenario(gib, pattern);
      let run = new RunAhead(spec, new KeyframeStore());
      const [whole, ahead] = interleaved(
        3,
        () => engineRun(spec, true),
        () => {
          run = new RunAhead(spec, new KeyframeStore());
          return timed(() => {
            while (!run.complete) run.advance(1e6);
            return run.simulation.work;
          });
        },
      );
      const fullMs = whole!.ms;
      const shown = new ShownMoment(spec, run.keyframes, run.record.verdicts);
      const moments = Array.from({ length: seeks + 10 }, (_, i) =>
        Math.round(weyl(i) * run.timeNs),
      );
      // The first ten warm up: the page has played the run before anybody seeks.
      const times = moments.map((ns) => timed(() => (shown.seek(ns), 0)).ms).slice(10);
      const p95 = quantile(times, 0.95);
      rows.push([
        `${gib} GiB`,
        pattern,
        fullMs.toFixed(0),
        ahead!.ms.toFixed(0),
        String(run.keyframes.count),
        (run.keyframes.bytes / 1_048_576).toFixed(1),
        median(times).toFixed(1),
        p95.toFixed(1),
        Math.max(...times).toFixed(1),
        (p95 / fullMs).toFixed(3),
      ]);
    }
  }
  table(
    `${seeks} seeks to random moments (goal: p95 at most 0.1 of the full run with versions)`,
    [
      'VM',
      'pattern',
      'full ms',
      'with keyframes ms',
      'keyframes',
      'MiB',
      'median ms',
      'p95 ms',
      'max ms',
      'p95/full',
    ],
    rows,
  );
}

/** Frames of round 1 played in a second and a half: a frame's share of the work, then its cells. */
function benchCells(frames: number): void {
  const rows: string[][] = [];
  for (const gib of [4, 64, 512]) {
    for (const pattern of ['uniform', 'sweep'] as const) {
      const simulation = new Simulation(scenario(gib, pattern), {
        keepsVersions: false,
        verdicts: new Map([[0, 0]]),
      });
      const times: number[] = [];
      simulation.advanceTo(0);
      const memory = simulation.memories.get(0)!;
      const roundNs = (gib * 262_144 * 4104 * 1000) / 1100;
      for (let frame = 1; frame < frames; frame++) {
        simulation.advanceTo(Math.round((frame / frames) * roundNs));
        times.push(timed(() => (updateCells(memory), 0)).ms);
      }
      const whole = [0, 1, 2, 3, 4].map(() => {
        memory.changedCells.fill(1);
        return timed(() => (updateCells(memory), 0)).ms;
      });
      rows.push([
        `${gib} GiB`,
        pattern,
        String(times.length),
        median(times).toFixed(3),
        quantile(times, 0.95).toFixed(3),
        median(whole).toFixed(3),
      ]);
    }
  }
  table(
    `updateCells for a frame, ${frames} frames in round 1`,
    ['VM', 'pattern', 'frames', 'median ms', 'p95 ms', 'all cells ms'],
    rows,
  );
}

/** Evenly spread, in no order, the same every time. */
function weyl(i: number): number {
  return (i * 0.6180339887498949 + 0.5) % 1;
}

function perSecond({ work, ms }: Timed): string {
  return (work / 1000 / ms).toFixed(1);
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ');
  console.log(`\n${title}\n${line(head)}`);
  for (const row of rows) console.log(line(row));
}
