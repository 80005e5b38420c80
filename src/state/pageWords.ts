/** One page in words: what state it is in, what happened to it, and in one sentence why it has its colour. */
import { withThousands } from '../base/numberText.ts';
import type {
  CellPass,
  FrameSummary,
  PageFacts,
  ShownMigration,
} from '../protocol/frameSummary.ts';
import type { RunState } from './runStore.ts';
import { momentText, namesOf, sentences, type MoveNames } from './words.ts';

export interface PageWords {
  readonly page: number;
  /** "Page 58,240". */
  readonly title: string;
  readonly why: string;
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

/** Codes of the page lens. */
const [UNSENT, COPIED, , HOT] = [0, 1, 2, 3];

/** null while no page is chosen, or nothing is known of it. */
export function pageWords({
  summary,
  scenario,
}: Pick<RunState, 'summary' | 'scenario'>): PageWords | null {
  const facts = summary?.page ?? null;
  const migration = summary?.migration ?? null;
  if (facts === null || migration === null) return null;
  const names = namesOf(scenario, migration);
  const title = `Page ${withThousands(facts.page)}`;
  const told: PageTold = { facts, migration, names, title };
  return migration.method === 'quick'
    ? { page: facts.page, title, why: quickWhy(told), rows: quickRows(told) }
    : { page: facts.page, title, why: liveWhy(told), rows: liveRows(told) };
}

interface PageTold {
  readonly facts: PageFacts;
  readonly migration: ShownMigration;
  readonly names: MoveNames;
  readonly title: string;
}

function liveRows({ facts, names }: PageTold): PageWords['rows'] {
  const { written, sent, sentNs, sentIn, code } = facts;
  return [
    { name: 'State', text: stateNames[code] ?? '' },
    { name: `Written by ${names.vm} since the copy began`, text: times(written) },
    { name: 'Sent', text: sent === 0 && code !== UNSENT ? 'announced as empty' : times(sent) },
    {
      name: 'Last sent',
      text: sentNs === null ? 'never' : `${sendText(sentIn)}, at ${momentText(sentNs)}`,
    },
  ];
}

/** As in the legend of the map. */
const stateNames = ['not sent', 'copied', 'dirty', 'dirty, sent 3 times or more'];

function liveWhy(told: PageTold): string {
  const { code } = told.facts;
  if (code === UNSENT) return unsentWhy(told);
  return code === COPIED ? copiedWhy(told) : dirtyWhy(told);
}

function unsentWhy({ facts, migration, names, title }: PageTold): string {
  const { written, toSend } = facts;
  if (!toSend) {
    return `${title} is grey: ${names.vm} wrote it ${times(written)} before its turn, so it was passed over and goes later.`;
  }
  const waits = `${title} is grey: ${passName(migration)} has not come to it yet.`;
  const writes = `${names.vm} wrote it ${times(written)} meanwhile; it goes across as it is then.`;
  return sentences(waits, written === 0 ? '' : writes);
}

function copiedWhy({ facts, names, title }: PageTold): string {
  const { vm, from } = names;
  if (facts.sent === 0) {
    return `${title} is blue: it held nothing when the copy began, so ${from} only announced it, and ${vm} has not written it since.`;
  }
  return `${title} is blue: ${from} sent it ${sendText(facts.sentIn)}, and ${vm} has not written it since.`;
}

function dirtyWhy({ facts, migration, names, title }: PageTold): string {
  const { vm } = names;
  const { writtenSince, sent, sentIn, code } = facts;
  const is = code === HOT ? `${title}, sent ${times(sent)}, is dirty again` : `${title} is orange`;
  const again = againText(facts, migration);
  if (sent === 0) {
    return `${is}: it was announced as empty, and ${vm} has written it ${times(writtenSince)} since, so ${again}.`;
  }
  if (writtenSince === 0) {
    return `${is}: ${vm} wrote it ${sendText(sentIn)} before its turn. Its mark stayed when it was sent, so ${again} though nothing changed.`;
  }
  return `${is}: ${vm} wrote it ${times(writtenSince)} after it was sent ${sendText(sentIn)}, so ${again}.`;
}

/** What its mark leads to. What comes after the present round is not known yet. */
function againText({ toSend }: PageFacts, migration: ShownMigration): string {
  if (toSend) return `${passName(migration)} sends it again`;
  return `it goes again after round ${migration.round}`;
}

function passName({ phase, round }: ShownMigration): string {
  return phase === 'round' ? `round ${round}` : 'the blackout';
}

/** "in round 2", "in the blackout". */
function sendText(sentIn: PageFacts['sentIn']): string {
  return sentIn?.name === 'round' ? `in round ${sentIn.number}` : 'in the blackout';
}

/** "once", "2 times". */
function times(count: number): string {
  return count === 1 ? 'once' : `${withThousands(count)} times`;
}

function quickRows({ facts }: PageTold): PageWords['rows'] {
  const { sentNs, sentIn } = facts;
  const isBack = sentIn?.name === 'restoring';
  const state = isBack ? 'read back' : sentNs === null ? 'waits' : 'saved';
  return [
    { name: 'State', text: state },
    {
      name: isBack ? 'Read back' : 'Saved',
      text: sentNs === null ? 'not yet' : `at ${momentText(sentNs)}`,
    },
  ];
}

function quickWhy({ facts, migration, names, title }: PageTold): string {
  const { vm, from, to, volume } = names;
  const { sentNs, sentIn } = facts;
  if (sentNs !== null && sentIn?.name === 'restoring') {
    return `${title} is back: ${to} read it from ${volume} at ${momentText(sentNs)}, as it was saved.`;
  }
  if (migration.phase === 'restoring') {
    return `${title} is missing: it is in the file on ${volume}, and ${to} has not come to it yet.`;
  }
  return sentNs === null
    ? `${title} is in the memory of ${from} alone: the save has not come to it yet. ${vm} stands still, so it does not change.`
    : `${title} is saved: ${from} wrote it to ${volume} at ${momentText(sentNs)}. ${vm} stands still, so it goes once.`;
}

/** The page beside the chosen one, within the VM's memory. */
export function pageBeside(
  summary: FrameSummary | null,
  page: number,
  step: 1 | -1,
): number | null {
  const next = page + step;
  return next >= 0 && next < (summary?.pageCount ?? 0) ? next : null;
}

/** Passes that are told one by one; of more, the latest. */
const MOST_PASSES = 5;

/** "128 of these pages go in round 1, 52 in round 2, 3 in the blackout."; '' for a quick migration, which takes all of them twice. */
export function cellPassesText(passes: readonly CellPass[]): string {
  const told = passes.filter(({ name }) => name === 'round' || name === 'stop-and-copy');
  const latest = told.slice(-MOST_PASSES);
  if (latest.length === 0) return '';
  const text = latest
    .map(({ pages, round }, index) => {
      const where = round > 0 ? `round ${round}` : 'the blackout';
      const begin = pages === 1 ? 'of these pages goes ' : 'of these pages go ';
      return `${withThousands(pages)} ${index === 0 ? begin : ''}in ${where}`;
    })
    .join(', ');
  const earlier = told.length - latest.length;
  return earlier === 0
    ? `${text}.`
    : `After ${earlier} earlier ${earlier === 1 ? 'round' : 'rounds'} ${text}.`;
}
