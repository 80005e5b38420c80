/** Frames and migration rows for the tests of charts: web-01 with 4 GB in round 3, at 28,600 pages a second. */
import type { FrameSource } from '../../src/charts/frameSource.ts';
import { createFrameBuffers, type FrameBuffers } from '../../src/protocol/frameColumns.ts';
import type { FrameSummary, ShownMigration } from '../../src/protocol/frameSummary.ts';
import type { FrameMessage } from '../../src/protocol/messages.ts';
import type { MigrationRow, PhaseRow } from '../../src/protocol/runInfo.ts';

const NS_PER_S = 1_000_000_000;

const shown: ShownMigration = {
  id: 0,
  method: 'live',
  cause: 'operator',
  vm: 0,
  from: 0,
  to: 1,
  requestedNs: 0,
  phase: 'round',
  round: 3,
  pagesToSend: 64_414,
  pagesSent: 33_495,
  sendingPage: 329_390,
  dirtiedPages: 20_000,
  bytesSent: 5_000_000_000,
  pagesSentInAll: 1_260_000,
  sendingMBps: 112,
  sentPages: 1_048_576,
  stalePages: 43_225,
  hotPages: 2928,
};

const settings: FrameSummary['settings'] = {
  setupMs: 1200,
  resumeMs: 50,
  deviceStateMB: 8,
  maxRounds: 10,
  stopBelowMs: 143,
  tracking: 'sync-per-round',
  lookEveryMs: 100,
  diskMoveMs: 0,
  pageHeaderBytes: 0,
  migrationMBps: 112,
};

/** web-01 in round 3: 4 GB, 128 pages a cell. */
export function frameOf(
  summary: Partial<FrameSummary> = {},
  fill: (buffers: FrameBuffers) => void = () => undefined,
): FrameMessage {
  const buffers = createFrameBuffers();
  fill(buffers);
  return {
    type: 'frame',
    runId: 1,
    summary: {
      timeNs: 45.3 * NS_PER_S,
      playing: false,
      speed: 1,
      catchingUp: false,
      commandsReceived: 0,
      vms: [],
      nodes: [],
      volumes: [],
      quorum: { has: true, votes: 0, needed: 0, total: 0, witness: null },
      settings,
      refusals: { live: [], quick: [] },
      migration: shown,
      clients: [],
      pagesPerCell: 128,
      pageCount: 1_048_576,
      writtenPages: 1234,
      lens: null,
      lit: null,
      cellPasses: [],
      page: null,
      ...summary,
    },
    buffers,
  };
}

/** A source that tests push frames into; painters are called at once. */
export function manualFrames(first: FrameMessage | null = null): FrameSource & {
  push(frame: FrameMessage): void;
} {
  let newest = first;
  const painters = new Set<(frame: FrameMessage) => void>();
  return {
    latest: () => newest,
    subscribe(paint) {
      painters.add(paint);
      return () => painters.delete(paint);
    },
    push(frame) {
      newest = frame;
      for (const paint of painters) paint(frame);
    },
  };
}

export function phaseOf(
  name: PhaseRow['name'],
  startS: number,
  endS: number | null,
  rest: Partial<PhaseRow> = {},
): PhaseRow {
  return {
    name,
    number: 0,
    startNs: Math.round(startS * NS_PER_S),
    endNs: endS === null ? null : Math.round(endS * NS_PER_S),
    plannedNs: endS === null ? 0 : Math.round((endS - startS) * NS_PER_S),
    pagesToSend: 0,
    pagesSent: 0,
    pagesDirtied: 0,
    pagesLeft: 0,
    dirtiedCurve: [],
    ...rest,
  };
}

/** A curve that grows evenly to `pages`. */
function evenCurve(pages: number): number[] {
  return Array.from({ length: 32 }, (_, index) => Math.round((pages * (index + 1)) / 32));
}

export function roundOf(
  number: number,
  startS: number,
  endS: number | null,
  pagesToSend: number,
  pagesDirtied: number,
): PhaseRow {
  return phaseOf('round', startS, endS, {
    number,
    pagesToSend,
    pagesSent: pagesToSend,
    pagesDirtied,
    pagesLeft: pagesDirtied,
    dirtiedCurve: evenCurve(pagesDirtied),
  });
}

/** A quick migration with a disk of its own: saved in 16 s, moved in 2 s, read back in 16 s. */
export function quickMigrationOf(rest: Partial<MigrationRow> = {}): MigrationRow {
  const pages = { pagesToSend: 1_000_000, pagesSent: 1_000_000 };
  return migrationOf({
    method: 'quick',
    stopReason: null,
    pausedNs: 0,
    resumedNs: 34 * NS_PER_S,
    endedNs: 34 * NS_PER_S,
    pagesSent: 1_000_000,
    pagesRestored: 1_000_000,
    phases: [
      phaseOf('saving', 0, 16, pages),
      phaseOf('disk-move', 16, 18),
      phaseOf('restoring', 18, 34, pages),
    ],
    ...rest,
  });
}

/** web-01 in a quick migration: `sentPages` saved or read back so far. */
export function quickFrameOf(
  phase: ShownMigration['phase'],
  sentPages: number,
  fill: (buffers: FrameBuffers) => void = () => undefined,
): FrameMessage {
  const travels = phase === 'saving' || phase === 'restoring';
  const migration: ShownMigration = {
    ...shown,
    method: 'quick',
    phase,
    round: 0,
    pagesToSend: travels ? 1_048_576 : 0,
    pagesSent: travels ? sentPages : 0,
    sendingPage: travels ? sentPages : -1,
    sendingMBps: travels ? 268 : 0,
    dirtiedPages: 0,
    sentPages,
    stalePages: 0,
    hotPages: 0,
  };
  return frameOf({ migration }, fill);
}

/** Setup 1.2 s; three rounds that end at 11.2, 16.2 and 18.2 s; blackout to 18.4 s, clean-up to 19.4 s. */
export function migrationOf(rest: Partial<MigrationRow> = {}): MigrationRow {
  return {
    id: 0,
    method: 'live',
    cause: 'operator',
    vm: 0,
    from: 0,
    to: 1,
    requestedNs: 0,
    startedNs: 0,
    endedNs: 19.4 * NS_PER_S,
    outcome: 'completed',
    stopReason: 'small-enough',
    differingPages: 0,
    pausedNs: 18.2 * NS_PER_S,
    resumedNs: 18.4 * NS_PER_S,
    bytesSent: 5_000_000_000,
    pagesSent: 1_300_000,
    pagesRestored: 0,
    phases: [
      phaseOf('connecting', 0, 0.4),
      phaseOf('creating-shell', 0.4, 1.2),
      roundOf(1, 1.2, 11.2, 1_000_000, 100_000),
      roundOf(2, 11.2, 16.2, 100_000, 10_000),
      roundOf(3, 16.2, 18.2, 10_000, 3000),
      phaseOf('stop-and-copy', 18.2, 18.3, { pagesToSend: 3000, pagesSent: 3000 }),
      phaseOf('device-state', 18.3, 18.35),
      phaseOf('resuming', 18.35, 18.4),
      phaseOf('clean-up', 18.4, 19.4),
    ],
    ...rest,
  };
}

/** A guest that never converges: each round takes a second, sends 10,000 pages and leaves as many, and the last has ended. */
export function longMigrationOf(rounds: number, rest: Partial<MigrationRow> = {}): MigrationRow {
  const phases = Array.from({ length: rounds }, (_, i) => roundOf(i + 1, i, i + 1, 10_000, 9000));
  const endedNs = (rounds + 1) * NS_PER_S;
  return migrationOf({
    stopReason: 'round-limit',
    pausedNs: rounds * NS_PER_S,
    resumedNs: endedNs,
    endedNs,
    phases: [
      ...phases,
      phaseOf('stop-and-copy', rounds, rounds + 1, { pagesToSend: 9000, pagesSent: 9000 }),
    ],
    ...rest,
  });
}

/** The same with a record in which the inner rounds share rows, 256 in each (rule RE7). */
export function thinnedMigrationOf(rounds: number): MigrationRow {
  const { phases, ...row } = longMigrationOf(rounds);
  const rows: PhaseRow[] = [];
  for (const phase of phases) {
    const last = rows.at(-1);
    const isInner = phase.name === 'round' && phase.number > 300 && phase.number <= rounds - 300;
    if (!isInner || last === undefined || (phase.number - 301) % 256 === 0) rows.push(phase);
    else {
      const sum = (of: 'plannedNs' | 'pagesToSend' | 'pagesSent' | 'pagesDirtied'): number =>
        last[of] + phase[of];
      rows[rows.length - 1] = {
        ...last,
        lastNumber: phase.number,
        endNs: phase.endNs,
        plannedNs: sum('plannedNs'),
        pagesToSend: sum('pagesToSend'),
        pagesSent: sum('pagesSent'),
        pagesDirtied: sum('pagesDirtied'),
        pagesLeft: phase.pagesLeft,
        dirtiedCurve: [],
      };
    }
  }
  return { ...row, phases: rows };
}
