/**
 * The state of a VM over the time of a lane, as a bar: grey where it runs, hatched where it does not. What is too narrow
 * for a name inside is named above; below 4 px it is a line, and the magnifier shows it.
 */
import { secondsText, withThousands } from '../base/numberText.ts';
import { xInside, xOf, type TimeAxis } from './compareAxis.ts';

export interface BarSpan {
  readonly fromNs: number;
  readonly toNs: number;
  readonly runs: boolean;
  readonly label: string;
  readonly short: string;
}

export interface BarPart {
  readonly x: number;
  readonly widthCss: number;
  readonly runs: boolean;
  /** Inside, at its middle where hatched, else at its left; '' where it has no room. */
  readonly text: string;
}

/** A text above the bar, at `x` or ending there. */
export interface BarNote {
  readonly x: number;
  readonly text: string;
  readonly endsHere: boolean;
}

export interface BarLayout {
  readonly parts: readonly BarPart[];
  /** Of what has no room inside. */
  readonly notes: readonly BarNote[];
}

/** What is thinner cannot be read, and gets a magnifier. */
const THIN_CSS = 4;

/** Mean width of a letter at 13 px, a little on the safe side. */
const LETTER_CSS = 6.9;
const PADDING_CSS = 18;

const NS_PER_S = 1_000_000_000;

export function textWidth(text: string, textScale: number): number {
  return text.length * LETTER_CSS * textScale;
}

export function isThin(axis: TimeAxis, { fromNs, toNs, runs }: BarSpan): boolean {
  return !runs && xInside(axis, toNs) - xInside(axis, fromNs) < THIN_CSS;
}

export function barLayout(axis: TimeAxis, spans: readonly BarSpan[], textScale: number): BarLayout {
  const parts: BarPart[] = [];
  const unnamed: BarNote[] = [];
  for (const span of spans) {
    const x = xInside(axis, span.fromNs);
    const widthCss = xInside(axis, span.toNs) - x;
    if (widthCss <= 0 && span.runs) continue;
    const text = textInside(span, widthCss, textScale);
    parts.push({ x, widthCss, runs: span.runs, text });
    if (text === '' && !span.runs) {
      unnamed.push(noteAt(axis, x, timed(span), textScale));
    }
  }
  return { parts, notes: apart(axis, unnamed, textScale) };
}

function textInside(span: BarSpan, widthCss: number, textScale: number): string {
  const texts = span.runs
    ? [span.label, span.short]
    : [timed(span), `${span.short}, ${lengthText(span)}`, span.short];
  return texts.find((text) => textWidth(text, textScale) + PADDING_CSS <= widthCss) ?? '';
}

/** "save memory, 16.0 s" */
function timed(span: BarSpan): string {
  return Number.isFinite(span.toNs) ? `${span.label}, ${lengthText(span)}` : span.label;
}

function lengthText({ fromNs, toNs }: BarSpan): string {
  return secondsText((toNs - fromNs) / NS_PER_S);
}

function noteAt(axis: TimeAxis, x: number, text: string, textScale: number): BarNote {
  const endsHere = x + textWidth(text, textScale) > axis.widthCss;
  return { x, text, endsHere };
}

/** A note that would run into the one before is told with it, or left out where both have no room. */
function apart(axis: TimeAxis, notes: readonly BarNote[], textScale: number): BarNote[] {
  const kept: BarNote[] = [];
  for (const note of notes) {
    const before = kept.at(-1);
    if (before === undefined || leftOf(note, textScale) >= rightOf(before, textScale)) {
      kept.push(note);
      continue;
    }
    const both = { ...before, text: `${before.text}; ${note.text}` };
    if (!both.endsHere && rightOf(both, textScale) <= axis.widthCss) kept[kept.length - 1] = both;
  }
  return kept;
}

function leftOf({ x, text, endsHere }: BarNote, textScale: number): number {
  return endsHere ? x - textWidth(text, textScale) : x;
}

function rightOf({ x, text, endsHere }: BarNote, textScale: number): number {
  return (endsHere ? x : x + textWidth(text, textScale)) + PADDING_CSS / 2;
}

export interface RoundTick {
  readonly x: number;
  /** "round 1", "rounds 1–6", "3–6"; '' where there is no room. */
  readonly text: string;
}

interface NumberedRound {
  readonly number: number;
  /** Where several share a row of the record. */
  readonly lastNumber?: number | undefined;
  readonly startNs: number;
}

/**
 * Where each round begins; neighbours that are too close for names of their own share one. They stand on the line of the
 * notes, and give way to them. Of many rounds those that cannot be told apart are one.
 */
export function roundTicks(
  axis: TimeAxis,
  rounds: readonly NumberedRound[],
  notes: readonly BarNote[],
  textScale: number,
): RoundTick[] {
  const endCss = Math.min(axis.widthCss, ...notes.map((note) => leftOf(note, textScale)));
  const ticks = unblurred(axis, rounds).map(({ number, lastNumber, startNs }): NumberedTick => {
    return { number, lastNumber, x: xOf(axis, startNs), text: '' };
  });
  let named: number | null = null;
  let place = 0;
  while (place < ticks.length) {
    let last = place;
    while (last < ticks.length - 1 && !hasRoom(endCss, ticks, place, last, textScale)) last++;
    if (hasRoom(endCss, ticks, place, last, textScale)) named = place;
    // What is left over at the end is told with those before.
    if (named !== null) ticks[named]!.text = roundText(ticks, named, last);
    place = last + 1;
  }
  return ticks.map(({ x, text }) => ({ x, text }));
}

interface NumberedTick {
  readonly number: number;
  readonly lastNumber: number;
  readonly x: number;
  text: string;
}

/** So many rounds are all marked, however close. */
const MOST_MARKED = 40;
/** Marks closer than this are a bar. */
const BLURRED_CSS = 6;

/** Of many rounds, neighbours that are shorter than the eye can see are one. */
function unblurred(
  axis: TimeAxis,
  rounds: readonly NumberedRound[],
): (NumberedRound & { readonly lastNumber: number })[] {
  const shortNs = (BLURRED_CSS / axis.widthCss) * (axis.toNs - axis.fromNs);
  const isShort = (place: number): boolean => {
    const [round, next] = [rounds[place], rounds[place + 1]];
    return round !== undefined && next !== undefined && next.startNs - round.startNs < shortNs;
  };
  return rounds.flatMap(({ number, lastNumber = number, startNs }, place) => {
    if (rounds.length <= MOST_MARKED) return [{ number, lastNumber, startNs }];
    if (place > 0 && isShort(place - 1)) return [];
    let last = place;
    while (isShort(last)) last++;
    const end = rounds[last]!;
    return [{ number, lastNumber: end.lastNumber ?? end.number, startNs }];
  });
}

function roundText(ticks: readonly NumberedTick[], first: number, last: number): string {
  const [from, to] = [ticks[first]!.number, ticks[last]!.lastNumber].map(withThousands);
  if (from === to) return `round ${from}`;
  // The first name says what they are.
  return first === 0 ? `rounds ${from}–${to}` : `${from}–${to}`;
}

function hasRoom(
  endCss: number,
  ticks: readonly NumberedTick[],
  first: number,
  last: number,
  textScale: number,
): boolean {
  const { x } = ticks[first]!;
  const width = textWidth(roundText(ticks, first, last), textScale) + 8;
  return x + width <= Math.min(endCss, ticks[last + 1]?.x ?? endCss);
}
