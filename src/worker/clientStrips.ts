/** The last requests of each client group and whether they were answered: the strips above the nodes. */
import { at } from '../base/assert.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { Outage } from '../engine/cluster/clusterState.ts';
import { answeredAt, pingMicroseconds, requestNs } from '../engine/clients/connection.ts';
import type { ClientSpec } from '../engine/scenario.ts';
import type { Simulation } from '../engine/simulation.ts';
import { NO_ANSWER, STRIP_COUNT, STRIP_TICKS } from '../protocol/frameColumns.ts';

/** Fills `pings`: one row per group, the newest request at the right. Requests go back to before the run began. */
export function drawStrips(simulation: Simulation, vm: number, pings: Uint16Array): void {
  pings.fill(0);
  const { clients } = at(simulation.scenario.vms, vm);
  const { outages } = at(simulation.state.vms, vm);
  const { seed } = simulation.scenario;
  clients.slice(0, STRIP_COUNT).forEach((group, row) => {
    const newest = newestRequest(group, simulation.timeNs);
    for (let i = 0; i < STRIP_TICKS; i++) {
      const request = newest - (STRIP_TICKS - 1 - i);
      pings[row * STRIP_TICKS + i] = roundTrip(group, request, outages, seed + row);
    }
  });
}

/** Requests of a group are counted through all its clients: number r is request floor(r / count) of client r mod count. */
function newestRequest(group: ClientSpec, ns: Nanoseconds): number {
  const between = msToNs(group.requestEveryMs) / group.count;
  let request = Math.ceil(ns / between) + 1;
  while (momentOf(group, request) > ns) request--;
  return request;
}

function momentOf(group: ClientSpec, request: number): Nanoseconds {
  const k = Math.floor(request / group.count);
  return requestNs(group, request - k * group.count, k);
}

function roundTrip(
  group: ClientSpec,
  request: number,
  outages: readonly Outage[],
  seed: number,
): number {
  if (!answeredAt(outages, momentOf(group, request))) return NO_ANSWER;
  const k = Math.floor(request / group.count);
  return pingMicroseconds(seed, request - k * group.count, k);
}
