/** What holds when a cluster has come to rest: nothing is forgotten that could still be done, and what cannot be done is named. */
import { at, invariant } from '../../src/base/assert.ts';
import { isBusy, isMember, migrationOf, vmsOn } from '../../src/engine/cluster/clusterState.ts';
import { choosePlace, obstacleOf, roomProblem } from '../../src/engine/cluster/placement.ts';
import { holdsMemory, isRunning } from '../../src/engine/cluster/vmState.ts';
import type { Operation } from '../../src/engine/command.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { reaches } from '../../src/engine/storage/access.ts';

/** FO4, FO5, FO9, LM15, DR1, DR2. @param cancelled  Whether a drained VM may have been told to stay. */
export function checkAtRest(simulation: Simulation, cancelled: boolean): void {
  const { state } = simulation;
  invariant(simulation.isQuiet, 'the cluster is at rest');
  for (const { id, phase, from, to } of state.migrations) {
    if (phase.name !== 'queued') continue;
    invariant(isBusy(state, from) || isBusy(state, to), `migration ${id} waits for nothing`);
  }
  if (!state.quorum) return;
  state.vms.forEach((_, vm) => checkVm(simulation, vm));
  state.volumes.forEach((_, volume) => checkOwner(simulation, volume));
  state.nodes.forEach(({ up, paused, leaving, returning }, node) => {
    const forgotten = returning.filter((vm) => isRunning(at(state.vms, vm)));
    if (up) invariant(forgotten.length === 0, `node ${node} waits for ${forgotten.join()}`);
    for (const vm of leaving ?? []) {
      invariant(at(state.vms, vm).blocked !== null, `VM ${vm} stays on node ${node} for a reason`);
    }
    const held = state.vms.some((vm) => vm.node === node && holdsMemory(vm));
    if (paused && leaving === null && !cancelled) invariant(!held, `drained node ${node} is empty`);
  });
}

/** It runs, or no node can take it and the reason is told. A disk with other VMs running on it cannot leave its owner. */
function checkVm(simulation: Simulation, vm: number): void {
  const { scenario, state } = simulation;
  const own = at(state.vms, vm);
  if (isRunning(own)) return;
  const volume = simulation.volumeOf(vm);
  const { kind, owner } = at(state.volumes, volume);
  const text = `VM ${vm} is ${own.status.name}`;
  // Its memory is kept as long as the disk may come back. Rule LM15.
  if (own.status.name === 'waiting-for-disk' && owner < 0) return;
  invariant(!holdsMemory(own) && migrationOf(state, vm) === null, `${text} for ever`);
  invariant(own.blocked !== null, `${text} without a reason`);
  if (owner < 0) return;
  const tied =
    kind === 'cluster-disk' &&
    vmsOn(scenario, volume).some((other) => holdsMemory(at(state.vms, other)));
  const place = tied ? placeAt(simulation, vm, owner) : choosePlace(simulation, [vm], 'start').node;
  invariant(place === null, `${text} though node ${place} can take it`);
}

function placeAt(simulation: Simulation, vm: number, node: number): number | null {
  const problem = obstacleOf(simulation, [vm], node) ?? roomProblem(simulation, [vm], node);
  return problem === null ? node : null;
}

/** A volume has an owner, or no node could be one for any of its VMs. */
function checkOwner(simulation: Simulation, volume: number): void {
  const { scenario, state } = simulation;
  const { owner, change } = at(state.volumes, volume);
  invariant(change === null, `volume ${volume} has come to rest`);
  if (owner >= 0) return invariant(isMember(state, owner), `the owner of ${volume} is a member`);
  const vms = vmsOn(scenario, volume);
  scenario.nodes.forEach(({ id }, node) => {
    const mayOwn =
      vms.length === 0 ||
      vms.some((vm) => at(scenario.vms, vm).possibleOwners?.includes(id) !== false);
    const able = isMember(state, node) && reaches(state, node, volume) && mayOwn;
    invariant(!able || at(state.nodes, node).paused, `node ${node} can own volume ${volume}`);
  });
}

/** Commands that put everything back in order. */
export function mendAll({ scenario, state }: Simulation): Operation[] {
  const network = state.nodes.some(({ migrationNetwork }) => !migrationNetwork);
  return [
    ...state.nodes.flatMap((own, index): Operation[] => {
      const node = at(scenario.nodes, index).id;
      const cut = own.storagePaths.includes(false) || !own.witnessPath;
      return [
        ...(own.up ? [] : [{ do: 'repair-node', node } as const]),
        ...(own.paused ? [{ do: 'resume-node', node } as const] : []),
        ...(cut ? [{ do: 'repair-storage-path', node } as const] : []),
      ];
    }),
    ...(network ? [{ do: 'repair-migration-network' } as const] : []),
  ];
}
