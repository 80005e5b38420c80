/** Clusters in which everything that has a length takes no time, or a millisecond: what could go in circles does so at once. */
import fc from 'fast-check';
import type { Command } from '../../src/engine/command.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { arbitraryScenario } from './arbitraryScenario.ts';
import { wholeRecordingArbitrary } from './wholeCluster.ts';

const none = fc.constantFrom(0, 1);

const hasty = fc.record({
  liveMigration: fc.record({
    setupMs: none,
    resumeMs: none,
    stopBelowMs: none,
    lookEveryMs: none,
    diskMoveMs: none,
    deviceStateMB: none,
    maxRounds: fc.integer({ min: 1, max: 4 }),
  }),
  // The format allows no heartbeat of 0 ms.
  failover: fc.record({
    heartbeatMs: fc.constant(1),
    missedHeartbeats: fc.constant(1),
    regroupMs: none,
    diskTakeoverMs: none,
    bootMs: none,
  }),
  quickMigration: fc.record({ secondsPerGiB: fc.constantFrom(0, 1, null) }),
  /** Commands come so much closer together. */
  haste: fc.constantFrom(1, 10, 1000),
});

/** Settings that a command changes stay short, and rounds few. */
function inHaste(command: Command): Command {
  if (command.do !== 'set-live-migration') return command;
  const { migrationMBps, tracking, pageHeaderBytes, atMs } = command;
  const given = { migrationMBps, tracking, pageHeaderBytes };
  const kept = Object.entries(given).filter(([, value]) => value !== undefined);
  return { atMs, do: command.do, ...Object.fromEntries(kept), stopBelowMs: 1 };
}

/** Any recording, with every duration of the file 0 or 1 ms. */
export const hastyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(fc.oneof(wholeRecordingArbitrary, arbitraryScenario), hasty)
  .map(([scenario, { liveMigration, failover, quickMigration, haste }]) => ({
    ...scenario,
    liveMigration: { ...scenario.liveMigration, ...liveMigration },
    failover: { ...scenario.failover, ...failover },
    quickMigration,
    commands: scenario.commands
      .map((command) => ({ ...inHaste(command), atMs: Math.floor(command.atMs / haste) }))
      .toSorted((a, b) => a.atMs - b.atMs),
  }));
