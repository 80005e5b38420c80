/** What holds at every moment of every run (promise 4 of the plan). */
import { at, invariant } from '../../src/base/assert.ts';
import { countBits } from '../../src/base/bits.ts';
import { usedMiB } from '../../src/engine/cluster/clusterState.ts';
import type { GuestMemory } from '../../src/engine/memory/guestMemory.ts';
import { passOf, type Migration, type PhaseName } from '../../src/engine/migration/migration.ts';
import type { Simulation } from '../../src/engine/simulation.ts';

const blackout: readonly PhaseName[] = ['stop-and-copy', 'device-state', 'storage', 'resuming'];
const copying: readonly PhaseName[] = ['round', ...blackout, 'clean-up'];

/** @throws InvariantError with the numbers when something does not hold. */
export function checkInvariants(simulation: Simulation): void {
  checkVms(simulation);
  checkNodes(simulation);
  checkVolumes(simulation);
  const memories = simulation.state.migrations.filter(({ phase }) => copying.includes(phase.name));
  const kept = [...simulation.memories.keys()].toSorted((a, b) => a - b);
  same(kept.join(), ids(memories), 'memories');
  for (const migration of memories) checkMemory(migration, simulation.memoryOf(migration));
}

/** CL1: a VM runs on one node, or is paused on one; it is moved at most once at a time. */
function checkVms({ scenario, state }: Simulation): void {
  state.vms.forEach((vm, index) => {
    const moves = state.migrations.filter((migration) => migration.vm === index);
    invariant(moves.length <= 1, `VM ${index} is moved ${moves.length} times at once`);
    const phase = moves[0]?.phase.name ?? 'queued';
    same(vm.running, !blackout.includes(phase), `VM ${index} runs in phase ${phase}`);
    same(vm.outages.at(-1)?.toNs === null, !vm.running, `open outage of VM ${index}`);
    invariant(scenario.nodes[vm.node] !== undefined, `VM ${index} is on node ${vm.node}`);
    const where = phase === 'clean-up' ? moves[0]?.to : moves[0]?.from;
    if (where !== undefined) same(vm.node, where, `node of VM ${index} in phase ${phase}`);
  });
}

/** CL2, CL3. */
function checkNodes({ scenario, state }: Simulation): void {
  scenario.nodes.forEach((node, index) => {
    const used = usedMiB(scenario, state, index);
    invariant(used <= node.memoryMiB, `${node.id} holds ${used} of ${node.memoryMiB} MiB`);
    const busy = state.migrations.filter(
      ({ phase, from, to }) => phase.name !== 'queued' && (from === index || to === index),
    );
    invariant(busy.length <= 1, `${node.id} takes part in migrations ${ids(busy)}`);
  });
}

/** CL4: a cluster disk is where its VM is, except while it is handed over; a CSV keeps its coordinator. */
function checkVolumes({ scenario, state }: Simulation): void {
  scenario.volumes.forEach((volume, index) => {
    const owner = at(state.volumeOwners, index);
    const first = scenario.nodes.findIndex(({ id }) => id === volume.owner);
    if (volume.kind === 'csv') return same(owner, first, `coordinator of ${volume.id}`);
    const vm = scenario.vms.findIndex((spec) => spec.volume === volume.id);
    const migration = state.migrations.find((candidate) => candidate.vm === vm);
    const handedOver = migration?.phase.name === 'resuming';
    const node = handedOver ? migration?.to : state.vms[vm]?.node;
    if (node !== undefined) same(owner, node, `owner of ${volume.id}`);
  });
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
