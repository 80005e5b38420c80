/** What holds at every moment of every run. */
import { at, invariant } from '../../src/base/assert.ts';
import { countBits } from '../../src/base/bits.ts';
import { isMember, usedMiB } from '../../src/engine/cluster/clusterState.ts';
import { quorumOf } from '../../src/engine/cluster/quorum.ts';
import {
  holdsMemory,
  isRunning,
  type VmState,
  type VmStatusName,
} from '../../src/engine/cluster/vmState.ts';
import type { VolumeKind } from '../../src/engine/scenario.ts';
import type { GuestMemory } from '../../src/engine/memory/guestMemory.ts';
import { passOf, type Migration, type PhaseName } from '../../src/engine/migration/migration.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { accessOf, reaches } from '../../src/engine/storage/access.ts';

/** Status of the VM in each phase of its migration. */
const statusIn: Readonly<Record<PhaseName, VmStatusName>> = {
  queued: 'running',
  connecting: 'running',
  'creating-shell': 'running',
  round: 'running',
  'stop-and-copy': 'paused',
  'device-state': 'paused',
  storage: 'paused',
  resuming: 'paused',
  'clean-up': 'running',
  saving: 'paused',
  saved: 'saved',
  'disk-move': 'saved',
  restoring: 'restoring',
};

const withoutMemory: ReadonlySet<PhaseName> = new Set(['queued', 'connecting', 'creating-shell']);
const atTarget: ReadonlySet<PhaseName> = new Set(['clean-up', 'restoring']);

/** @throws InvariantError with the numbers when something does not hold. */
export function checkInvariants(simulation: Simulation): void {
  checkVms(simulation);
  checkNodes(simulation);
  checkVolumes(simulation);
  checkQuorum(simulation);
  const memories = simulation.state.migrations.filter(
    ({ phase }) => !withoutMemory.has(phase.name),
  );
  const kept = [...simulation.memories.keys()].toSorted((a, b) => a - b);
  same(kept.join(), ids(memories), 'memories');
  for (const migration of memories) checkMemory(migration, simulation.memoryOf(migration));
}

/** CL1: a VM has its memory on one node that is up, or nowhere; it is moved at most once at a time. */
function checkVms(simulation: Simulation): void {
  const { scenario, state } = simulation;
  state.vms.forEach((vm, index) => {
    const [move, ...others] = state.migrations.filter((migration) => migration.vm === index);
    same(others.length, 0, `further migrations of VM ${index}`);
    invariant(scenario.nodes[vm.node] !== undefined, `VM ${index} is on node ${vm.node}`);
    if (holdsMemory(vm)) same(at(state.nodes, vm.node).up, true, `node of VM ${index} is up`);
    same(vm.outages.at(-1)?.toNs === null, !isRunning(vm), `open outage of VM ${index}`);
    if (move !== undefined) checkMove(vm, move);
    checkDisk(simulation, index, vm);
  });
}

function checkMove(vm: VmState, { phase, from, to, id }: Migration): void {
  // Its source stopped when all was across. Rule LM16.
  const goesOn = vm.node === to && (phase.name === 'storage' || phase.name === 'resuming');
  const waits = goesOn && phase.name === 'storage';
  const status = waits ? 'waiting-for-disk' : statusIn[phase.name];
  same(vm.status.name, status, `status in phase ${phase.name} of migration ${id}`);
  same(
    vm.node,
    goesOn || atTarget.has(phase.name) ? to : from,
    `node in phase ${phase.name} of ${id}`,
  );
}

/** ST1, ST4, ST5: a VM runs only where its disk is reached, and is marked as long as that is not directly. */
function checkDisk(simulation: Simulation, index: number, vm: VmState): void {
  const { state } = simulation;
  const volume = simulation.volumeOf(index);
  const access = accessOf(state, vm.node, volume);
  const { kind, owner } = at(state.volumes, volume);
  if (isRunning(vm)) invariant(access !== 'none', `VM ${index} runs without its disk`);
  if (isRunning(vm) && kind === 'cluster-disk') same(owner, vm.node, `owner for VM ${index}`);
  const marked = (name: 'stalled' | 'redirected'): boolean => isRunning(vm) && access === name;
  same(vm.stalls.at(-1)?.toNs === null, marked('stalled'), `open stall of VM ${index}`);
  same(vm.redirected.at(-1)?.toNs === null, marked('redirected'), `redirection of VM ${index}`);
}

/** CL2, CL3. */
function checkNodes({ scenario, state }: Simulation): void {
  scenario.nodes.forEach((node, index) => {
    const used = usedMiB(scenario, state, index);
    invariant(used <= node.memoryMiB, `${node.id} holds ${used} of ${node.memoryMiB} MiB`);
    const busy = state.migrations.filter(
      ({ method, phase, from, to }) =>
        method === 'live' && phase.name !== 'queued' && (from === index || to === index),
    );
    invariant(busy.length <= 1, `${node.id} takes part in migrations ${ids(busy)}`);
    const own = at(state.nodes, index);
    same(own.downSinceNs === null, own.up, `${node.id} is down since`);
    same(own.failure !== null, !own.up && own.member, `${node.id} has a crash to deal with`);
  });
}

/** CL4: at most one owner; one coordinator that is up, wherever there can be one. */
function checkVolumes({ scenario, state }: Simulation): void {
  state.volumes.forEach(({ kind, owner, change }, index) => {
    const { id } = at(scenario.volumes, index);
    invariant(owner >= -1 && owner < scenario.nodes.length, `owner ${owner} of ${id}`);
    const someUp = state.nodes.some((_, node) => isMember(state, node));
    if (change !== null) {
      invariant(isMember(state, change.to), `${id} goes to node ${change.to}, which is down`);
      if (change.endNs === Infinity) checkOpenChange(state, kind, index, scenario);
      if (kind === 'cluster-disk') same(reaches(state, change.to, index), true, `path to ${id}`);
    }
    if (kind !== 'csv' || !state.quorum || !someUp) return;
    invariant(owner >= 0 && isMember(state, owner), `coordinator ${owner} of ${id} is not up`);
  });
}

/** Something must be there that will end it: a crash that is not settled, or a live migration's hand-over. */
function checkOpenChange(
  { nodes, migrations }: Simulation['state'],
  kind: VolumeKind,
  volume: number,
  { vms, volumes }: Simulation['scenario'],
): void {
  const { id } = at(volumes, volume);
  const handsOver = migrations.some(
    ({ phase, vm }) => phase.name === 'storage' && at(vms, vm).volume === id,
  );
  const isCrashing = nodes.some(({ failure }) => failure !== null);
  invariant(kind === 'csv' ? isCrashing : handsOver, `nothing ends the move of ${id}`);
}

/** FO7: without a majority nothing is owned and nothing runs. */
function checkQuorum({ scenario, state }: Simulation): void {
  same(state.quorum, quorumOf(scenario, state).has, 'quorum');
  if (state.quorum) return;
  same(state.volumes.filter(({ owner }) => owner >= 0).length, 0, 'volumes owned without quorum');
  same(state.vms.filter(holdsMemory).length, 0, 'VMs with memory without quorum');
  same(state.migrations.length, 0, 'migrations without quorum');
}

/** Counts equal bits; what is neither marked nor to be sent is the same on both sides. */
function checkMemory(migration: Migration, memory: GuestMemory): void {
  const { dirtyBitmap, sendSet, sentOnce, sentTwice, sentThrice, versions } = memory;
  const name = `memory of migration ${migration.id}`;
  same(memory.dirtyPages, countBits(dirtyBitmap), `dirty pages, ${name}`);
  same(memory.sendSetPages, countBits(sendSet), `send set, ${name}`);
  const clears = migration.phase.name === 'round' && migration.phase.tracking === 'clear-on-send';
  for (let word = 0; word < memory.wordCount; word++) {
    const once = sentOnce[word]!;
    const twice = sentTwice[word]!;
    if ((twice & ~once) !== 0 || (sentThrice[word]! & ~twice) !== 0) {
      throw new Error(`times sent do not fit in word ${word} of ${name}`);
    }
    if (clears && (sendSet[word]! & ~dirtyBitmap[word]!) !== 0) {
      throw new Error(`unmarked page in the send set in word ${word} of ${name}`);
    }
    const same = ~(sendSet[word]! | dirtyBitmap[word]!);
    if ((same & ~once) !== 0) throw new Error(`lost page in word ${word} of ${name}`);
    if (versions === null) continue;
    for (let page = word * 32; page < word * 32 + 32; page++) {
      const differs = versions.source[page] !== versions.destination[page];
      if (differs && ((same >>> (page & 31)) & 1) === 1) {
        throw new Error(`page ${page} differs and nothing says so, ${name}`);
      }
    }
  }
  const pass = passOf(migration);
  if (pass !== null) invariant(pass.sent <= pass.pages, `${pass.sent} of ${pass.pages}, ${name}`);
}

function same(actual: unknown, expected: unknown, what: string): void {
  invariant(
    actual === expected,
    `${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`,
  );
}

function ids(migrations: readonly Migration[]): string {
  return migrations.map(({ id }) => id).join();
}
