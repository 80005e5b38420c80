/** Time, order inside an instant, and the digest of a moment. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import type { WriterSpec } from '../../../src/engine/settings.ts';
import { stateDigest } from '../../../src/engine/stateDigest.ts';
import { cancel, cluster, migrate, setWriters, writer } from '../../support/clusterBuilder.ts';
import { roundsOf, runToEnd, startRun } from '../../support/clusterRuns.ts';

const MS = 1_000_000;
const vm = { memoryMiB: 1, touchedMiB: 1, writers: [writer('uniform', 700, 1)] };

function digestAt(ms: number, scenario = cluster({ vms: [vm] })): string {
  const { simulation } = startRun(scenario);
  simulation.advanceTo(ms * MS);
  return stateDigest(simulation);
}

describe('a run', () => {
  it('[SI1] is a function of scenario, seed and commands', () => {
    expect(digestAt(300)).toBe(digestAt(300));
    expect(digestAt(300, cluster({ vms: [vm], seed: 2 }))).not.toBe(digestAt(300));
    const withCommand = cluster({ vms: [vm], commands: [migrate(0), setWriters(200, [])] });
    expect(digestAt(300, withCommand)).not.toBe(digestAt(300));
    expect(digestAt(199, withCommand)).toBe(digestAt(199));
  });

  it('[SI1] has the same digest in every browser and every version of Node', () => {
    // Found once; another value means that recordings made so far show another run.
    const scenario = cluster({
      seed: 7,
      vms: [
        {
          memoryMiB: 16,
          touchedMiB: 12,
          writers: [
            writer('uniform', 3000, 16),
            { kind: 'power-law', pagesPerSecond: 5000, startMiB: 0, sizeMiB: 8, exponent: 1.3 },
            {
              kind: 'hot',
              pagesPerSecond: 777.7,
              startMiB: 2,
              sizeMiB: 9,
              hotShare: 0.8,
              hotMiB: 2,
            },
          ],
        },
      ],
      migrationMBps: 117,
      liveMigration: { pageHeaderBytes: 8, stopBelowMs: 1, maxRounds: 4 },
    });
    expect(digestAt(200, scenario)).toBe('02950e61161d415a');
  });

  it('[SI2] may be advanced in any slices, also of nothing', () => {
    const { simulation } = startRun(cluster({ vms: [vm] }));
    for (const ms of [0, 0, 1.5, 1.5, 256, 256, 300]) simulation.advanceTo(ms * MS);
    expect(stateDigest(simulation)).toBe(digestAt(300));
  });

  it('[SI2] does not go back by itself', () => {
    const { simulation } = startRun(cluster({ vms: [vm] }));
    simulation.advanceTo(5);
    expect(() => simulation.advanceTo(4)).toThrow('cannot advance from 5 back to 4');
  });

  it('[SI3] inside an instant writes and sends come first, then phases that end, then one command', () => {
    // At 256 ms: the last write and the last send of round 1, its end, and both commands.
    const scenario = cluster({
      vms: [{ ...vm, writers: [writer('sweep', 1000, 1)] }],
      commands: [migrate(0), setWriters(256, []), cancel(256)],
      liveMigration: { stopBelowMs: 1 },
    });
    const run = runToEnd(scenario);
    expect(roundsOf(run)[0]).toMatchObject({ pagesSent: 256, pagesDirtied: 256, pagesLeft: 256 });
    expect(run.record.events.slice(-4).map(({ atNs, kind }) => [atNs / MS, kind])).toEqual([
      [0, 'round-started'],
      [256, 'round-started'],
      [256, 'writers-changed'],
      [256, 'migration-cancelled'],
    ]);
  });

  it('[SI3] carries out commands of one time in their order, with the phases between them', () => {
    // Without set-up the first migration is in round 1 at once; the second waits until it is cancelled.
    const run = startRun(
      cluster({ vms: [vm, vm], commands: [migrate(5), migrate(5, 'vm2'), cancel(5)] }),
    );
    run.simulation.advanceTo(5 * MS);
    expect(run.record.events.map(({ kind, vm: which }) => `${which} ${kind}`)).toEqual(
      [
        '0 migration-requested',
        '0 setup-started',
        '1 migration-requested',
        '1 migration-queued',
        '0 migration-cancelled',
        '1 setup-started',
      ].flatMap((line) =>
        line === '0 setup-started' || line === '1 setup-started'
          ? [
              line,
              `${line[0]} shell-created`,
              `${line[0]} tracking-started`,
              `${line[0]} round-started`,
            ]
          : [line],
      ),
    );
  });

  it('[SI4] goes the same way whoever looks: with or without a log, with or without keyframes', () => {
    const scenario = cluster({ vms: [vm], commands: [migrate(0), cancel(200)] });
    const silent = new Simulation(scenario, { keepsVersions: false });
    for (let ms = 0; ms <= 300; ms += 10) {
      silent.keyframe();
      silent.advanceTo(ms * MS);
    }
    expect(stateDigest(silent)).toBe(digestAt(300, scenario));
  });
});

describe('the digest of a moment', () => {
  it('[SI5] covers the state and the bitmaps, not the versions', () => {
    const { simulation } = startRun(cluster({ vms: [vm] }));
    simulation.advanceTo(100 * MS);
    const digest = stateDigest(simulation);
    const memory = simulation.memoryOf(at(simulation.state.migrations, 0));
    memory.versions!.source[3]!++;
    expect(stateDigest(simulation)).toBe(digest);
    for (const bitmap of [
      memory.dirtyBitmap,
      memory.sendSet,
      memory.sentOnce,
      memory.sentTwice,
      memory.sentThrice,
    ]) {
      bitmap[5]! ^= 1 << 9;
      expect(stateDigest(simulation)).not.toBe(digest);
      bitmap[5]! ^= 1 << 9;
    }
    expect(stateDigest(simulation)).toBe(digest);
    simulation.state.settings = { ...simulation.state.settings, maxRounds: 9 };
    expect(stateDigest(simulation)).not.toBe(digest);
  });

  it('[SI1] [SI5] does not depend on the order in which a click or a file names the fields', () => {
    const fromFile = writer('uniform', 700, 1);
    const fromClick = Object.fromEntries(Object.entries(fromFile).toReversed()) as WriterSpec;
    const [file, click] = [fromFile, fromClick].map((spec) =>
      digestAt(300, cluster({ vms: [vm], commands: [migrate(0), setWriters(50, [spec])] })),
    );
    expect(click).toBe(file);
  });
});
