/**
 * Edits of a cluster before it runs, as pure functions: each gives another scenario that the file format accepts, or
 * says in one sentence why it cannot be done. What has one obvious consequence is done along with it. Here is
 * what all edits share; the edits themselves are in the files named after what they change.
 */
import { isolated } from '../base/isolated.ts';
import { at } from '../base/assert.ts';
import type { NodeSpec, Scenario, VmSpec, VolumeSpec } from '../engine/scenario.ts';
import { LONGEST_NAME, type NumberRange } from '../scenario/limits.ts';
import { isBlank } from '../scenario/names.ts';

export type EditResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly reason: string };

export type ClusterEdit = (scenario: Scenario) => EditResult;

/** Commands belong to a run of the old cluster and name its parts: an edited cluster has none. */
export function done(scenario: Scenario): EditResult {
  return { ok: true, scenario: { ...scenario, commands: [] } };
}

/** @param reason A sentence for people, with its full stop. */
export function refused(reason: string): EditResult {
  return { ok: false, reason };
}

interface Entry {
  readonly id: string;
  readonly name: string;
}

/** @throws InvariantError when there is none with this id. */
export function entryOf<T extends Entry>(list: readonly T[], id: string): T {
  return at(
    list,
    list.findIndex((entry) => entry.id === id),
  );
}

/** The list with another entry in the place of the one with the same id. */
export function replaced<T extends Entry>(list: readonly T[], entry: T): readonly T[] {
  return list.map((old) => (old.id === entry.id ? entry : old));
}

export function without<T extends Entry>(list: readonly T[], id: string): readonly T[] {
  return list.filter((entry) => entry.id !== id);
}

/** The first of "Node 1", "Node 2", … whose id and name are both free. */
export function freeEntry(
  list: readonly Entry[],
  entry: (number: number) => Entry,
): { readonly id: string; readonly name: string } {
  for (let number = 1; ; number++) {
    const { id, name } = entry(number);
    if (!list.some((other) => other.id === id || other.name === name)) return { id, name };
  }
}

/** Why an entry of the list cannot have this name, or null. Two with one name could not be told apart. */
export function nameFault(list: readonly Entry[], id: string, name: string): string | null {
  if (isBlank(name)) return 'A name has at least one character that can be seen.';
  if (name.length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} characters.`;
  const isTaken = list.some((other) => other.id !== id && other.name === name);
  return isTaken ? `Another one is called ${isolated(name)}.` : null;
}

export interface NumberRule extends NumberRange {
  readonly whole?: boolean;
  /** How a number of this sort is written. */
  readonly text: (value: number) => string;
}

/** Why a number is not allowed, or null. NaN stands for what is no number. */
export function numberFault(value: number, rule: NumberRule): string | null {
  const { min, max, text } = rule;
  const isWhole = rule.whole !== true || Number.isInteger(value);
  if (value >= min && value <= max && isWhole) return null;
  return `Allowed: ${rule.whole === true && !isWhole ? 'whole numbers, ' : ''}${text(min)} to ${text(max)}.`;
}

/** @returns `change` when there is no fault. */
export function unlessFault(fault: string | null, change: () => EditResult): EditResult {
  return fault === null ? change() : refused(fault);
}

export function vmsOfNode({ vms }: Scenario, node: string): readonly VmSpec[] {
  return vms.filter((vm) => vm.node === node);
}

export function vmsOfVolume({ vms }: Scenario, volume: string): readonly VmSpec[] {
  return vms.filter((vm) => vm.volume === volume);
}

export function memoryOf(vms: readonly VmSpec[]): number {
  return vms.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
}

/** Memory of a node that no VM has, in MiB. */
export function freeMiB(scenario: Scenario, node: NodeSpec): number {
  return node.memoryMiB - memoryOf(vmsOfNode(scenario, node.id));
}

/** The node with the most free memory; of equals the first. */
export function roomiestNode(scenario: Scenario, nodes: readonly NodeSpec[]): NodeSpec | undefined {
  return nodes.toSorted((a, b) => freeMiB(scenario, b) - freeMiB(scenario, a))[0];
}

export function isClusterDisk(volume: VolumeSpec): boolean {
  return volume.kind === 'cluster-disk';
}

const NAMES_TOLD = 4;

/** "web-01", "web-01 and db-01", "a, b, c and 5 more". */
export function namesText(entries: readonly Pick<Entry, 'name'>[]): string {
  const names = entries.map(({ name }) => isolated(name));
  if (names.length > NAMES_TOLD) {
    return `${names.slice(0, NAMES_TOLD - 1).join(', ')} and ${names.length - NAMES_TOLD + 1} more`;
  }
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
