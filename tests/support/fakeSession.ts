/** A session without a worker: records what is sent, and says what a test lets it say. */
import { createFrameBuffers } from '../../src/protocol/frameColumns.ts';
import type { FrameSummary, ShownMigration } from '../../src/protocol/frameSummary.ts';
import type { FrameMessage } from '../../src/protocol/messages.ts';
import type { EventRow, MigrationRow, PhaseRow, RunInfo } from '../../src/protocol/runInfo.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { RunCommand, Session, SessionEvent } from '../../src/session/session.ts';

export interface FakeSession extends Session {
  readonly sent: RunCommand[];
  readonly loaded: { readonly scenario: Scenario; readonly showNs: number | undefined }[];
  emit(event: SessionEvent): void;
  /** A frame with this summary is painted. */
  paint(summary: FrameSummary): void;
}

export function createFakeSession(): FakeSession {
  const listeners = new Set<(event: SessionEvent) => void>();
  const painters = new Set<(frame: FrameMessage) => void>();
  let latest: FrameMessage | null = null;
  const session: FakeSession = {
    sent: [],
    loaded: [],
    frames: {
      latest: () => latest,
      subscribe(paint) {
        painters.add(paint);
        return () => painters.delete(paint);
      },
    },
    load: (scenario, showNs) => session.loaded.push({ scenario, showNs }),
    send: (command) => session.sent.push(command),
    // Never answered: no test of the Lab looks at a run beside its own.
    outline: () => new Promise(() => undefined),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => listeners.clear(),
    emit: (event) => listeners.forEach((listener) => listener(event)),
    paint(summary) {
      const frame: FrameMessage = {
        type: 'frame',
        runId: 1,
        summary,
        buffers: createFrameBuffers(),
      };
      latest = frame;
      painters.forEach((paint) => paint(frame));
      session.emit({ type: 'painted', summary });
    },
  };
  return session;
}

/** The scenario at rest at time 0; node 0 of the first VM cannot be its target. */
export function summaryOf(scenario: Scenario, more: Partial<FrameSummary> = {}): FrameSummary {
  const home = (id: string): number => scenario.nodes.findIndex((node) => node.id === id);
  const [first] = scenario.vms;
  const atHome = scenario.nodes.map(({ id, name }) =>
    id === first?.node ? `${first.name} runs on ${name} already` : null,
  );
  return {
    timeNs: 0,
    playing: false,
    speed: 5,
    catchingUp: false,
    commandsReceived: 0,
    vms: scenario.vms.map(({ node, writers }) => ({
      node: home(node),
      status: 'running',
      statusEndNs: null,
      outageNs: 0,
      disk: 'direct',
      lostMiB: 0,
      blocked: null,
      phase: null,
      writers,
    })),
    nodes: scenario.nodes.map(({ id }) => ({
      usedMiB: scenario.vms
        .filter(({ node }) => node === id)
        .reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
      up: true,
      downSinceNs: null,
      member: true,
      paused: false,
      unnoticed: false,
      migrationNetwork: true,
      drainRefusal: null,
    })),
    volumes: scenario.volumes.map(({ kind, owner }) => ({
      kind,
      owner: home(owner),
      change: null,
      access: scenario.nodes.map(({ id }) => (kind === 'csv' || id === owner ? 'direct' : 'none')),
      paths: scenario.nodes.map(() => true),
      moveRefusals: scenario.nodes.map(() => null),
      convertRefusal: null,
    })),
    quorum: {
      has: true,
      votes: scenario.nodes.length,
      needed: Math.floor(scenario.nodes.length / 2) + 1,
      total: scenario.nodes.length,
      witness: null,
    },
    settings: { ...scenario.liveMigration, migrationMBps: scenario.network.migrationMBps },
    refusals: { live: atHome, quick: atHome },
    migration: null,
    clients: (first?.clients ?? []).map(({ kind, count }) => ({
      kind,
      count,
      kept: count,
      now: { answered: count, asking: 0, waiting: 0, lost: 0, reconnected: 0 },
      longestSilenceNs: 0,
    })),
    pagesPerCell: 128,
    pageCount: (first?.memoryMiB ?? 0) * 256,
    writtenPages: 0,
    lens: null,
    lit: null,
    cellPasses: [],
    page: null,
    ...more,
  };
}

export function runOf(scenario: Scenario, more: Partial<RunInfo> = {}): RunInfo {
  return {
    scenario,
    computedToNs: 0,
    complete: true,
    endNs: 0,
    migrations: [],
    events: [],
    reportDigest: null,
    clientResults: null,
    ...more,
  };
}

export const SECOND = 1_000_000_000;

/** web-01 with 4 GB at 1 Gbit/s, which carries 28,600 pages a second: set-up, three rounds, a blackout. Times are nanoseconds. */
export function calmMigration(more: Partial<MigrationRow> = {}): MigrationRow {
  return {
    id: 0,
    method: 'live',
    cause: 'operator',
    vm: 0,
    from: 0,
    to: 1,
    requestedNs: 0,
    startedNs: 0,
    endedNs: 49.1 * SECOND,
    outcome: 'completed',
    stopReason: 'small-enough',
    differingPages: 0,
    pausedNs: 48.06 * SECOND,
    resumedNs: 48.24 * SECOND,
    bytesSent: 5_500_000_000,
    pagesSent: 1_344_000,
    pagesRestored: 0,
    phases: [
      phaseRow('connecting', 0, 0.4),
      phaseRow('creating-shell', 0.4, 1.2),
      phaseRow('round', 1.2, 37.9, { number: 1, pagesToSend: 1_048_576 }),
      phaseRow('round', 37.9, 44.1, { number: 2, pagesToSend: 178_867 }),
      phaseRow('round', 44.1, 48.06, { number: 3, pagesToSend: 64_414 }),
      phaseRow('stop-and-copy', 48.06, 48.2, { pagesToSend: 3679 }),
      phaseRow('device-state', 48.2, 48.21),
      phaseRow('resuming', 48.21, 48.24),
      phaseRow('clean-up', 48.24, 49.1),
    ],
    ...more,
  };
}

/** What the calm run tells: the texts are the engine's. */
export function calmEvents(): EventRow[] {
  return [
    eventRow(
      'migration-requested',
      0,
      'Live migration of web-01 from Node 1 to Node 2 is asked for: its 4\u00a0GB take 36.8\u00a0s over the network at 117\u00a0MB/s',
    ),
    eventRow(
      'setup-started',
      0,
      'Node 1 connects to Node 2 for 0.40\u00a0s: it sends the configuration of web-01',
    ),
    eventRow(
      'shell-created',
      0.4,
      'Node 2 creates an empty web-01 and reserves 4\u00a0GB: its pages need a place',
    ),
    eventRow('round-started', 1.2, 'Round 1 sends 1,048,576 pages: all that web-01 holds'),
    eventRow(
      'round-started',
      37.9,
      'Round 2 sends 178,867 pages: web-01 changed them during the 36.7\u00a0s of round 1',
    ),
    eventRow(
      'round-started',
      44.1,
      'Round 3 sends 64,414 pages: web-01 changed them during the 6.2\u00a0s of round 2',
    ),
    eventRow(
      'vm-paused',
      48.06,
      'web-01 is paused: its last 3,679 pages go across while nothing changes them',
    ),
    eventRow(
      'last-pages-sent',
      48.2,
      'Registers and device state of web-01 follow: its last 3,679 pages are across',
    ),
    eventRow(
      'device-state-sent',
      48.21,
      'Node 2 resumes web-01: its 2\u00a0MB of registers and device state are across, no disk has to move',
    ),
    eventRow(
      'vm-resumed',
      48.24,
      'web-01 runs on Node 2 after a blackout of 0.18\u00a0s: Node 2 tells the network that web-01 is here now',
    ),
    eventRow(
      'migration-completed',
      49.1,
      'web-01 moved to Node 2 with a blackout of 0.18\u00a0s: Node 1 frees 4\u00a0GB',
    ),
  ];
}

/** web-01 by quick migration: 8 s per GiB, of which the disk takes 3 s. */
export function quickMigrationRow(more: Partial<MigrationRow> = {}): MigrationRow {
  const pages = { pagesToSend: 1_048_576 };
  return {
    ...calmMigration(),
    method: 'quick',
    endedNs: 32 * SECOND,
    stopReason: null,
    pausedNs: 0,
    resumedNs: 32 * SECOND,
    bytesSent: 4_294_967_296,
    pagesSent: 1_048_576,
    pagesRestored: 1_048_576,
    phases: [
      phaseRow('saving', 0, 14.5, pages),
      phaseRow('saved', 14.5, 14.5),
      phaseRow('disk-move', 14.5, 17.5),
      phaseRow('restoring', 17.5, 32, pages),
    ],
    ...more,
  };
}

/** A summary in which one VM, node or volume is not as at rest. */
export function changed<T>(rows: readonly T[], place: number, more: Partial<T>): T[] {
  return rows.map((row, index) => (index === place ? { ...row, ...more } : row));
}

/** What a node's crash at `seconds` is told by, with a VM of its own that starts again on another node. */
export function crashEvents(seconds: number, vm = 0): EventRow[] {
  return [
    eventRow('node-crashed', seconds, 'Node 1 stops without warning', -1),
    eventRow('vm-crashed', seconds, 'web-01 stops without warning: Node 1 is down', vm),
    eventRow(
      'memory-lost',
      seconds,
      '4 GB of the memory of web-01 were never on disk and are lost',
      vm,
    ),
    eventRow(
      'node-down-noticed',
      seconds + 5,
      'Node 1 missed 5 heartbeats: after 5.0 s the others take it for down and regroup',
      -1,
    ),
    eventRow(
      'cluster-regrouped',
      seconds + 7,
      'The cluster is Node 2, Node 3 now: 2 of 3 votes, 2 are needed',
      -1,
    ),
    eventRow(
      'vm-placed',
      seconds + 7,
      'web-01 comes online on Node 3: Node 3 has the most memory free, 26 GB',
      vm,
    ),
    eventRow(
      'vm-boot-started',
      seconds + 8,
      'web-01 boots on Node 3 from its disk: its memory is gone as after a power cut',
      vm,
    ),
    eventRow(
      'vm-started',
      seconds + 68,
      'web-01 runs again on Node 3 after 68.0\u00a0s without an answer: it has forgotten all open connections',
      vm,
    ),
  ];
}

/** Times in seconds. */
export function phaseRow(
  name: PhaseRow['name'],
  from: number,
  to: number,
  more: Partial<PhaseRow> = {},
): PhaseRow {
  return {
    name,
    number: 0,
    startNs: from * SECOND,
    endNs: to * SECOND,
    plannedNs: (to - from) * SECOND,
    pagesToSend: 0,
    pagesSent: 0,
    pagesDirtied: 0,
    pagesLeft: 0,
    dirtiedCurve: [],
    ...more,
  };
}

export function eventRow(kind: EventRow['kind'], seconds: number, text: string, vm = 0): EventRow {
  return { kind, atNs: seconds * SECOND, text, vm };
}

/** The calm run in mid-copy. */
export function shownMigrationOf(more: Partial<ShownMigration> = {}): ShownMigration {
  return {
    id: 0,
    method: 'live',
    cause: 'operator',
    vm: 0,
    from: 0,
    to: 1,
    requestedNs: 0,
    phase: 'round',
    round: 1,
    pagesToSend: 1_048_576,
    pagesSent: 500_000,
    sendingPage: 500_000,
    dirtiedPages: 80_000,
    bytesSent: 2_000_000_000,
    pagesSentInAll: 500_000,
    sendingMBps: 117,
    sentPages: 500_000,
    stalePages: 40_000,
    hotPages: 0,
    ...more,
  };
}
