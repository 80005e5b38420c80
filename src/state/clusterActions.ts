/** What can be done to a node, to a volume and to the whole cluster now: each with its command, or why not. */
import type { Operation } from '../engine/command.ts';
import { nodeName, volumeName } from './names.ts';
import type { RunState } from './runStore.ts';
import { nodeStateOf, volumeOf } from './selectors.ts';
import { asSentence, momentText } from './words.ts';

export interface ClusterAction {
  /** What it changes: "Power". */
  readonly about: string;
  /** How that stands: "up", "down since 12.0 s". */
  readonly state: string;
  /** What the button says: "Crash". */
  readonly text: string;
  /** With what it is done to: "Crash Node 1". */
  readonly label: string;
  /** Why it is not possible now, or null. */
  readonly why: string | null;
  readonly operation: Operation;
}

export function nodeActions(state: RunState, node: number): ClusterAction[] {
  const id = state.scenario.nodes[node]?.id ?? '';
  const name = nodeName(state.scenario, node);
  const { up, downSinceNs, paused, migrationNetwork, drainRefusal } = nodeStateOf(state, node);
  return [
    {
      about: 'Power',
      state: up ? 'on' : `down since ${momentText(downSinceNs ?? 0)}`,
      ...(up ? words('Crash', name) : words('Repair', name)),
      why: null,
      operation: { do: up ? 'crash-node' : 'repair-node', node: id },
    },
    {
      about: 'Maintenance',
      state: paused ? 'on' : 'off',
      ...(paused ? words('Resume', name) : words('Drain', name)),
      why: paused || drainRefusal === null ? null : asSentence(drainRefusal),
      operation: { do: paused ? 'resume-node' : 'drain-node', node: id },
    },
    storageAction(state, node),
    {
      about: 'Migration network',
      ...cable(migrationNetwork, `the migration network of ${name}`),
      why: null,
      operation: {
        do: migrationNetwork ? 'cut-migration-network' : 'repair-migration-network',
        node: id,
      },
    },
  ];
}

function storageAction(state: RunState, node: number): ClusterAction {
  const { nodes, volumes } = state.scenario;
  const whole = volumes.filter((_, volume) => hasPath(state, node, volume)).length;
  const isWhole = whole === volumes.length;
  const one = volumes.length === 1;
  return {
    about: one ? 'Storage path' : 'All storage paths',
    ...cable(
      isWhole,
      `${one ? 'the storage path' : 'all storage paths'} of ${nodeName(state.scenario, node)}`,
    ),
    ...(isWhole || whole === 0 ? {} : { state: `${whole} of ${volumes.length} whole` }),
    why: volumes.length === 0 ? 'There is no volume.' : null,
    operation: {
      do: isWhole ? 'cut-storage-path' : 'repair-storage-path',
      node: nodes[node]?.id ?? '',
    },
  };
}

/** Of one node to one volume, where there are several volumes. */
export function pathAction(state: RunState, node: number, volume: number): ClusterAction | null {
  const { nodes, volumes, ...scenario } = state.scenario;
  const spec = volumes[volume];
  if (spec === undefined || volumes.length < 2) return null;
  const name = nodeName({ ...scenario, nodes, volumes }, node);
  const isWhole = hasPath(state, node, volume);
  return {
    about: `Path of ${name}`,
    ...cable(isWhole, `the path of ${name} to ${spec.name}`),
    why: null,
    operation: {
      do: isWhole ? 'cut-storage-path' : 'repair-storage-path',
      node: nodes[node]?.id ?? '',
      volume: spec.id,
    },
  };
}

export function kindAction(state: RunState, volume: number): ClusterAction {
  const { kind, convertRefusal } = volumeOf(state, volume);
  const name = volumeName(state.scenario, volume);
  const isCsv = kind === 'csv';
  const text = isCsv ? 'Make it a cluster disk' : 'Make it a CSV';
  return {
    about: 'Kind',
    state: isCsv ? 'CSV' : 'cluster disk',
    text,
    label: `${text}: ${name}`,
    why: convertRefusal === null ? null : asSentence(convertRefusal),
    operation: {
      do: isCsv ? 'make-cluster-disk' : 'make-csv',
      volume: state.scenario.volumes[volume]?.id ?? '',
    },
  };
}

export function networkAction(state: RunState): ClusterAction {
  const { nodes } = state.scenario;
  const whole = nodes.filter((_, node) => nodeStateOf(state, node).migrationNetwork).length;
  const isWhole = whole === nodes.length;
  return {
    about: 'Migration network, all',
    ...cable(isWhole, 'the migration network of all nodes'),
    ...(isWhole || whole === 0 ? {} : { state: `${whole} of ${nodes.length} whole` }),
    why: null,
    operation: { do: isWhole ? 'cut-migration-network' : 'repair-migration-network' },
  };
}

function words(text: string, name: string): Pick<ClusterAction, 'text' | 'label'> {
  return { text, label: `${text} ${name}` };
}

function cable(isWhole: boolean, what: string): Pick<ClusterAction, 'state' | 'text' | 'label'> {
  return { state: isWhole ? 'whole' : 'cut', ...words(isWhole ? 'Cut' : 'Repair', what) };
}

function hasPath(state: RunState, node: number, volume: number): boolean {
  return volumeOf(state, volume).paths[node] !== false;
}

/** Why the volume cannot be given to any node, or null. */
export function whyNotGiven(state: RunState, volume: number): string | null {
  const { owner, moveRefusals } = volumeOf(state, volume);
  const others = moveRefusals.filter((_, node) => node !== owner);
  const [first = null] = others;
  return others.includes(null) || first === null ? null : asSentence(first);
}
