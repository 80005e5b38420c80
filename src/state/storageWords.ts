/** The words of the storage screen, all computed from the runs: what happens in a lane now, and what it came to. */
import { at } from '../base/assert.ts';
import { memoryText, rounded, secondsText } from '../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';
import { listText } from '../base/listText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from './names.ts';
import { moveOf, outageNs, refusalOf, toldAt } from './outlined.ts';
import { sentenceAt } from './sentence.ts';
import {
  ASKED_VM,
  laneEndNs,
  momentAt,
  neighbours,
  type LaneId,
  type LaneRun,
  type MoveMethod,
  type ShownNs,
} from './storageLanes.ts';
import { phaseAt } from './storagePicture.ts';
import { eventSentence } from './told.ts';

export const laneTitles: Readonly<Record<LaneId, string>> = {
  own: 'One LUN per VM',
  both: 'One LUN for both',
  csv: 'CSV',
};

/** What such storage and such a move need at least. Source: facts A1, C1, C2. */
export function laneProduct(id: LaneId, method: MoveMethod): string {
  return id === 'csv' || method === 'live' ? 'Windows Server 2008 R2' : 'Windows Server 2008';
}

function methodName(method: MoveMethod): string {
  return method === 'quick' ? 'Quick Migration' : 'Live Migration';
}

export function askedName({ outline }: LaneRun): string {
  return vmName(outline.run.scenario, ASKED_VM);
}

/** The line below the title. */
export function whenText(method: MoveMethod, shownNs: ShownNs): string {
  const same = `The same ${methodName(method)} on the same cluster`;
  const when =
    shownNs === null ? ', before you press Move' : `, ${secondsOf(shownNs)} after you pressed Move`;
  return `${same}${when}. Only the storage differs.`;
}

/** Whole seconds where nothing is lost by it. */
function secondsOf(ns: Nanoseconds): string {
  const seconds = ns / NS_PER_S;
  return Number.isInteger(seconds) ? `${seconds}\u00a0s` : secondsText(seconds);
}

/** What happens in a lane now. It changes with the phases of its moves. */
export function laneSentence(lane: LaneRun, shownNs: ShownNs): string {
  if (shownNs === null) return restSentence(lane);
  const refusal = refusalOf(lane);
  if (refusal !== null) return eventSentence(refusal);
  const move = moveOf(lane, ASKED_VM);
  if (move === null) return restSentence(lane);
  return move.method === 'quick' ? quickSentence(lane, shownNs) : liveSentence(lane, shownNs);
}

/** Why the move that was asked for did not begin: nothing for other VMs, and null when it began. */
export function refusalText(lane: LaneRun, vm: number): string | null {
  const refusal = vm === ASKED_VM ? refusalOf(lane) : null;
  return refusal === null ? null : eventSentence(refusal);
}

function restSentence(lane: LaneRun): string {
  const { scenario } = lane.outline.run;
  const volume = volumeOfVm(scenario, ASKED_VM);
  const { kind, owner } = at(lane.rest.volumes, volume);
  const names = vmsOnVolume(lane, volume);
  if (kind === 'csv') return 'Every node reaches the one volume. Each VM runs on one node.';
  const node = nodeName(scenario, owner);
  return names.length === 1
    ? `${names.join()} has ${volumeName(scenario, volume)} for itself. ${node} owns it.`
    : `${listText(names)} share ${volumeName(scenario, volume)}. ${node} owns it.`;
}

function vmsOnVolume({ outline }: LaneRun, volume: number): string[] {
  const { scenario } = outline.run;
  return scenario.vms.flatMap((_, vm) =>
    volumeOfVm(scenario, vm) === volume ? [vmName(scenario, vm)] : [],
  );
}

/** Names of the VMs that are moved and in one of these states now. */
function movingIn(lane: LaneRun, shownNs: ShownNs, statuses: readonly string[]): string[] {
  const { scenario } = lane.outline.run;
  const { vms } = momentAt(lane, shownNs);
  return scenario.vms.flatMap((_, vm) =>
    moveOf(lane, vm) !== null && statuses.includes(at(vms, vm).status)
      ? [vmName(scenario, vm)]
      : [],
  );
}

function quickSentence(lane: LaneRun, shownNs: ShownNs): string {
  const { scenario } = lane.outline.run;
  const { from, to } = moveOf(lane, ASKED_VM) ?? { from: 0, to: 0 };
  const volume = volumeOfVm(scenario, ASKED_VM);
  const disk = volumeName(scenario, volume);
  const { kind, change } = at(momentAt(lane, shownNs).volumes, volume);
  const stays = kind === 'csv' ? 'The volume stays. ' : '';
  const saving = movingIn(lane, shownNs, ['paused']);
  if (saving.length > 0)
    return `${stays}${savingText(lane, shownNs, saving, nodeName(scenario, from))}`;
  if (change !== null) return `${disk} moves to ${nodeName(scenario, to)}${draggedText(lane)}.`;
  const reading = movingIn(lane, shownNs, ['restoring']);
  if (reading.length === 0) return endSentence(lane);
  const running = movingIn(lane, shownNs, ['running']);
  const goesOn = running.length === 0 ? '' : `${listText(running)} ${runs(running)} again. `;
  return `${stays}${goesOn}${nodeName(scenario, to)} reads ${listText(reading)} back.`;
}

function savingText(
  lane: LaneRun,
  shownNs: ShownNs,
  saving: readonly string[],
  node: string,
): string {
  const { scenario } = lane.outline.run;
  const waiting = movingIn(lane, shownNs, ['saved']);
  if (waiting.length > 0) {
    const disk = volumeName(scenario, volumeOfVm(scenario, ASKED_VM));
    return `${listText(waiting)} waits: ${disk} can move when ${listText(saving)} is saved too.`;
  }
  return `${node} saves ${listText(saving)}${saving.length > 1 ? ', because they share a LUN' : ''}.`;
}

function runs(names: readonly string[]): string {
  return names.length === 1 ? 'runs' : 'run';
}

/** VMs that nobody asked for and that move all the same. */
function draggedAlong(lane: LaneRun): number[] {
  return lane.outline.run.migrations.flatMap(({ vm }) => (vm === ASKED_VM ? [] : [vm]));
}

function namesOfVms({ outline }: LaneRun, vms: readonly number[]): string {
  return listText(vms.map((vm) => vmName(outline.run.scenario, vm)));
}

function draggedText(lane: LaneRun): string {
  const dragged = draggedAlong(lane);
  if (dragged.length === 0) return ` with ${askedName(lane)} alone`;
  return `, so ${namesOfVms(lane, dragged)} ${dragged.length === 1 ? 'is' : 'are'} dragged along`;
}

/** Only one VM moves, so that the sentence of the Lab says it all. */
function liveSentence(lane: LaneRun, shownNs: Nanoseconds): string {
  const phase = phaseAt(lane, shownNs, ASKED_VM)?.name;
  if (phase === undefined || phase === 'clean-up') return endSentence(lane);
  const { run } = lane.outline;
  return sentenceAt(run, toldAt(lane, shownNs, []), run.scenario, ASKED_VM).short;
}

function endSentence(lane: LaneRun): string {
  const { scenario } = lane.outline.run;
  const volume = volumeOfVm(scenario, ASKED_VM);
  const dragged = draggedAlong(lane);
  const name = askedName(lane);
  if (at(lane.rest.volumes, volume).kind === 'csv') return `The volume stays. Only ${name} moves.`;
  const disk = volumeName(scenario, volume);
  if (dragged.length === 0) return `${disk} moves, and ${name} alone with it.`;
  return `${disk} moves, so ${namesOfVms(lane, dragged)} ${dragged.length === 1 ? 'is' : 'are'} dragged along.`;
}

/** What it came to, told when the lane's run has been seen to its end. @param other  The run by the other method. */
export function conclusion(id: LaneId, lane: LaneRun, other: LaneRun | null): string {
  if (refusalOf(lane) !== null) return refusedConclusion(lane, other);
  switch (id) {
    case 'own':
      return ownConclusion(lane);
    case 'both':
      return bothConclusion(lane);
    case 'csv':
      return csvConclusion(lane, other);
  }
}

function refusedConclusion(lane: LaneRun, other: LaneRun | null): string {
  const still = `${askedName(lane)} runs on where it is.`;
  if (other === null) return still;
  const { run } = other.outline;
  const outages = run.migrations.map(
    ({ vm }, place) =>
      `${vmName(run.scenario, vm)}${place === 0 ? ' would be away' : ''} for ${outageText(other, vm)}`,
  );
  const moved = run.migrations.length === 2 ? 'both' : `all ${run.migrations.length}`;
  return `${still} A quick migration would move ${moved}: ${listText(outages)}.`;
}

/** Of the whole run. */
function outageText(lane: LaneRun, vm: number): string {
  return secondsText(outageNs(lane, vm, laneEndNs(lane)) / NS_PER_S);
}

/** How long the disk of the asked VM is with nobody. */
function diskMoveNs(lane: LaneRun): Nanoseconds {
  const phases = moveOf(lane, ASKED_VM)?.phases ?? [];
  const phase = phases.find(({ name }) => name === 'disk-move' || name === 'storage');
  return (phase?.endNs ?? 0) - (phase?.startNs ?? 0);
}

function ownConclusion(lane: LaneRun): string {
  const { scenario } = lane.outline.run;
  const disk = volumeName(scenario, volumeOfVm(scenario, ASKED_VM));
  const outage = outageText(lane, ASKED_VM);
  const share = secondsText(diskMoveNs(lane) / NS_PER_S);
  const others = namesOfVms(
    lane,
    neighbours(lane).filter((vm) => vm !== ASKED_VM),
  );
  return `${disk} changes its owner, ${share} of the ${outage}. ${others} stays, because it has a LUN of its own: every VM that is to move alone needs one.`;
}

function bothConclusion(lane: LaneRun): string {
  const { scenario, migrations } = lane.outline.run;
  const memoryMiB = migrations.reduce((sum, { vm }) => sum + at(scenario.vms, vm).memoryMiB, 0);
  const { secondsPerGiB } = scenario.quickMigration;
  const pace = secondsPerGiB === null ? '' : ` at ${rounded(secondsPerGiB, 2)}\u00a0s per GB`;
  const all = migrations.length === 2 ? 'Both VMs' : `All ${migrations.length} VMs`;
  return `${all} are saved, ${memoryText(memoryMiB)}${pace}, because the LUN is the smallest thing a cluster can move.`;
}

function csvConclusion(lane: LaneRun, other: LaneRun | null): string {
  const { scenario, migrations } = lane.outline.run;
  const isQuick = migrations[0]?.method === 'quick';
  const what = isQuick ? 'is saved' : 'moves';
  const alone = `Every node can open files on the volume, so only ${askedName(lane)} ${what}.`;
  const compared =
    other === null || refusalOf(other) !== null ? '' : ` ${comparedText(lane, other, isQuick)}`;
  const cut = scenario.nodes.findIndex((_, node) =>
    lane.rest.volumes.some(({ access }) => access[node] === 'redirected'),
  );
  if (cut < 0) return alone + compared;
  return `${alone}${compared} ${nodeName(scenario, cut)} lost its path and works on, more slowly, through the coordinator.`;
}

function comparedText(lane: LaneRun, other: LaneRun, isQuick: boolean): string {
  const [quick, live] = (isQuick ? [lane, other] : [other, lane]).map((run) =>
    outageText(run, ASKED_VM),
  );
  return isQuick
    ? `A live migration cuts its ${quick} to ${live}.`
    : `Its outage is ${live}, with a quick migration ${quick}.`;
}

/** Why a VM was out or not, for the table. */
export function fateText(lane: LaneRun, vm: number): string {
  if (moveOf(lane, vm) === null) return vm === ASKED_VM ? 'refused' : 'stayed';
  return vm === ASKED_VM ? 'asked for' : 'had to move';
}
