/** A frame: the columns filled from the shown moment, and the summary beside them. */
import { at } from '../base/assert.ts';
import { PAGES_PER_MIB } from '../base/units.ts';
import { migrationOf, type ClusterState } from '../engine/cluster/clusterState.ts';
import { quorumOf } from '../engine/cluster/quorum.ts';
import { cellShiftOf, updateCells, type GuestMemory } from '../engine/memory/guestMemory.ts';
import {
  bytesSentNow,
  pagesSentNow,
  passOf,
  type Migration,
} from '../engine/migration/migration.ts';
import { refusalToMigrate } from '../engine/refusals.ts';
import type { Simulation } from '../engine/simulation.ts';
import { storageMBpsNow } from '../engine/storage/storageRates.ts';
import { MAP_CELLS, type FrameBuffers } from '../protocol/frameColumns.ts';
import type { FrameSummary, ShownMigration } from '../protocol/frameSummary.ts';
import { clientRows, drawStrips } from './clientStrips.ts';
import { nodeRows, vmRows, volumeRowsToAct } from './clusterRows.ts';
import { lensOf } from './pageLens.ts';

/** What a frame says of playing, beside the moment itself. */
export interface PlayState {
  readonly commandsReceived: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly catchingUp: boolean;
  readonly writtenPages: number;
  readonly page: FrameSummary['page'];
  readonly lit: FrameSummary['lit'];
  readonly cellPasses: FrameSummary['cellPasses'];
}

/** Fills all columns but the tones, `written` and `lit`, which need more than the shown moment. */
export function encodeFrame(
  simulation: Simulation,
  vm: number,
  lensCell: number | null,
  play: PlayState,
  buffers: FrameBuffers,
): FrameSummary {
  const { scenario, state } = simulation;
  const migration = migrationOf(state, vm);
  const memory = migration === null ? null : (simulation.memories.get(migration.id) ?? null);
  drawCells(memory, buffers);
  drawStrips(simulation, vm, buffers);
  const pageCount = at(scenario.vms, vm).memoryMiB * PAGES_PER_MIB;
  return {
    ...play,
    timeNs: simulation.timeNs,
    vms: vmRows(scenario, state),
    nodes: nodeRows(simulation),
    volumes: volumeRowsToAct(simulation),
    quorum: quorumOf(scenario, state),
    settings: state.settings,
    refusals: {
      live: scenario.nodes.map((_, node) => refusalToMigrate(simulation, vm, node, 'live')),
      quick: scenario.nodes.map((_, node) => refusalToMigrate(simulation, vm, node, 'quick')),
    },
    clients: clientRows(simulation, vm),
    migration: migration === null ? null : shownMigration(simulation, migration, memory),
    pagesPerCell: 2 ** cellShiftOf(pageCount),
    pageCount,
    lens: memory === null || lensCell === null ? null : lensOf(memory, lensCell),
  };
}

function drawCells(memory: GuestMemory | null, buffers: FrameBuffers): void {
  if (memory === null) {
    for (const column of [buffers.sent, buffers.stale, buffers.hot]) column.fill(0, 0, MAP_CELLS);
    return;
  }
  updateCells(memory);
  buffers.sent.set(memory.cells.sent);
  buffers.stale.set(memory.cells.stale);
  buffers.hot.set(memory.cells.hot);
}

function shownMigration(
  { state }: Simulation,
  migration: Migration,
  memory: GuestMemory | null,
): ShownMigration {
  const { phase } = migration;
  const pass = passOf(migration);
  return {
    id: migration.id,
    method: migration.method,
    cause: migration.cause,
    vm: migration.vm,
    from: migration.from,
    to: migration.to,
    requestedNs: migration.requestedNs,
    phase: phase.name,
    round: phase.name === 'round' ? phase.number : 0,
    pagesToSend: pass === null ? 0 : pass.sent + (memory?.sendSetPages ?? 0),
    pagesSent: pass?.sent ?? 0,
    sendingPage: pass?.lastPage ?? -1,
    dirtiedPages: phase.name === 'round' ? (memory?.markedInRound ?? 0) : 0,
    bytesSent: bytesSentNow(migration, state.timeNs),
    pagesSentInAll: pagesSentNow(migration),
    sendingMBps: sendingMBps(state, migration),
    sentPages: memory?.sentPages ?? 0,
    stalePages: memory?.stalePages ?? 0,
    hotPages: memory?.hotPages ?? 0,
  };
}

/** Of the network, or of the storage, that carries the migration now. */
function sendingMBps({ settings }: ClusterState, { method, phase }: Migration): number {
  if (method === 'quick') return 'pass' in phase ? storageMBpsNow(phase.pass) : 0;
  return 'pass' in phase || phase.name === 'device-state' ? settings.migrationMBps : 0;
}
