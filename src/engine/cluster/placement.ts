/**
 * Which node can take VMs, and which of them does. The reasons are said in words, because a person asks for them.
 * Rules RG2, RG3.
 */
import { at } from '../../base/assert.ts';
import { listText } from '../../base/listText.ts';
import { megabytesText, memoryText } from '../../base/numberText.ts';
import { reaches } from '../storage/access.ts';
import type { World } from '../world.ts';
import { freeMiB, isMember, usedMiB } from './clusterState.ts';
import { holdsMemory } from './vmState.ts';

/** Why `node` cannot take `vms` besides room, or null. They lie on one volume, or it is one VM. */
export function obstacleOf(world: World, vms: readonly number[], node: number): string | null {
  const { state } = world;
  const name = world.nodeName(node);
  if (!isMember(state, node)) return `${name} is down`;
  if (at(state.nodes, node).paused) return `${name} is paused for maintenance`;
  const stranger = strangerProblem(world, vms, node);
  if (stranger !== null) return stranger;
  const cutOff = vms.map((vm) => world.volumeOf(vm)).find((volume) => !canUse(world, node, volume));
  return cutOff === undefined ? null : `${name} has no path to ${world.volumeName(cutOff)}`;
}

/** Why the node can never take one of the VMs, or null. */
export function strangerProblem(world: World, vms: readonly number[], node: number): string | null {
  const stranger = vms.find((vm) => !mayHost(world, vm, node));
  if (stranger === undefined) return null;
  return `${world.nodeName(node)} is not a possible owner of ${world.vmName(stranger)}`;
}

function mayHost({ scenario }: World, vm: number, node: number): boolean {
  const { possibleOwners } = at(scenario.vms, vm);
  return possibleOwners === null || possibleOwners.includes(at(scenario.nodes, node).id);
}

/** A cluster disk needs a path of one's own; a CSV can be reached through its coordinator. */
function canUse({ state }: World, node: number, volume: number): boolean {
  if (reaches(state, node, volume)) return true;
  const { kind, owner } = at(state.volumes, volume);
  return kind === 'csv' && owner >= 0 && isMember(state, owner) && reaches(state, owner, volume);
}

/** What `vms` need together, and what `node` has: null when that is enough. */
export function roomProblem(
  world: World,
  vms: readonly number[],
  node: number,
  free = freeMiB(world.scenario, world.state, node),
): string | null {
  const needed = memoryOf(world, vms);
  if (free >= needed) return null;
  const who = listText(vms.map((vm) => world.vmName(vm)));
  const need = vms.length === 1 ? 'needs' : 'need';
  const promised = free < freeMiB(world.scenario, world.state, node);
  const left = Math.max(0, free);
  // "4 GB" and "4 GB" would explain nothing.
  const text = memoryText(needed) === memoryText(left) ? megabytesText : memoryText;
  const room = `${text(left)} ${promised ? 'left after the moves under way' : 'free'}`;
  return `${who} ${need} ${text(needed)}, ${world.nodeName(node)} has ${room}`;
}

export interface Placement {
  /** null: no node can take them. */
  readonly node: number | null;
  /** Why this node, or why none. */
  readonly reason: string;
}

/** Why memory cannot go from one node to the other over the migration network, or null. */
export function networkProblem(world: World, from: number, to: number): string | null {
  const cut = [from, to].find((node) => !at(world.state.nodes, node).migrationNetwork);
  return cut === undefined ? null : `the migration network of ${world.nodeName(cut)} is cut`;
}

export type PlaceFor =
  /** VMs that do not run. */
  | 'start'
  /** Running VMs that leave their node, in this way; those that wait to be moved count as moved. */
  | 'live'
  | 'quick';

/**
 * The node for VMs that go together: the one they were on, if it can take them again, else one with a path of its own to
 * their volume, of these the one with the most free memory, of several the first. Rule RG2.
 */
export function choosePlace(world: World, vms: readonly number[], what: PlaceFor): Placement {
  const home = at(world.state.vms, at(vms, 0)).node;
  const leaving = what !== 'start';
  const volume = world.volumeOf(at(vms, 0));
  const reasons = new Set<string>();
  const candidates: Candidate[] = [];
  for (let node = 0; node < world.scenario.nodes.length; node++) {
    if (leaving && node === home) continue;
    const free = promisedFreeMiB(world, node, leaving);
    const problem =
      obstacleOf(world, vms, node) ??
      (what === 'live' ? networkProblem(world, home, node) : null) ??
      roomProblem(world, vms, node, free);
    if (problem !== null) reasons.add(problem);
    else if (node === home) return { node, reason: `${world.nodeName(node)} had it before` };
    else candidates.push({ node, free, direct: reaches(world.state, node, volume) });
  }
  const [best] = candidates.toSorted(byMerit);
  if (best !== undefined) return { node: best.node, reason: meritText(world, best, candidates) };
  return {
    node: null,
    reason: reasons.size === 0 ? 'there is no other node' : [...reasons].join('; '),
  };
}

interface Candidate {
  readonly node: number;
  readonly free: number;
  /** Whether it has a path of its own to the volume. */
  readonly direct: boolean;
}

/** The best first; sorting is stable, so of equals the first node. */
function byMerit(one: Candidate, other: Candidate): number {
  return Number(other.direct) - Number(one.direct) || other.free - one.free;
}

function meritText(world: World, { node, free }: Candidate, all: readonly Candidate[]): string {
  const name = world.nodeName(node);
  if (all.length === 1)
    return `no other node can take it, and ${name} has ${memoryText(free)} free`;
  if (all.some((other) => other.free > free)) {
    return `${name} has a path of its own to the volume, and ${memoryText(free)} free`;
  }
  return all.filter((other) => other.free === free).length === 1
    ? `${name} has the most memory free, ${memoryText(free)}`
    : `no node has more memory free than ${name}, ${memoryText(free)}`;
}

/** Free memory without what is on its way: VMs of volumes that are being taken over, and moves that wait. */
function promisedFreeMiB(world: World, node: number, withQueue: boolean): number {
  const { scenario, state } = world;
  let free = freeMiB(scenario, state, node);
  state.vms.forEach((vm, index) => {
    const { kind, change } = at(state.volumes, world.volumeOf(index));
    if (kind === 'cluster-disk' && change?.to === node && !holdsMemory(vm))
      free -= at(scenario.vms, index).memoryMiB;
  });
  if (!withQueue) return free;
  for (const { phase, vm, to } of state.migrations) {
    if (phase.name === 'queued' && to === node) free -= at(scenario.vms, vm).memoryMiB;
  }
  return free;
}

export function memoryOf({ scenario }: World, vms: readonly number[]): number {
  return vms.reduce((sum, vm) => sum + at(scenario.vms, vm).memoryMiB, 0);
}

/** The node for a cluster disk that nobody owns: where its VMs can run, else where most memory is free. Rule RG3. */
export function chooseOwner(world: World, volume: number, vms: readonly number[]): number | null {
  const { state, scenario } = world;
  // A paused guest keeps its memory only where it is.
  const waiting = vms.find((vm) => at(state.vms, vm).status.name === 'waiting-for-disk');
  const kept = waiting === undefined ? -1 : at(state.vms, waiting).node;
  if (kept >= 0 && isMember(state, kept) && reaches(state, kept, volume)) return kept;
  if (vms.length > 0) {
    const { node } = choosePlace(world, vms, 'start');
    if (node !== null) return node;
  }
  const able = scenario.nodes
    .map((_, node) => node)
    .filter(
      (node) =>
        isMember(state, node) &&
        reaches(state, node, volume) &&
        !at(state.nodes, node).paused &&
        (vms.length === 0 || vms.some((vm) => mayHost(world, vm, node))),
    );
  return firstWithMost(
    able,
    (node) => at(scenario.nodes, node).memoryMiB - usedMiB(scenario, state, node),
  );
}

export function firstWithMost(
  nodes: readonly number[],
  value: (node: number) => number,
): number | null {
  let best: number | null = null;
  for (const node of nodes) if (best === null || value(node) > value(best)) best = node;
  return best;
}
