/** The heading of a VM that does not run, or whose disk does not answer, because something broke: the event, and how long it lasts. Facts D5. */
import { isolated } from '../base/isolated.ts';
import { memoryText } from '../base/numberText.ts';
import { msToNs, type Nanoseconds } from '../base/units.ts';
import type { EventRow } from '../protocol/runInfo.ts';
import { lastOf } from './moment.ts';
import { listText } from '../base/listText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from './names.ts';
import { eventSentence, wordsFrom } from './told.ts';
import {
  connectionsOf,
  lengthText,
  momentText,
  sentences,
  type CountedClients,
  type Told,
  type ToldMoment,
  type Words,
} from './words.ts';

type VmRow = ToldMoment['vms'][number];

/** The VM does not run, and no move of it is under way. */
export function stoppedWords(told: Told): Words | null {
  const row = told.summary?.vms[told.vm];
  if (row === undefined || row.status === 'running') return null;
  const words =
    quorumWords(told) ?? takeOverWords(told) ?? crashWords(told, row) ?? statusWords(told, row);
  return { over: `Failover of ${vmName(told.scenario, told.vm)}`, urgent: true, ...words };
}

function quorumWords({ run, summary, scenario, vm, timeNs }: Told): Words | null {
  if (summary === null || summary.quorum.has) return null;
  const { votes, total } = summary.quorum;
  const event = lastOf(run, -1, 'quorum-lost', timeNs);
  const there = `${votes} of ${total} votes`;
  const changed = event?.text.includes(there) === true ? '' : `Now there are ${there}.`;
  const why = `Nobody may own anything, so ${vmName(scenario, vm)} does not run.`;
  return wordsFrom(event, `quorum ${votes}`, changed, why);
}

/** Its node is down, and the others have not dealt with that yet. */
function crashWords(told: Told, row: VmRow): Words | null {
  const { run, summary, scenario, vm, timeNs } = told;
  const own = summary?.nodes[row.node];
  if (summary === null || own === undefined || own.up || !own.member) return null;
  const settled = settledNs(told);
  if (settled === null) return null;
  const survivors = scenario.nodes
    .filter((_, index) => summary.nodes[index]?.up === true)
    .map(({ name }) => isolated(name));
  const isSaved = row.status === 'saved';
  const crash = isSaved
    ? lastOf(run, -1, 'node-crashed', timeNs)
    : lastOf(run, vm, 'vm-crashed', timeNs);
  if (survivors.length === 0) {
    return wordsFrom(crash, `alone ${row.node}`, 'No node is left.');
  }
  const alone = survivors.length === 1;
  if (timeNs >= settled.noticedNs) {
    const noticed = lastOf(run, -1, 'node-down-noticed', timeNs);
    const until = `Until ${sinceCrash(told, settled.actsNs)}`;
    const act = `${listText(survivors)} ${alone ? 'makes' : 'make'} sure of who is left, and the votes are counted.`;
    return wordsFrom(noticed, `regroup ${row.node}`, `${until} ${act}`);
  }
  const kept = isSaved ? `${vmName(scenario, vm)} was saved before.` : '';
  const missed = scenario.failover.missedHeartbeats;
  const after = `After ${missed} missed ${missed === 1 ? 'heartbeat' : 'heartbeats'}, ${sinceCrash(told, settled.noticedNs)},`;
  const act = `${after} ${alone ? `${survivors[0]} acts` : 'the others act'}.`;
  return wordsFrom(crash, `crash ${row.node}`, kept, act);
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
  const event = run?.events.findLast(
    (row) =>
      row.kind === 'volume-move-started' &&
      row.atNs <= timeNs &&
      volumeOfVm(scenario, row.vm) === volume,
  );
  const waits = `${vmName(scenario, vm)} waits for it until ${sinceCrash(told, change.endNs)}.`;
  const key = `take-over ${change.startNs}`;
  const crash = lastOf(run, vm, 'vm-crashed', timeNs);
  // Its owner lost its path: nobody had to notice a crash first.
  if (crash?.atNs === change.startNs && event !== undefined) {
    return wordsFrom(crash, key, eventSentence(event), waits);
  }
  return wordsFrom(event, key, waits);
}

function statusWords(told: Told, row: VmRow): Words {
  const { scenario, vm, run, timeNs } = told;
  const name = vmName(scenario, vm);
  const disk = volumeName(scenario, volumeOfVm(scenario, vm));
  const until = row.statusEndNs === null ? '' : `until ${sinceCrash(told, row.statusEndNs)}`;
  const key = `${row.status} ${row.node}`;
  switch (row.status) {
    case 'configuring': {
      const placed = lastOf(run, vm, 'vm-placed', timeNs);
      return wordsFrom(placed, key, until === '' ? '' : `Configuration first, ${until}.`);
    }
    case 'booting': {
      const boot = lastOf(run, vm, 'vm-boot-started', timeNs);
      return wordsFrom(boot, key, until === '' ? '' : `It takes ${until}.`);
    }
    case 'waiting-for-disk':
    case 'paused':
      return wordsFrom(
        lastOf(run, vm, 'vm-waits-for-disk', timeNs),
        key,
        `${name} goes on as soon as ${nodeName(scenario, row.node)} has ${disk} again.`,
      );
    default:
      return offWords(told, row, `${name} is saved on ${disk}, nothing is lost.`);
  }
}

function offWords({ scenario, vm, run, timeNs }: Told, row: VmRow, saved: string): Words {
  const name = vmName(scenario, vm);
  const state = row.status === 'saved' ? saved : `${name} does not run.`;
  if (row.blocked === null) return { key: row.status, text: state };
  const event = lastOf(run, vm, 'vm-blocked', timeNs);
  const key = `blocked ${row.blocked}`;
  if (event?.text.includes(row.blocked) !== true) {
    return { key, text: sentences(state, `It cannot be started: ${row.blocked}.`) };
  }
  const words = wordsFrom(event, key, row.status === 'saved' ? saved : '');
  // Who looks at a phone needs the reason too.
  return { ...words, short: words.text };
}

/** It runs, and nothing that it writes or reads is answered: the coordinator of its CSV is gone. */
export function stalledWords(told: Told): Words | null {
  const { run, summary, scenario, vm, timeNs } = told;
  if (summary?.vms[vm]?.disk !== 'stalled') return null;
  const settled = settledNs(told);
  const until = settled === null ? '' : ` until ${momentText(settled.actsNs)}`;
  const event = lastOf(run, vm, 'io-stalled', timeNs);
  const runsOn = `${vmName(scenario, vm)} runs on and waits for it${until}.`;
  return { ...wordsFrom(event, `stalled ${event?.atNs}`, runsOn), urgent: true };
}

/** What the last thing that happened means for a VM that runs; null where it means nothing. */
export function eventWords(told: Told, event: EventRow): Words | null {
  const name = vmName(told.scenario, told.vm);
  const key = `${event.kind} ${event.atNs}`;
  switch (event.kind) {
    case 'vm-started': {
      const words = wordsFrom(event, key, lostText(told, event));
      return { ...words, urgent: true, over: `Failover of ${name}` };
    }
    case 'io-resumed':
      return wordsFrom(event, key, stallText(told, event), `${name} was not restarted.`);
    case 'vm-crashed':
    case 'vm-stopped':
    case 'vm-placed':
    case 'vm-blocked':
    case 'vm-boot-started':
      return null;
    default:
      return wordsFrom(event, key, `${name} keeps running.`);
  }
}

function lostText({ run, vm, summary }: Told, { atNs }: EventRow): string {
  const crashed = lastOf(run, vm, 'vm-crashed', atNs);
  // The frame counts what all crashes of the run took.
  const isFirst =
    crashed === undefined || lastOf(run, vm, 'vm-crashed', crashed.atNs - 1) === undefined;
  const memory = `${memoryText(summary?.vms[vm]?.lostMiB ?? 0)} of memory${isFirst ? '' : ' in this run'}`;
  return `${memory} ${lostWithText(summary?.clients ?? [])}.`;
}

/** Who still asks is refused soon, and loses its connection only then. */
function lostWithText(clients: readonly CountedClients[]): string {
  const { all, lost } = connectionsOf(clients);
  if (all === 0) return 'are lost';
  if (lost === all) return 'and all connections from before are lost';
  return lost === 0
    ? 'are lost, and no connection yet'
    : `and ${lost} of ${all} connections are lost so far`;
}

function stallText({ run, vm }: Told, { atNs }: EventRow): string {
  const stalled = lastOf(run, vm, 'io-stalled', atNs);
  return stalled === undefined ? '' : `It was silent for ${lengthText(stalled.atNs, atNs)}.`;
}
