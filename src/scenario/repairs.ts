/**
 * What earlier releases took and this one refuses opens repaired: from links, which cannot tell how old they are, from saved
 * files, and from what the browser has kept. It works before the schema looks, on values that may be anything.
 */
import { memoryText, withThousands } from '../base/numberText.ts';
import { MOST_MEMORY_MIB, ranges } from './limits.ts';
import { isBlank } from './names.ts';

export interface Repaired {
  readonly value: unknown;
  /** What was changed, in one sentence for people; null when nothing was. */
  readonly repair: string | null;
}

type Entry = Readonly<Record<string, unknown>>;

/** @param value  A scenario as a file may hold it. */
export function repaired(value: unknown): Repaired {
  if (!isEntry(value)) return { value, repair: null };
  const blankNames = { count: 0 };
  const named = withoutBlankNames(value, blankNames);
  const most = memoryShare(named);
  const changes = [...namesChange(blankNames.count), ...memoryChange(most)];
  return {
    value: most === null ? named : withMemory(named, most),
    repair: changes.length === 0 ? null : sentenceOf(changes),
  };
}

function sentenceOf(changes: readonly string[]): string {
  const text = changes.join(', and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function namesChange(count: number): string[] {
  if (count === 0) return [];
  const names = count === 1 ? '1 blank name was' : `${withThousands(count)} blank names were`;
  return [`${names} replaced`];
}

function memoryChange(most: number | null): string[] {
  if (most === null) return [];
  const all = memoryText(MOST_MEMORY_MIB);
  return [
    `no VM has more than ${memoryText(most)} now, because all VMs together have at most ${all}`,
  ];
}

/** A blank title or name is as if it were absent: then there is a default. */
function withoutBlankNames(file: Entry, blankNames: { count: number }): Entry {
  const without = (entry: Entry, key: string): Entry => {
    if (!isBlankText(entry[key])) return entry;
    blankNames.count++;
    return { ...entry, [key]: undefined };
  };
  const named = (list: unknown): unknown => eachEntry(list, (entry) => without(entry, 'name'));
  const { nodes, volumes, vms } = file;
  const lists = { nodes: named(nodes), volumes: named(volumes), vms: named(vms) };
  return without({ ...file, ...lists }, 'title');
}

/** An empty one was always refused. */
export function isBlankText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isBlank(value);
}

/** The most that a VM may have so that all fit into what they may have together; null where they do. */
function memoryShare({ vms }: Entry): number | null {
  if (!Array.isArray(vms)) return null;
  const sizes = vms.map((vm: unknown) => (isEntry(vm) ? memoryOf(vm) : 0));
  const sumUpTo = (most: number): number =>
    sizes.reduce((sum, mib) => sum + Math.min(mib, most), 0);
  let most = ranges.vmMemoryMiB.max;
  if (sumUpTo(most) <= MOST_MEMORY_MIB) return null;
  while (most > ranges.vmMemoryMiB.min && sumUpTo(most) > MOST_MEMORY_MIB) most /= 2;
  return most;
}

/** What is wrong with it is told by the schema. */
function memoryOf({ memoryMiB }: Entry): number {
  return typeof memoryMiB === 'number' && memoryMiB <= ranges.vmMemoryMiB.max ? memoryMiB : 0;
}

/** No VM is larger than `most`, and its writers lie inside its memory, also those that a command sets. */
function withMemory(file: Entry, most: number): Entry {
  const smaller = new Set<unknown>();
  const vms = eachEntry(file['vms'], (vm, place) => {
    if (memoryOf(vm) <= most) return vm;
    smaller.add(vm['id'] ?? `vm${place + 1}`);
    const touchedMiB = cut(vm['touchedMiB'], most);
    return { ...vm, memoryMiB: most, touchedMiB, writers: fittedWriters(vm['writers'], most) };
  });
  const commands = eachEntry(file['commands'], (command) =>
    smaller.has(command['vm']) && command['writers'] !== undefined
      ? { ...command, writers: fittedWriters(command['writers'], most) }
      : command,
  );
  return { ...file, vms, commands };
}

/** What is too large is cut, what lies outside moves to the start. */
function fittedWriters(writers: unknown, memoryMiB: number): unknown {
  return eachEntry(writers, (writer) => {
    const { startMiB } = writer;
    const start = typeof startMiB === 'number' && startMiB < memoryMiB ? startMiB : 0;
    const sizeMiB = cut(writer['sizeMiB'], memoryMiB - start);
    const size = typeof sizeMiB === 'number' ? sizeMiB : memoryMiB - start;
    const fitted = { ...writer, startMiB: start, sizeMiB };
    return 'hotMiB' in writer ? { ...fitted, hotMiB: cut(writer['hotMiB'], size) } : fitted;
  });
}

function cut(value: unknown, most: number): unknown {
  return typeof value === 'number' ? Math.min(value, most) : value;
}

function eachEntry(list: unknown, change: (entry: Entry, place: number) => Entry): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, place) => (isEntry(entry) ? change(entry, place) : entry));
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
