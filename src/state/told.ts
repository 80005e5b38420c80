/**
 * An event as a sentence. The engine words what happened, with its cause and its numbers; the log shows that sentence, and the
 * heading, which is the screen reader's text too, begins with it. Nothing is worded a second time.
 */
import type { ClusterEventKind } from '../engine/clusterEvent.ts';
import type { EventRow, MigrationRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';
import { volumeOfVm } from './names.ts';
import { reasonOnce, sentences, type Words } from './words.ts';

export function eventSentence({ kind, text }: EventRow): string {
  if (kind === 'drain-blocked') return `${reasonOnce(text)}.`;
  return kind === 'command-refused' ? `Not possible: ${text}.` : `${text}.`;
}

/** Without its cause, which stands after a colon: for narrow screens. */
function factOf(event: EventRow): string {
  const { kind, text } = event;
  const colon = text.indexOf(': ');
  return kind === 'command-refused' || colon < 0
    ? eventSentence(event)
    : `${text.slice(0, colon)}.`;
}

/**
 * The sentence of an event, and what is to be said besides at the shown moment.
 *
 * @param event Undefined in a run that is not worked out so far: then what is said besides stands alone.
 */
export function wordsFrom(event: EventRow | undefined, key: string, ...more: string[]): Words {
  if (event === undefined) return { key, text: sentences(...more) };
  return { key, text: sentences(eventSentence(event), ...more), short: factOf(event) };
}

/** Which event begins a phase; of several at its moment the last. */
const opening: Readonly<Record<PhaseRow['name'], readonly ClusterEventKind[]>> = {
  queued: ['migration-queued'],
  connecting: ['setup-started'],
  'creating-shell': ['shell-created'],
  round: ['round-started'],
  'stop-and-copy': ['vm-paused'],
  'device-state': ['last-pages-sent'],
  storage: ['volume-move-started', 'vm-waits-for-disk'],
  resuming: ['device-state-sent', 'disk-moved', 'memory-across'],
  'clean-up': ['vm-resumed'],
  saving: ['save-started'],
  saved: ['state-saved'],
  'disk-move': ['volume-move-started'],
  restoring: ['restore-started'],
};

/** The event with which a phase of a migration begins. */
export function openingEvent(
  run: RunInfo | null,
  { vm }: Pick<MigrationRow, 'vm'>,
  { name, number, startNs }: PhaseRow,
): EventRow | undefined {
  if (run === null) return undefined;
  const { scenario } = run;
  const kinds = opening[name];
  // A disk's events name the first VM on it.
  const isOfDisk = name === 'disk-move';
  const isOwn = (row: EventRow): boolean =>
    isOfDisk ? volumeOfVm(scenario, row.vm) === volumeOfVm(scenario, vm) : row.vm === vm;
  const begins = run.events.filter(
    (row) => row.atNs === startNs && kinds.includes(row.kind) && isOwn(row),
  );
  // Rounds without a page begin together.
  return (
    begins.find(({ text }) => name === 'round' && text.startsWith(`Round ${number} `)) ??
    begins.at(-1)
  );
}

/** The last event of one kind that belongs to a migration, by `timeNs`. */
export function lastEventOf(
  run: RunInfo | null,
  { vm, requestedNs }: Pick<MigrationRow, 'vm' | 'requestedNs'>,
  kind: ClusterEventKind,
  timeNs: number,
): EventRow | undefined {
  return run?.events.findLast(
    (row) => row.vm === vm && row.kind === kind && row.atNs >= requestedNs && row.atNs <= timeNs,
  );
}
