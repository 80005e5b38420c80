/**
 * What the values of a file have to do with each other: ids, references, writers inside their VM's memory, VMs
 * that fit into their node. Works on files with faults too, so that one look finds everything: a value
 * that is wrong by itself is undefined here.
 */
import { choicesText, pathText, quoted, type Problem } from './faultText.ts';
import { MOST_MEMORY_MIB } from './limits.ts';
import type { ScenarioFile } from './schema.ts';

/** A file in which any value may be missing. */
export type Draft<T> = T extends readonly (infer Entry)[]
  ? readonly (Draft<Entry> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

type File = Draft<ScenarioFile>;
type VmDraft = Draft<ScenarioFile['vms'][number]>;
type WriterDraft = Draft<ScenarioFile['vms'][number]['writers'][number]>;
type CommandDraft = Draft<ScenarioFile['commands'][number]>;
type Path = readonly (string | number)[];
/** Of each list of the file; undefined for a list that is none: then nobody can tell what is unknown. */
interface KnownIds {
  readonly nodes: readonly string[] | undefined;
  readonly volumes: readonly string[] | undefined;
  readonly vms: readonly string[] | undefined;
}
type List<T> = readonly (T | undefined)[];

export function crossProblems(file: File): Problem[] {
  const { nodes = [], volumes = [], vms = [], commands = [] } = file;
  const ids: KnownIds = {
    nodes: idsOf(file.nodes),
    volumes: idsOf(file.volumes),
    vms: idsOf(file.vms),
  };
  return [
    ...repeatedIds('nodes', nodes),
    ...repeatedIds('volumes', volumes),
    ...repeatedIds('vms', vms),
    ...volumes.flatMap((volume, place) =>
      unknownId(['volumes', place, 'owner'], volume?.owner, 'node', ids.nodes),
    ),
    ...vms.flatMap((vm, place) => [
      ...unknownId(['vms', place, 'node'], vm?.node, 'node', ids.nodes),
      ...unknownId(['vms', place, 'volume'], vm?.volume, 'volume', ids.volumes),
      ...possibleOwnersProblems(['vms', place], vm, ids.nodes),
      ...touchedProblems(['vms', place], vm),
      ...writersProblems(['vms', place, 'writers'], vm?.writers, vm),
    ]),
    ...roomProblems(file),
    ...totalProblems(vms),
    ...ownerProblems(file),
    ...commands.flatMap((command, place) =>
      commandProblems(['commands', place], command, ids, vms),
    ),
  ];
}

function idsOf(list: List<{ readonly id?: string | undefined }> | undefined): string[] | undefined {
  return list && [...new Set(list.flatMap((entry) => entry?.id ?? []))];
}

function repeatedIds(name: string, list: List<{ readonly id?: string | undefined }>): Problem[] {
  const firstPlace = new Map<string, number>();
  return list.flatMap((entry, place) => {
    if (entry?.id === undefined) return [];
    const first = firstPlace.get(entry.id);
    if (first === undefined) {
      firstPlace.set(entry.id, place);
      return [];
    }
    const message = `${quoted(entry.id)} is the id of ${name}[${first}] already, allowed: an id of its own`;
    return [problem([name, place, 'id'], message)];
  });
}

function unknownId(
  path: Path,
  id: string | undefined,
  what: string,
  ids: readonly string[] | undefined,
): Problem[] {
  if (id === undefined || ids === undefined || ids.includes(id)) return [];
  const choices = ids.length === 0 ? `none, there is no ${what}` : choicesText(ids);
  return [problem(path, `there is no ${what} ${quoted(id)}, allowed: ${choices}`)];
}

function touchedProblems(path: Path, vm: VmDraft | undefined): Problem[] {
  const { touchedMiB, memoryMiB } = vm ?? {};
  if (touchedMiB === undefined || memoryMiB === undefined || touchedMiB <= memoryMiB) return [];
  const message = `${touchedMiB} is more than the memory of the VM, allowed: 0 to ${memoryMiB}`;
  return [problem([...path, 'touchedMiB'], message)];
}

function writersProblems(
  path: Path,
  writers: List<WriterDraft> | undefined,
  vm: VmDraft | undefined,
): Problem[] {
  return (writers ?? []).flatMap((writer, place) =>
    writer === undefined
      ? []
      : [
          ...regionProblems([...path, place], writer, vm?.memoryMiB),
          ...periodProblems([...path, place], writer),
        ],
  );
}

function regionProblems(path: Path, writer: WriterDraft, memoryMiB: number | undefined): Problem[] {
  const { startMiB, sizeMiB } = writer;
  if (memoryMiB === undefined || startMiB === undefined) return [];
  const rest = memoryMiB - startMiB;
  if (rest < 1) {
    const message = `${startMiB} is behind the memory of the VM, allowed: 0 to ${memoryMiB - 1}`;
    return [problem([...path, 'startMiB'], message)];
  }
  if (sizeMiB !== undefined && sizeMiB > rest) {
    const message = `${sizeMiB} reaches behind the memory of the VM, allowed: 1 to ${rest}`;
    return [problem([...path, 'sizeMiB'], message)];
  }
  const size = sizeMiB ?? rest;
  if ('hotMiB' in writer && writer.hotMiB !== undefined && writer.hotMiB > size) {
    const message = `${writer.hotMiB} is more than the region, allowed: 1 to ${size}`;
    return [problem([...path, 'hotMiB'], message)];
  }
  return [];
}

function periodProblems(path: Path, { fromMs, toMs }: WriterDraft): Problem[] {
  const begin = fromMs ?? 0;
  if (toMs === undefined || begin < toMs) return [];
  return [problem([...path, 'toMs'], `${toMs} is not after fromMs, allowed: more than ${begin}`)];
}

/** VMs take their places in the order of the file; the first without room is named, and the next. */
function roomProblems({ nodes = [], vms = [] }: File): Problem[] {
  const free = new Map<string, number>();
  for (const node of nodes) {
    if (node?.id !== undefined && node.memoryMiB !== undefined) free.set(node.id, node.memoryMiB);
  }
  return vms.flatMap((vm, place) => {
    const left = vm?.node === undefined ? undefined : free.get(vm.node);
    if (vm?.node === undefined || vm.memoryMiB === undefined || left === undefined) return [];
    if (vm.memoryMiB <= left) {
      free.set(vm.node, left - vm.memoryMiB);
      return [];
    }
    const message = `${vm.memoryMiB} is more than ${quoted(vm.node)} has left, allowed: at most ${left}`;
    return [problem(['vms', place, 'memoryMiB'], message)];
  });
}

/** The first VM with which they are too much is named. */
function totalProblems(vms: List<VmDraft>): Problem[] {
  let total = 0;
  for (const [place, vm] of vms.entries()) {
    const left = MOST_MEMORY_MIB - total;
    total += vm?.memoryMiB ?? 0;
    if (total <= MOST_MEMORY_MIB) continue;
    const message = `${vm?.memoryMiB} is more than the VMs before it leave, allowed: at most ${left}, since all VMs together have at most ${MOST_MEMORY_MIB}`;
    return [problem(['vms', place, 'memoryMiB'], message)];
  }
  return [];
}

/** A cluster disk serves its owner alone, so its VMs run there. */
function ownerProblems({ nodes = [], volumes = [], vms = [] }: File): Problem[] {
  const known = new Set(nodes.map((node) => node?.id));
  return vms.flatMap((vm, place) => {
    const disk = volumes.find((volume) => volume?.id !== undefined && volume.id === vm?.volume);
    if (disk?.kind !== 'cluster-disk' || disk.owner === undefined || vm?.node === undefined)
      return [];
    if (vm.node === disk.owner || !known.has(vm.node) || !known.has(disk.owner)) return [];
    const message = `${quoted(vm.node)} does not own the cluster disk ${quoted(disk.id ?? '')}, allowed: ${quoted(disk.owner)}`;
    return [problem(['vms', place, 'node'], message)];
  });
}

/** Where a VM may run is a set of nodes, and it begins on one of them. */
function possibleOwnersProblems(
  path: Path,
  vm: VmDraft | undefined,
  nodeIds: readonly string[] | undefined,
): Problem[] {
  const owners = vm?.possibleOwners ?? [];
  const problems = owners.flatMap((owner, place) => {
    const first = owners.indexOf(owner);
    const ownerPath = [...path, 'possibleOwners', place];
    if (owner === undefined || first === place) return unknownId(ownerPath, owner, 'node', nodeIds);
    const message = `${quoted(owner)} is named in possibleOwners[${first}] already, allowed: each node once`;
    return [problem(ownerPath, message)];
  });
  const node = vm?.node;
  // Of a list with faults, or of a node that does not exist, nobody can tell.
  const isSound = problems.length === 0 && owners.every((owner) => owner !== undefined);
  if (owners.length === 0 || !isSound || node === undefined || nodeIds?.includes(node) !== true)
    return problems;
  if (owners.includes(node)) return [];
  const message = `${quoted(node)} is not one of the possible owners of the VM, allowed: ${choicesText(owners)}`;
  return [problem([...path, 'node'], message)];
}

function commandProblems(
  path: Path,
  command: CommandDraft | undefined,
  ids: KnownIds,
  vms: List<VmDraft>,
): Problem[] {
  if (command === undefined) return [];
  return [
    ...('vm' in command ? unknownId([...path, 'vm'], command.vm, 'VM', ids.vms) : []),
    ...('volume' in command
      ? unknownId([...path, 'volume'], command.volume, 'volume', ids.volumes)
      : []),
    ...('to' in command ? unknownId([...path, 'to'], command.to, 'node', ids.nodes) : []),
    ...('node' in command ? unknownId([...path, 'node'], command.node, 'node', ids.nodes) : []),
    ...('writers' in command
      ? writersProblems(
          [...path, 'writers'],
          command.writers,
          vms.find((vm) => vm?.id !== undefined && vm.id === command.vm),
        )
      : []),
    ...(command.do === 'set-live-migration' ? emptyChange(path, command) : []),
  ];
}

function emptyChange(path: Path, command: object): Problem[] {
  // A setting that is wrong by itself is still there, as undefined.
  const settings = Object.keys(command).filter((key) => key !== 'do' && key !== 'atMs');
  return settings.length > 0
    ? []
    : [problem(path, 'changes nothing, allowed: any of the keys of liveMigration, migrationMBps')];
}

function problem(path: Path, message: string): Problem {
  return { path: pathText(path), message };
}
