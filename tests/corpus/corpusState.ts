/**
 * What a recording must show, in figures that no wording can change: how every migration went, where everything ended,
 * and the state at some moments with a digest of all bitmaps.
 */
import { at } from '../../src/base/assert.ts';
import { Digest } from '../../src/base/digest.ts';
import { msToNs } from '../../src/base/units.ts';
import { simulate } from '../../src/engine/recording/simulate.ts';
import type { MigrationReport, Report } from '../../src/engine/report.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { Simulation } from '../../src/engine/simulation.ts';

export interface CorpusState {
  readonly endedAtMs: number;
  readonly migrations: readonly unknown[];
  readonly vms: Report['vms'];
  readonly clients: Report['clients'];
  readonly volumes: Report['volumes'];
  readonly moments: readonly MomentState[];
}

/** As many rounds as 2008 R2 allows, and some more. */
const ROUNDS_HELD = 12;

interface MomentState {
  readonly atMs: number;
  /** `web01: running on node1`. */
  readonly vms: readonly string[];
  /** `web01 to node2: round, 678 dirty, 90 to send, bitmaps 0123456789abcdef`. */
  readonly migrations: readonly string[];
}

/** @param momentsMs In order; a run without them has only its end. */
export function corpusState(scenario: Scenario, momentsMs: readonly number[]): CorpusState {
  const { endedAtMs, migrations, vms, clients, volumes } = simulate(scenario);
  return {
    endedAtMs,
    migrations: migrations.map(figuresOf),
    vms: vms.map(({ id, node, state, outageMs, memoryLostMiB }) => {
      return { id, node, state, outageMs, memoryLostMiB };
    }),
    clients: clients.map(({ vm, kind, count, kept, lost, longestSilenceMs }) => {
      return { vm, kind, count, kept, lost, longestSilenceMs };
    }),
    volumes: volumes.map(({ id, owner, kind }) => ({ id, owner, kind })),
    moments: momentStates(scenario, momentsMs),
  };
}

function figuresOf(report: MigrationReport): unknown {
  const { vm, method, from, to, startedAtMs, outcome, totalMs, blackoutMs, rounds } = report;
  const { bytesSent, pagesSent, pagesRestored, stopReason, memoryIdentical } = report;
  return {
    ...{ vm, method, from, to, startedAtMs, outcome, totalMs, blackoutMs },
    ...{ bytesSent, pagesSent, pagesRestored, stopReason, memoryIdentical },
    roundsInAll: rounds.at(-1)?.number ?? 0,
    // Number, length, sent, dirtied, left.
    firstRounds: rounds
      .slice(0, ROUNDS_HELD)
      .map(
        ({ number, durationMs, pagesSent: sent, pagesDirtied, pagesLeft }) =>
          `${number}: ${durationMs} ms, ${sent}, ${pagesDirtied}, ${pagesLeft}`,
      ),
  };
}

function momentStates(scenario: Scenario, momentsMs: readonly number[]): MomentState[] {
  const simulation = new Simulation(scenario, { keepsVersions: true });
  return momentsMs.map((atMs) => {
    simulation.advanceTo(msToNs(atMs));
    return { atMs, vms: vmStates(simulation), migrations: migrationStates(simulation) };
  });
}

function vmStates({ scenario, state }: Simulation): string[] {
  return scenario.vms.map(({ id }, index) => {
    const { status, node } = at(state.vms, index);
    return `${id}: ${status.name} on ${at(scenario.nodes, node).id}`;
  });
}

function migrationStates(simulation: Simulation): string[] {
  const { scenario, state, memories } = simulation;
  return state.migrations.map(({ id, vm, to, phase }) => {
    const head = `${at(scenario.vms, vm).id} to ${at(scenario.nodes, to).id}: ${phase.name}`;
    const memory = memories.get(id);
    if (memory === undefined) return head;
    const digest = new Digest().addWords(memory.bitmaps).toString();
    return `${head}, ${memory.dirtyPages} dirty, ${memory.sendSetPages} to send, bitmaps ${digest}`;
  });
}
