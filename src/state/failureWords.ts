/** Sentences of a VM that does not run, or whose disk does not answer, because something broke. Facts D5. */
import { memoryText } from '../base/numberText.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { ClientRow, EventRow, FrameSummary } from '../protocol/messages.ts';
import { lastOf } from './moment.ts';
import { listText } from '../base/listText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from './names.ts';
import {
  connectionsOf,
  lengthText,
  momentText,
  sentences,
  type Told,
  type Words,
} from './words.ts';

type VmRow = FrameSummary['vms'][number];

/** The VM does not run, and no move of it is under way. */
export function stoppedWords(told: Told): Words | null {
  const row = told.summary?.vms[told.vm];
  if (row === undefined || row.status === 'running') return null;
  const words =
    quorumWords(told) ?? crashWords(told, row) ?? takeOverWords(told) ?? statusWords(told, row);
  return { over: `Failover of ${vmName(told.scenario, told.vm)}`, urgent: true, ...words };
}

function quorumWords({ summary, scenario, vm }: Told): Words | null {
  if (summary === null || summary.quorum.has) return null;
  const { votes, needed, total } = summary.quorum;
  return {
    key: `quorum ${votes}`,
    text: `The cluster has no quorum: ${votes} of ${total} votes, ${needed} are needed. Nobody may own anything, so ${vmName(scenario, vm)} does not run.`,
    short: `No quorum: ${votes} of ${total} votes, ${needed} are needed.`,
  };
}

/** Its node is down, and the others have not dealt with that yet. */
function crashWords(told: Told, row: VmRow): Words | null {
  const { summary, scenario, vm, timeNs } = told;
  const own = summary?.nodes[row.node];
  if (summary === null || own === undefined || own.up || !own.member) return null;
  const node = nodeName(scenario, row.node);
  const settled = settledNs(told);
  if (settled === null) return null;
  const survivors = scenario.nodes
    .filter((_, index) => summary.nodes[index]?.up === true)
    .map(({ name }) => name);
  if (survivors.length === 0) {
    return { key: `alone ${row.node}`, text: `${node} has stopped, and no node is left.` };
  }
  if (timeNs >= settled.noticedNs) {
    const until = `Until ${sinceCrash(told, settled.actsNs)}`;
    const [alone] = survivors;
    return {
      key: `regroup ${row.node}`,
      text:
        survivors.length === 1
          ? `${alone} takes ${node} for down. ${until} it makes sure of who is left and counts the votes.`
          : `${listText(survivors)} take ${node} for down. ${until} they agree on who is left and count the votes.`,
      short: `${node} is taken for down. ${until} the votes are counted.`,
    };
  }
  const name = vmName(scenario, vm);
  const fate =
    row.status === 'saved'
      ? `${node} has stopped, but ${name} was saved before.`
      : `${node} has stopped, the memory of ${name} is lost.`;
  const missed = scenario.failover.missedHeartbeats;
  return {
    key: `crash ${row.node}`,
    text: `${fate} After ${missed} missed ${missed === 1 ? 'heartbeat' : 'heartbeats'}, ${sinceCrash(told, settled.noticedNs)}, ${survivors.length === 1 ? `${survivors[0]} acts` : 'the others act'}.`,
    short: fate,
  };
}

interface Settled {
  readonly noticedNs: Nanoseconds;
  readonly actsNs: Nanoseconds;
}

/** When the oldest crash that is not dealt with is noticed, and when the regroup after it ends. */
function settledNs({ summary, scenario }: Told): Settled | null {
  const since = (summary?.nodes ?? []).flatMap(({ up, member, downSinceNs }) =>
    !up && member && downSinceNs !== null ? [downSinceNs] : [],
  );
  if (since.length === 0) return null;
  const { heartbeatMs, missedHeartbeats, regroupMs } = scenario.failover;
  const noticedNs = Math.min(...since) + msToNs(heartbeatMs) * missedHeartbeats;
  return { noticedNs, actsNs: noticedNs + msToNs(regroupMs) };
}

/** "5.0 s after the crash", as the readout counts; where nothing crashed, the moment of the run. */
function sinceCrash({ run, summary, vm, timeNs }: Told, ns: Nanoseconds): string {
  const node = summary?.vms[vm]?.node ?? -1;
  const crashed = lastOf(run, vm, 'vm-crashed', timeNs)?.atNs ?? summary?.nodes[node]?.downSinceNs;
  return typeof crashed === 'number'
    ? `${lengthText(crashed, ns)} after the crash`
    : momentText(ns);
}

/** The disk of the VM is on its way to another node. */
function takeOverWords(told: Told): Words | null {
  const { run, summary, scenario, vm, timeNs } = told;
  const volume = volumeOfVm(scenario, vm);
  const change = summary?.volumes[volume]?.change ?? null;
  if (change === null || !Number.isFinite(change.endNs)) return null;
  const [name, disk] = [vmName(scenario, vm), volumeName(scenario, volume)];
  const to = nodeName(scenario, change.to);
  const until = sinceCrash(told, change.endNs);
  const key = `take-over ${change.startNs}`;
  const short = `${to} takes ${disk} over until ${until}.`;
  const crash = lastOf(run, vm, 'vm-crashed', timeNs);
  // Its owner lost its path: nobody had to notice a crash first.
  if (crash?.atNs === change.startNs) {
    return { key, text: `${crash.text}. ${to} takes it over and mounts it until ${until}.`, short };
  }
  return {
    key,
    text: `${to} takes ${disk} over and mounts it until ${until}. ${name} lies on it and waits.`,
    short,
  };
}

function statusWords(told: Told, row: VmRow): Words {
  const { scenario, vm, run, timeNs } = told;
  const name = vmName(scenario, vm);
  const node = nodeName(scenario, row.node);
  const disk = volumeName(scenario, volumeOfVm(scenario, vm));
  const until = row.statusEndNs === null ? '' : ` until ${sinceCrash(told, row.statusEndNs)}`;
  switch (row.status) {
    case 'configuring': {
      const placed =
        lastOf(run, vm, 'vm-placed', timeNs)?.text ?? `${name} comes online on ${node}`;
      return {
        key: `configuring ${row.node}`,
        text: `${placed}. Configuration first${until === '' ? '' : `,${until}`}.`,
        short: `${placed}.`,
      };
    }
    case 'booting':
      return {
        key: `booting ${row.node}`,
        text: `${name} boots on ${node} from its disk, as after a power cut${until === '' ? '' : ','}${until}. What was only in memory is lost.`,
        short: `${name} boots on ${node}${until}.`,
      };
    case 'waiting-for-disk':
    case 'paused':
      return {
        key: `waiting ${row.node}`,
        text: `${name} is paused on ${node} with its memory whole. It goes on as soon as ${node} has ${disk} again.`,
        short: `${name} waits on ${node} for ${disk}.`,
      };
    default:
      return offWords(told, row, `${name} is saved on ${disk}, nothing is lost`);
  }
}

function offWords({ scenario, vm }: Told, row: VmRow, saved: string): Words {
  const name = vmName(scenario, vm);
  const state = row.status === 'saved' ? saved : `${name} does not run`;
  if (row.blocked === null) return { key: row.status, text: `${state}.` };
  return {
    key: `blocked ${row.blocked}`,
    text: `${state}. It cannot be started: ${row.blocked}.`,
    short: `${name} cannot be started: ${row.blocked}.`,
  };
}

/** It runs, and nothing that it writes or reads is answered: the coordinator of its CSV is gone. */
export function stalledWords(told: Told): Words | null {
  const { summary, scenario, vm } = told;
  if (summary?.vms[vm]?.disk !== 'stalled') return null;
  const volume = volumeOfVm(scenario, vm);
  const name = vmName(scenario, vm);
  const startNs = summary.volumes[volume]?.change?.startNs;
  const gone = summary.nodes.findIndex(({ up, downSinceNs }) => !up && downSinceNs === startNs);
  const who = gone < 0 ? 'The coordinator' : `${nodeName(scenario, gone)}, the coordinator,`;
  const settled = settledNs(told);
  const until = settled === null ? '' : ` until ${momentText(settled.actsNs)}`;
  return {
    key: `stalled ${startNs}`,
    text: `${who} has stopped. ${name} runs on, but its disk does not answer${until}.`,
    short: `The disk of ${name} does not answer${until}.`,
    urgent: true,
  };
}

/** What the last thing that happened means for a VM that runs; null where it means nothing. */
export function eventWords(told: Told, event: EventRow): Words | null {
  const { scenario, vm, summary } = told;
  const name = vmName(scenario, vm);
  const node = nodeName(scenario, summary?.vms[vm]?.node ?? 0);
  const key = `${event.kind} ${event.atNs}`;
  switch (event.kind) {
    case 'vm-started':
      return { key, urgent: true, over: `Failover of ${name}`, ...startedWords(told, event) };
    case 'io-resumed':
      return {
        key,
        text: sentences(`${event.text}${stallText(told, event)}.`, `${name} was not restarted.`),
      };
    case 'io-redirected':
      return {
        key,
        text: `The path of ${node} is cut: ${name} reaches its disk through ${coordinatorName(told)}, over the network, and keeps running.`,
        short: `${name} reaches its disk through ${coordinatorName(told)}.`,
      };
    case 'vm-crashed':
    case 'vm-stopped':
    case 'vm-placed':
    case 'vm-blocked':
    case 'vm-boot-started':
      return null;
    default:
      return {
        key,
        text: `${event.text}. ${name} keeps running.`,
        short: `${event.text}.`,
      };
  }
}

function startedWords(told: Told, { atNs }: EventRow): Pick<Words, 'text' | 'short'> {
  const { run, scenario, vm, summary } = told;
  const name = vmName(scenario, vm);
  const node = nodeName(scenario, summary?.vms[vm]?.node ?? 0);
  const crashed = lastOf(run, vm, 'vm-crashed', atNs);
  const after = crashed === undefined ? '' : ` after ${lengthText(crashed.atNs, atNs)}`;
  // The frame counts what all crashes of the run took.
  const isFirst =
    crashed === undefined || lastOf(run, vm, 'vm-crashed', crashed.atNs - 1) === undefined;
  const memory = `${memoryText(summary?.vms[vm]?.lostMiB ?? 0)} of memory${isFirst ? '' : ' in this run'}`;
  return {
    text: `${name} runs again on ${node}${after}. ${memory} ${lostWithText(summary?.clients ?? [])}.`,
    short: `${name} runs again on ${node}. ${memory} are lost.`,
  };
}

/** Who still asks is refused soon, and loses its connection only then. */
function lostWithText(clients: readonly ClientRow[]): string {
  const { all, lost } = connectionsOf(clients);
  if (all === 0) return 'are lost';
  if (lost === all) return 'and all connections from before are lost';
  return lost === 0
    ? 'are lost, and no connection yet'
    : `and ${lost} of ${all} connections are lost so far`;
}

function coordinatorName({ summary, scenario, vm }: Told): string {
  const owner = summary?.volumes[volumeOfVm(scenario, vm)]?.owner ?? -1;
  return owner < 0 ? 'the coordinator' : nodeName(scenario, owner);
}

function stallText({ run, vm }: Told, { atNs }: EventRow): string {
  const stalled = lastOf(run, vm, 'io-stalled', atNs);
  return stalled === undefined ? '' : ` after ${lengthText(stalled.atNs, atNs)}`;
}
