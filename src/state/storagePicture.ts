/** What a lane of the storage screen shows at one moment: cards on nodes, tags, ways to the volumes, files on them. */
import { isolated } from '../base/isolated.ts';
import { at } from '../base/assert.ts';
import { memoryText } from '../base/numberText.ts';
import type { OutlineMoment } from '../protocol/outline.ts';
import type { PhaseRow } from '../protocol/runInfo.ts';
import { homeNode, nodeName, vmName, volumeName, volumeOfVm } from './names.ts';
import { moveOf } from './outlined.ts';
import { ASKED_VM, momentAt, type LaneRun, type ShownNs } from './storageLanes.ts';

export type CardState =
  | 'running'
  /** Its memory is being copied while it runs. */
  | 'copying'
  /** Memory reserved on the target. */
  | 'shell'
  | 'paused'
  | 'saving'
  | 'saved'
  | 'reading'
  /** It has left. */
  | 'gone';

export interface Card {
  readonly vm: number;
  readonly name: string;
  /** Line of the card in its node: the same on both ends of a move. */
  readonly row: number;
  readonly state: CardState;
  readonly note: string;
  /** It came from the node at the left: 'along' when nobody asked for it. */
  readonly came: 'asked' | 'along' | null;
}

export interface Tag {
  readonly kind: 'owner' | 'coordinator' | 'cut';
  readonly text: string;
}

export interface NodePicture {
  readonly node: number;
  readonly name: string;
  readonly tags: readonly Tag[];
  readonly cards: readonly Card[];
}

export function nodePictures(lane: LaneRun, shownNs: ShownNs): NodePicture[] {
  const { scenario } = lane.outline.run;
  return scenario.nodes.map((_, node) => ({
    node,
    name: nodeName(scenario, node),
    tags: tagsOf(lane, momentAt(lane, shownNs), node),
    cards: scenario.vms.flatMap((_, vm) => cardOf(lane, shownNs, node, vm)),
  }));
}

/** Of the volume that is talked about: the one with the VM that is asked for. */
function tagsOf(lane: LaneRun, { volumes }: OutlineMoment, node: number): Tag[] {
  const { scenario } = lane.outline.run;
  const index = volumeOfVm(scenario, ASKED_VM);
  const { kind, owner, paths } = at(volumes, index);
  const tags: Tag[] = [];
  if (owner === node && kind === 'csv') tags.push({ kind: 'coordinator', text: 'Coordinator' });
  if (owner === node && kind === 'cluster-disk') {
    tags.push({ kind: 'owner', text: `Owner of ${volumeName(scenario, index)}` });
  }
  if (paths[node] === false) tags.push({ kind: 'cut', text: 'SAN path down' });
  return tags;
}

/** The card of a VM on a node: where it is, where it was, and where room is kept for it. */
function cardOf(lane: LaneRun, shownNs: ShownNs, node: number, vm: number): Card[] {
  const { scenario } = lane.outline.run;
  const home = homeNode(scenario, vm);
  const { node: here } = at(momentAt(lane, shownNs).vms, vm);
  const { memoryMiB } = at(scenario.vms, vm);
  const name = vmName(scenario, vm);
  const row = scenario.vms
    .slice(0, vm)
    .filter((_, other) => homeNode(scenario, other) === home).length;
  const memory = memoryText(memoryMiB);
  const card = { vm, name, row };
  const isAsked = vm === ASKED_VM;
  if (node === here) {
    const came = here === home ? null : isAsked ? 'asked' : 'along';
    return [{ ...card, ...conditionOf(lane, shownNs, vm), came }];
  }
  if (node === home) {
    const note = `${memory}, ${isAsked ? 'moved' : 'had to move'}`;
    return [{ ...card, state: 'gone', note, came: null }];
  }
  const hasShell = moveOf(lane, vm)?.to === node && hasRoom(lane, shownNs, vm);
  return hasShell ? [{ ...card, state: 'shell', note: `${memory} reserved`, came: 'asked' }] : [];
}

/** From the end of set-up on a live migration keeps room on its target. */
function hasRoom(lane: LaneRun, shownNs: ShownNs, vm: number): boolean {
  const move = moveOf(lane, vm);
  if (move?.method !== 'live' || shownNs === null) return false;
  const rounds = move.phases.find(({ name }) => name === 'round');
  return rounds !== undefined && rounds.startNs <= shownNs;
}

/** The phase of a VM's move at the shown time, or null. */
export function phaseAt(lane: LaneRun, shownNs: ShownNs, vm: number): PhaseRow | null {
  if (shownNs === null) return null;
  const phases = moveOf(lane, vm)?.phases ?? [];
  const phase = phases.findLast(({ startNs }) => startNs <= shownNs);
  return phase === undefined || (phase.endNs ?? Infinity) <= shownNs ? null : phase;
}

function conditionOf(lane: LaneRun, shownNs: ShownNs, vm: number): Pick<Card, 'state' | 'note'> {
  const { scenario } = lane.outline.run;
  const { status } = at(momentAt(lane, shownNs).vms, vm);
  const phase = phaseAt(lane, shownNs, vm)?.name;
  switch (status) {
    case 'running':
      return runningCard(lane, shownNs, vm);
    case 'saved':
      return { state: 'saved', note: `saved on ${volumeName(scenario, volumeOfVm(scenario, vm))}` };
    case 'restoring':
      return { state: 'reading', note: 'paused, reading' };
    default:
      return phase === 'saving'
        ? { state: 'saving', note: vm === ASKED_VM ? 'paused, saving' : 'paused, saving too' }
        : { state: 'paused', note: 'paused, blackout' };
  }
}

function runningCard(lane: LaneRun, shownNs: ShownNs, vm: number): Pick<Card, 'state' | 'note'> {
  const { scenario } = lane.outline.run;
  const memory = memoryText(at(scenario.vms, vm).memoryMiB);
  const phase = phaseAt(lane, shownNs, vm)?.name;
  if (phase !== undefined && phase !== 'clean-up')
    return { state: 'copying', note: 'running, being copied' };
  const { vms } = momentAt(lane, shownNs);
  const stayed =
    vm !== ASKED_VM &&
    homeNode(scenario, vm) === homeNode(scenario, ASKED_VM) &&
    at(vms, vm).node !== at(vms, ASKED_VM).node;
  return { state: 'running', note: stayed ? `${memory}, stayed, running` : `${memory}, running` };
}

/** How a node reaches a volume. */
export interface Way {
  readonly node: number;
  readonly volume: number;
  readonly kind: 'direct' | 'dotted' | 'redirected';
  /** Of redirected I/O: the coordinator; else the node itself. */
  readonly through: number;
  readonly caption: string;
  /** A second, quieter line. */
  readonly because: string;
}

/** A cluster disk on its way from node to node. */
export interface DiskMove {
  readonly volume: number;
  readonly from: number;
  readonly to: number;
}

export function diskMoves(lane: LaneRun, shownNs: ShownNs): DiskMove[] {
  return momentAt(lane, shownNs).volumes.flatMap(({ owner, change }, volume) =>
    change === null || owner < 0 ? [] : [{ volume, from: owner, to: change.to }],
  );
}

export function waysOf(lane: LaneRun, shownNs: ShownNs): Way[] {
  const { volumes } = momentAt(lane, shownNs);
  const { nodes } = lane.outline.run.scenario;
  return volumes.flatMap(({ kind }, volume) =>
    nodes.flatMap((_, node) =>
      kind === 'csv' ? csvWay(lane, shownNs, volume, node) : diskWay(lane, shownNs, volume, node),
    ),
  );
}

function csvWay(lane: LaneRun, shownNs: ShownNs, volume: number, node: number): Way[] {
  const { access, owner } = at(momentAt(lane, shownNs).volumes, volume);
  const { scenario } = lane.outline.run;
  const way = { node, volume, because: '' };
  switch (access[node]) {
    case 'direct':
      return [{ ...way, kind: 'direct', through: node, caption: 'direct I/O' }];
    case 'redirected': {
      const caption = `redirected I/O through ${nodeName(scenario, owner).replaceAll(' ', '\u00a0')}`;
      return [{ ...way, kind: 'redirected', through: owner, caption }];
    }
    default:
      return [{ ...way, kind: 'dotted', through: node, caption: '' }];
  }
}

/** Of its owner, of the node it comes from and of the one it goes to. Only the asked VM's disk is talked about. */
function diskWay(lane: LaneRun, shownNs: ShownNs, volume: number, node: number): Way[] {
  const { scenario } = lane.outline.run;
  const { owner, change } = at(momentAt(lane, shownNs).volumes, volume);
  const home = at(lane.rest.volumes, volume).owner;
  const isTold = volume === volumeOfVm(scenario, ASKED_VM);
  const way = { node, volume, through: node, because: '' };
  if (owner === node && change === null) {
    const here = owner === home ? 'mounted here' : 'mounted here now';
    return [
      {
        ...way,
        kind: 'direct',
        caption: isTold ? here : '',
        because: isTold ? 'a LUN has one owner' : '',
      },
    ];
  }
  if (node === owner || node === home) return [{ ...way, kind: 'dotted', caption: 'dismounted' }];
  if (change?.to === node) return [{ ...way, kind: 'dotted', caption: 'not mounted yet' }];
  return [];
}

export interface VolumePicture {
  readonly volume: number;
  readonly name: string;
  /** Where every node finds it, of a CSV. */
  readonly path: string;
  readonly isMoving: boolean;
  readonly files: readonly {
    readonly vm: number;
    readonly name: string;
    readonly isAsked: boolean;
  }[];
  /** Nodes under which it stands, and how far down. */
  readonly firstNode: number;
  readonly lastNode: number;
  readonly row: number;
}

export function volumePictures(lane: LaneRun, shownNs: ShownNs): VolumePicture[] {
  const { scenario } = lane.outline.run;
  const { volumes } = momentAt(lane, shownNs);
  const pictures: VolumePicture[] = [];
  scenario.volumes.forEach(({ id, name, kind }, volume) => {
    const [firstNode, lastNode] = standsUnder(lane, volume);
    const above = pictures.filter(
      (each) => each.firstNode <= lastNode && each.lastNode >= firstNode,
    );
    pictures.push({
      volume,
      name,
      path: kind === 'csv' ? `C:\\ClusterStorage\\Volume${volume + 1}` : '',
      isMoving: at(volumes, volume).change !== null,
      files: scenario.vms.flatMap((vm, index) =>
        vm.volume === id
          ? [{ vm: index, name: `${isolated(vm.name)}.vhd`, isAsked: index === ASKED_VM }]
          : [],
      ),
      firstNode,
      lastNode,
      row: above.length,
    });
  });
  return pictures;
}

/** Every node reaches a CSV. A disk of the node that is left may move: it stands under both ends of the move. */
function standsUnder({ outline, rest }: LaneRun, volume: number): [number, number] {
  const { scenario } = outline.run;
  if (at(scenario.volumes, volume).kind === 'csv') return [0, scenario.nodes.length - 1];
  const { owner } = at(rest.volumes, volume);
  const from = homeNode(scenario, ASKED_VM);
  return owner === from ? [from, from + 1] : [owner, owner];
}
