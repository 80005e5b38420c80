/**
 * Rounds by the hundred share columns: the first and the last stand alone, and so does the present one; each of the other
 * columns holds the same number of rounds. Up to some tens of rounds every round has a column of its own.
 */
import { withThousands } from '../base/numberText.ts';
import { roundName, stateAt, type PhaseSpan, type Segment } from './phases.ts';

/** So many rounds have columns of their own, however narrow. */
const MOST_SINGLE_ROUNDS = 40;
/** Of a column that several rounds share, in CSS pixels: the eye still tells it from its neighbours. */
const SHARED_CSS = 12;
/** From here three rounds at each end stand alone, else one. */
const ROOMY_CSS = 700;
/** Of a digit on the timeline, and of both margins of a number. */
const DIGIT_CSS = 7.2;
const MARGINS_CSS = 12;

export interface Column {
  readonly span: PhaseSpan;
  readonly width: number;
}

/** Equal widths. @param widths Of the spans, in CSS pixels: rounds that share columns take as much room together. */
export function sharedColumns(
  spans: readonly PhaseSpan[],
  widths: readonly number[],
  nowNs: number,
  textScale: number,
): Column[] {
  const columns = spans.map((span, place): Column => ({ span, width: widths[place]! }));
  const narrowest = Math.min(...columns.flatMap((each) => (isRound(each.span) ? each.width : [])));
  if (!areMany(spans) || narrowest >= SHARED_CSS * textScale) return columns;
  const areRounds = (one: Column, other: Column): boolean =>
    isRound(one.span) && isRound(other.span);
  return runsOf(columns, areRounds).flatMap((run) => {
    if (!isRound(run[0]!.span)) return run;
    const width = run.reduce((sum, each) => sum + each.width, 0);
    return shareWidth(
      run.map(({ span }) => span),
      nowNs,
      width,
      textScale,
    );
  });
}

/** To scale: neighbours share a column until it is wide enough to be seen. @param width Of all spans, in CSS pixels. */
export function joinedWhereNarrow(spans: readonly PhaseSpan[], width: number): PhaseSpan[] {
  if (!areMany(spans)) return [...spans];
  const lengthNs = spans.at(-1)!.endNs - spans[0]!.startNs;
  const leastNs = (SHARED_CSS * lengthNs) / width;
  const columns: PhaseSpan[][] = [];
  for (const span of spans) {
    const column = columns.at(-1);
    const [first] = column ?? [];
    const isOpen =
      first !== undefined &&
      isRound(first) &&
      isRound(span) &&
      column!.at(-1)!.endNs - first.startNs < leastNs;
    if (isOpen) column!.push(span);
    else columns.push([span]);
  }
  return columns.map((column) => (column.length === 1 ? column[0]! : sharedBy(column)));
}

/** Neighbours of one kind told as one, for who has little room: of shared columns those that are over, and those to come. */
export function toldTogether(segments: readonly Segment[]): Segment[] {
  return runsOf(segments, (one, other) => {
    const areShared = one.lastNumber !== undefined && other.lastNumber !== undefined;
    return areShared && one.state === other.state && one.absent === other.absent;
  }).map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    return first === last ? first : { ...first, ...sharedBy(run), x1: last.x1 };
  });
}

/** The rounds of a column, each by itself; what is no shared column stays. */
export function eachRound(segment: Segment, nowNs: number): Segment[] {
  if (segment.lastNumber === undefined) return [segment];
  const { lastNumber: _, ...column } = segment;
  return segment.phases.map((phase): Segment => {
    const { startNs, endNs } = phase;
    const span = { ...column, ...roundName(phase), startNs, endNs: endNs ?? segment.endNs };
    return { ...span, phases: [phase], state: stateAt(span, nowNs) };
  });
}

/** Number of the last round of a span. */
export function lastRoundOf({ number, lastNumber = number }: PhaseSpan): number {
  return lastNumber;
}

function isRound({ kind }: PhaseSpan): boolean {
  return kind === 'round';
}

function areMany(spans: readonly PhaseSpan[]): boolean {
  return spans.filter(isRound).length > MOST_SINGLE_ROUNDS;
}

/** Neighbours that belong together, by the first of them. */
function runsOf<Item>(items: readonly Item[], belong: (first: Item, item: Item) => boolean) {
  const runs: Item[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run !== undefined && belong(run[0]!, item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function shareWidth(
  rounds: readonly PhaseSpan[],
  nowNs: number,
  width: number,
  textScale: number,
): Column[] {
  const ends = width < ROOMY_CSS * textScale ? 1 : 3;
  if (rounds.length <= 2 * ends + 1) {
    return rounds.map((span) => ({ span, width: width / rounds.length }));
  }
  const inner = rounds.slice(ends, -ends);
  const present = inner.find(
    ({ startNs, endNs, absent }) => absent !== true && startNs <= nowNs && nowNs < endNs,
  );
  const digits = withThousands(lastRoundOf(rounds.at(-1)!)).length;
  const room = (letters: number): number => (letters * DIGIT_CSS + MARGINS_CSS) * textScale;
  const own = room(digits);
  // Of a very long run the record itself has rows that rounds share: then the present one has two numbers.
  const isPair = ends > 1 && inner.some(({ lastNumber }) => lastNumber !== undefined);
  const ofPresent = isPair ? room(2 * digits + 1) : own;
  const beside = width - own * 2 * ends;
  // As many as fit beside the present round, wherever that is: the groups stay the same while the run goes on.
  const most = Math.floor((beside - ofPresent) / (SHARED_CSS * textScale));
  const count = lastRoundOf(inner.at(-1)!) - inner[0]!.number + 1;
  const groups = grouped(inner, roundsPerColumn(count, most));
  const shared = (beside - (present === undefined ? 0 : ofPresent)) / groups.length;
  const alone = (span: PhaseSpan): Column => ({ span, width: own });
  return [
    ...rounds.slice(0, ends).map(alone),
    ...groups.flatMap((group) => columnsOf(group, present, shared, ofPresent)),
    ...rounds.slice(-ends).map(alone),
  ];
}

/** One column, or two with the present round between them: beside that round the group always takes as much room. */
function columnsOf(
  group: readonly PhaseSpan[],
  present: PhaseSpan | undefined,
  shared: number,
  own: number,
): Column[] {
  const place = present === undefined ? -1 : group.indexOf(present);
  if (present === undefined || place < 0) return [{ span: sharedBy(group), width: shared }];
  const parts = [group.slice(0, place), group.slice(place + 1)];
  const sides = parts.filter(({ length }) => length > 0).length;
  const [before = [], after = []] = parts.map((part): Column[] =>
    part.length === 0 ? [] : [{ span: sharedBy(part), width: shared / sides }],
  );
  return [...before, { span: present, width: sides === 0 ? own + shared : own }, ...after];
}

/** Groups end at numbers that are easy to name: rounds 101 to 200. */
function grouped(rounds: readonly PhaseSpan[], perColumn: number): PhaseSpan[][] {
  const groupOf = ({ number }: PhaseSpan): number => Math.ceil(number / perColumn);
  return runsOf(
    rounds,
    (first, round) => first.absent === round.absent && groupOf(first) === groupOf(round),
  );
}

/** The least of 1, 2, 5, 10, 20, 50 and so on with which the rounds fit into `most` columns, wherever the first group begins. */
function roundsPerColumn(count: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) {
      if (count / (factor * power) + 1 <= Math.max(2, most)) return factor * power;
    }
  }
}

/** One span for neighbours, of which there is at least one. */
export function sharedBy(rounds: readonly PhaseSpan[]): PhaseSpan {
  const [first, last] = [rounds[0]!, rounds.at(-1)!];
  const lastNumber = lastRoundOf(last);
  const label =
    lastNumber === first.number
      ? first.label
      : `Rounds ${withThousands(first.number)} to ${withThousands(lastNumber)}`;
  const phases = rounds.flatMap((round) => round.phases);
  return { ...first, label, lastNumber, endNs: last.endNs, phases };
}
