/** The report of a run: the one public result format. Names and units are fixed; fields may be added. */
import { at } from '../base/assert.ts';
import { Digest } from '../base/digest.ts';
import { PAGES_PER_MIB, msToNs, nsToMs, type Nanoseconds } from '../base/units.ts';
import { observe } from './clients/connection.ts';
import type { ClusterEventKind } from './clusterEvent.ts';
import type { VmStatusName } from './cluster/vmState.ts';
import {
  bytesSentNow,
  pagesRestoredNow,
  pagesSentNow,
  type MigrationCause,
  type MigrationMethod,
} from './migration/migration.ts';
import type { StopReason } from './migration/stopCondition.ts';
import type { MigrationRecord, PhaseRecord, RunRecord } from './recording/runRecord.ts';
import type { ClientKind, VolumeKind } from './scenario.ts';
import type { Simulation } from './simulation.ts';
import { stateDigest } from './stateDigest.ts';

export interface RoundReport {
  readonly number: number;
  /** Of a row that several rounds share: the number of its last; the figures are their sums. Rule RE7. */
  readonly lastNumber?: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly pagesSent: number;
  /** Distinct pages marked while the round ran. */
  readonly pagesDirtied: number;
  /** What the next round, or the blackout, has to send. */
  readonly pagesLeft: number;
}

export interface MigrationReport {
  readonly vm: string;
  readonly method: MigrationMethod;
  readonly cause: MigrationCause;
  readonly from: string;
  readonly to: string;
  readonly requestedAtMs: number;
  /** When it left the queue; null while it waits. */
  readonly startedAtMs: number | null;
  readonly outcome: MigrationRecord['outcome'];
  /** From the start until the VM runs on the destination, or until it ended otherwise. */
  readonly totalMs: number;
  readonly blackoutMs: number;
  readonly bytesSent: number;
  /** Live: over the migration network. Quick: written to the file on the volume. */
  readonly pagesSent: number;
  /** Quick: read back from the file. */
  readonly pagesRestored: number;
  readonly stopReason: StopReason | null;
  /** null until switchover. */
  readonly memoryIdentical: boolean | null;
  /** Pre-copy rounds that are over, a round cut off by a cancel included. */
  readonly rounds: readonly RoundReport[];
}

export interface Report {
  readonly migrascope: 1;
  readonly title: string;
  readonly seed: number;
  readonly endedAtMs: number;
  readonly migrations: readonly MigrationReport[];
  readonly vms: readonly {
    readonly id: string;
    readonly node: string;
    readonly state: VmStatusName;
    readonly outageMs: number;
    readonly memoryLostMiB: number;
  }[];
  readonly clients: readonly {
    readonly vm: string;
    readonly kind: ClientKind;
    readonly count: number;
    readonly kept: number;
    readonly lost: number;
    readonly longestSilenceMs: number;
  }[];
  readonly volumes: readonly {
    readonly id: string;
    /** Owner or coordinator; null while nobody is. */
    readonly owner: string | null;
    readonly kind: VolumeKind;
  }[];
  readonly nodes: readonly {
    readonly id: string;
    readonly up: boolean;
    readonly paused: boolean;
  }[];
  readonly quorum: boolean;
  readonly events: readonly {
    readonly atMs: number;
    readonly kind: ClusterEventKind;
    readonly vm: string | null;
    readonly text: string;
  }[];
  /** Of the last state and of everything above. */
  readonly digest: string;
}

/** The report of `simulation` at its present time. */
export function createReport(simulation: Simulation, record: RunRecord): Report {
  const report = {
    migrascope: 1 as const,
    title: simulation.scenario.title,
    seed: simulation.scenario.seed,
    endedAtMs: nsToMs(simulation.timeNs),
    migrations: record.migrations.map((migration) => migrationReport(simulation, migration)),
    vms: vmReports(simulation),
    clients: clientReports(simulation),
    volumes: simulation.scenario.volumes.map(({ id }, index) => {
      const { owner, kind } = at(simulation.state.volumes, index);
      return { id, owner: simulation.scenario.nodes[owner]?.id ?? null, kind };
    }),
    nodes: simulation.scenario.nodes.map(({ id }, index) => {
      const { up, paused } = at(simulation.state.nodes, index);
      return { id, up, paused };
    }),
    quorum: simulation.state.quorum,
    events: record.events.map(({ atNs, kind, vm, text }) => ({
      atMs: nsToMs(atNs),
      kind,
      vm: vm < 0 ? null : at(simulation.scenario.vms, vm).id,
      text,
    })),
  };
  const digest = new Digest().addText(JSON.stringify(report)).addText(stateDigest(simulation));
  return { ...report, digest: digest.toString() };
}

function migrationReport(simulation: Simulation, record: MigrationRecord): MigrationReport {
  const { scenario, state, timeNs } = simulation;
  const running = state.migrations.find(({ id }) => id === record.id);
  const doneNs = record.resumedNs ?? record.endedNs ?? timeNs;
  const pausedNs = record.pausedNs === null ? 0 : goesOnNs(simulation, record) - record.pausedNs;
  return {
    vm: at(scenario.vms, record.vm).id,
    method: record.method,
    cause: record.cause,
    from: at(scenario.nodes, record.from).id,
    to: at(scenario.nodes, record.to).id,
    requestedAtMs: nsToMs(record.requestedNs),
    startedAtMs: record.startedNs === null ? null : nsToMs(record.startedNs),
    outcome: record.outcome,
    totalMs: record.startedNs === null ? 0 : nsToMs(doneNs - record.startedNs),
    blackoutMs: nsToMs(pausedNs),
    bytesSent: running === undefined ? record.bytesSent : bytesSentNow(running, timeNs),
    pagesSent: running === undefined ? record.pagesSent : pagesSentNow(running),
    pagesRestored: running === undefined ? record.pagesRestored : pagesRestoredNow(running),
    stopReason: record.stopReason,
    memoryIdentical: record.differingPages === null ? null : record.differingPages === 0,
    rounds: record.phases.filter(isFinishedRound).map((round) => ({
      number: round.number,
      ...(round.lastNumber === undefined ? {} : { lastNumber: round.lastNumber }),
      startedAtMs: nsToMs(round.startNs),
      durationMs: nsToMs(round.endNs - round.startNs),
      pagesSent: round.pagesSent,
      pagesDirtied: round.pagesDirtied,
      pagesLeft: round.pagesLeft,
    })),
  };
}

/**
 * When the guest that the migration paused runs again, or is lost, or up to now. One that was saved stands still beyond a
 * failed migration: reading it back is a migration of its own.
 */
function goesOnNs(simulation: Simulation, record: MigrationRecord): Nanoseconds {
  const { vm, method, pausedNs, resumedNs, endedNs } = record;
  if (resumedNs !== null) return resumedNs;
  const { outages } = at(simulation.state.vms, vm);
  const pause = outages.find(({ fromNs }) => fromNs === pausedNs);
  if (method === 'quick' || pause === undefined) return endedNs ?? simulation.timeNs;
  // It may wait for its disk after the migration has failed. Rule LM15.
  return pause.lostNs ?? pause.toNs ?? observedUntilNs(simulation);
}

function isFinishedRound(phase: PhaseRecord): phase is PhaseRecord & { endNs: number } {
  return phase.name === 'round' && phase.endNs !== null;
}

/** Once all is quiet clients still wait, repeat and give up, and what is off stays off, until the scenario's time is over. */
function observedUntilNs({ scenario, timeNs, isQuiet }: Simulation): Nanoseconds {
  return isQuiet ? Math.max(timeNs, msToNs(scenario.untilMs)) : timeNs;
}

function vmReports(simulation: Simulation): Report['vms'] {
  const { scenario, state } = simulation;
  const untilNs = observedUntilNs(simulation);
  return scenario.vms.map(({ id }, index) => {
    const vm = at(state.vms, index);
    const outageNs = vm.outages.reduce(
      (sum, { fromNs, toNs }) => sum + (toNs ?? untilNs) - fromNs,
      0,
    );
    return {
      id,
      node: at(scenario.nodes, vm.node).id,
      state: vm.status.name,
      outageMs: nsToMs(outageNs),
      memoryLostMiB: vm.lostPages / PAGES_PER_MIB,
    };
  });
}

function clientReports(simulation: Simulation): Report['clients'] {
  const { scenario, state } = simulation;
  const untilNs = observedUntilNs(simulation);
  return scenario.vms.flatMap(({ id, clients }, index) =>
    clients.map((group) => {
      const seen = observe(group, at(state.vms, index), untilNs);
      return {
        vm: id,
        kind: group.kind,
        count: group.count,
        kept: seen.kept,
        lost: seen.lost,
        longestSilenceMs: nsToMs(seen.longestSilenceNs),
      };
    }),
  );
}
