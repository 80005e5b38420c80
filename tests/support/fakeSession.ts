/** A session without a worker: records what is sent, and says what a test lets it say. */
import { createFrameBuffers } from '../../src/protocol/frameColumns.ts';
import type {
  EventRow,
  FrameMessage,
  FrameSummary,
  MigrationRow,
  PhaseRow,
  RunInfo,
} from '../../src/protocol/messages.ts';
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
  return {
    timeNs: 0,
    playing: false,
    speed: 5,
    catchingUp: false,
    commandsReceived: 0,
    vms: scenario.vms.map(({ node, writers }) => ({
      node: home(node),
      running: true,
      outageNs: 0,
      phase: null,
      writers,
    })),
    nodes: scenario.nodes.map(({ id }) => ({
      usedMiB: scenario.vms
        .filter(({ node }) => node === id)
        .reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
    })),
    volumeOwners: scenario.volumes.map(({ owner }) => home(owner)),
    settings: { ...scenario.liveMigration, migrationMBps: scenario.network.migrationMBps },
    refusals: scenario.nodes.map(({ id }) =>
      id === first?.node ? `${first.name} runs here already` : null,
    ),
    migration: null,
    pagesPerCell: 128,
    pageCount: (first?.memoryMiB ?? 0) * 256,
    writtenPages: 0,
    lens: null,
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
    ...more,
  };
}

export const SECOND = 1_000_000_000;

/** The run of design.md, section 15, with its first three rounds. Times are nanoseconds. */
export function calmMigration(more: Partial<MigrationRow> = {}): MigrationRow {
  return {
    id: 0,
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
