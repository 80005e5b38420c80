/**
 * Every client of a lane in a row of its own: thin rows that make a band of each group, or rows that can be followed. A tick is an answer, a hollow circle a transmission without one, a cross a
 * lost connection, an arrow a new one; a dotted line joins what belongs to one trouble. What is about a lost connection
 * has its colour. As in the client strips of the Lab.
 */
import type { ClientTrail } from '../protocol/outline.ts';
import { nsAt, xOf, type TimeAxis } from './compareAxis.ts';

/** Paths, so that a lane of a thousand marks is a handful of shapes. */
export interface TrailPaths {
  readonly answered: string;
  readonly late: string;
  readonly asked: string;
  readonly askedInVain: string;
  readonly lost: string;
  readonly reconnected: string;
  readonly waits: string;
  readonly waitsInVain: string;
}

export interface TrailRows {
  readonly heightCss: number;
  readonly groups: readonly TrailGroup[];
}

/** The clients of one group: folded into a dense band, or a row each that can be followed. */
export interface TrailGroup extends RowPlaces {
  readonly group: number;
  readonly isFolded: boolean;
  /** Place of the first of its trails among all. */
  readonly first: number;
  readonly top: number;
  readonly heightCss: number;
}

export interface RowPlaces {
  readonly pitchCss: number;
  /** Middle of each row. */
  readonly middles: readonly number[];
}

/** A row that can be followed by eye. */
const UNFOLDED_PITCH_CSS = 10;
/** Of a folded row; below the least, marks of neighbours would cover each other. */
const LEAST_PITCH_CSS = 1.6;
const MOST_PITCH_CSS = 5;
const BETWEEN_GROUPS_CSS = 4;
/** Room for the name of a group. */
const LEAST_GROUP_CSS = 17;

/** Ticks of answers nearer than this could not be told apart. */
const LEAST_TICK_CSS = 4;

/** @param roomCss  That all groups may take while they are folded, as far as they stay readable. */
export function trailRows(
  trails: readonly Pick<ClientTrail, 'group'>[],
  roomCss: number,
  unfolded: ReadonlySet<number>,
): TrailRows {
  const counts = countGroups(trails);
  const folded = foldedPitch([...counts.values()], roomCss);
  const groups: TrailGroup[] = [];
  let first = 0;
  let top = 0;
  for (const [group, count] of counts) {
    const isFolded = !unfolded.has(group);
    // Few clients fill the room that their name takes.
    const band = Math.max(Math.min(MOST_PITCH_CSS, folded), LEAST_GROUP_CSS / count);
    const pitchCss = isFolded ? Math.min(band, UNFOLDED_PITCH_CSS) : UNFOLDED_PITCH_CSS;
    const heightCss = Math.max(LEAST_GROUP_CSS, count * pitchCss);
    const firstCss = top + (heightCss - (count - 1) * pitchCss) / 2;
    const middles = Array.from({ length: count }, (_, row) => firstCss + row * pitchCss);
    groups.push({ group, isFolded, first, top, heightCss, pitchCss, middles });
    first += count;
    top += heightCss + BETWEEN_GROUPS_CSS;
  }
  return { heightCss: Math.max(0, top - BETWEEN_GROUPS_CSS), groups };
}

/** Clients of each group, in the order of the groups. */
function countGroups(trails: readonly Pick<ClientTrail, 'group'>[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { group } of trails) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

/** So that all groups fill the room: those that are as high as their name leave the rest to the others. */
function foldedPitch(counts: readonly number[], roomCss: number): number {
  const rowsCss = roomCss - BETWEEN_GROUPS_CSS * (counts.length - 1);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const large = counts.filter((count) => (count * rowsCss) / all >= LEAST_GROUP_CSS);
  const ofLarge = large.reduce((sum, count) => sum + count, 0);
  const leftCss = rowsCss - LEAST_GROUP_CSS * (counts.length - large.length);
  return Math.max(LEAST_PITCH_CSS, leftCss / Math.max(1, ofLarge));
}

/** Whether a row for each client would show more than the band does. */
export function canUnfold({ isFolded, pitchCss, middles }: TrailGroup): boolean {
  return !isFolded || (middles.length > 1 && pitchCss < UNFOLDED_PITCH_CSS);
}

export function trailPaths(
  axis: TimeAxis,
  trails: readonly ClientTrail[],
  { pitchCss, middles }: RowPlaces,
): TrailPaths {
  const sizes = {
    // In a band the answers are no more than its ground; what is no answer stands out of its row.
    answer: Math.max(0.6, Math.min(3.2, pitchCss / 2 - 0.4)),
    mark: Math.max(1.9, Math.min(3.2, pitchCss / 2 - 0.6)),
  };
  const drawn = trails.map((trail, row) => drawTrail(axis, trail, middles[row]!, sizes));
  const join = (part: keyof TrailPaths): string => drawn.map((paths) => paths[part]).join('');
  return {
    answered: join('answered'),
    late: join('late'),
    asked: join('asked'),
    askedInVain: join('askedInVain'),
    lost: join('lost'),
    reconnected: join('reconnected'),
    waits: join('waits'),
    waitsInVain: join('waitsInVain'),
  };
}

interface MarkSizes {
  readonly answer: number;
  readonly mark: number;
}

function drawTrail(axis: TimeAxis, trail: ClientTrail, y: number, sizes: MarkSizes): TrailPaths {
  const size = sizes.mark;
  const paths = { ...noPaths, answered: answeredTicks(axis, trail, y, sizes.answer) };
  for (const trouble of trail.troubles) {
    const marks = trail.marks.filter(({ ns }) => ns >= trouble.fromNs && ns <= trouble.toNs);
    const inVain = marks.some(({ kind }) => kind === 'lost');
    const [asked, waits] = inVain
      ? (['askedInVain', 'waitsInVain'] as const)
      : (['asked', 'waits'] as const);
    let circleX = -Infinity;
    for (const { ns, kind } of marks) {
      const x = xOf(axis, ns);
      if (x < -size || x > axis.widthCss + size) continue;
      if (kind === 'unanswered') {
        // Circles that would overlap by more than a third run into one bar.
        if (x < circleX + 1.3 * size) continue;
        circleX = x;
        paths[asked] += markPath('asked', x, y, size);
      } else if (kind !== 'answered') paths[kind] += markPath(kind, x, y, size);
    }
    paths[waits] += wait(axis, trouble.fromNs, trouble.toNs, y);
  }
  return paths;
}

const noPaths: TrailPaths = {
  answered: '',
  late: '',
  asked: '',
  askedInVain: '',
  lost: '',
  reconnected: '',
  waits: '',
  waitsInVain: '',
};

/** Of clients that ask very often only as many as can be told apart. */
function answeredTicks(
  axis: TimeAxis,
  { firstNs, everyNs, troubles }: ClientTrail,
  y: number,
  size: number,
): string {
  const stepCss = xOf(axis, everyNs) - xOf(axis, 0);
  const every = Math.max(1, Math.ceil(LEAST_TICK_CSS / stepCss));
  const stepNs = everyNs * every;
  let path = '';
  const first = Math.ceil((nsAt(axis, 0) - firstNs) / stepNs);
  for (let k = first; ; k++) {
    const ns = firstNs + k * stepNs;
    if (ns > axis.toNs) return path;
    if (troubles.some(({ fromNs, toNs }) => ns >= fromNs && ns < toNs)) continue;
    path += markPath('answered', xOf(axis, ns), y, size);
  }
}

function wait(axis: TimeAxis, fromNs: number, toNs: number, y: number): string {
  const from = Math.max(0, xOf(axis, fromNs));
  const to = Math.min(axis.widthCss, xOf(axis, toNs));
  return to > from ? `M${n(from)} ${n(y)}H${n(to)}` : '';
}

export type TrailMark = 'answered' | 'late' | 'asked' | 'lost' | 'reconnected';

/** @param size  Half of its height. */
export function markPath(mark: TrailMark, x: number, y: number, size: number): string {
  switch (mark) {
    case 'answered':
    case 'late':
      return `M${n(x)} ${n(y - size)}v${n(2 * size)}`;
    case 'asked':
      return `M${n(x - size)} ${n(y)}a${n(size)} ${n(size)} 0 1 0 ${n(2 * size)} 0a${n(size)} ${n(size)} 0 1 0 ${n(-2 * size)} 0`;
    case 'lost':
      return `M${n(x - size)} ${n(y - size)}l${n(2 * size)} ${n(2 * size)}m0 ${n(-2 * size)}l${n(-2 * size)} ${n(2 * size)}`;
    case 'reconnected':
      return `M${n(x)} ${n(y + size)}v${n(-2 * size)}m${n(-size)} ${n(size)}l${n(size)} ${n(-size)}l${n(size)} ${n(size)}`;
  }
}

function n(value: number): number {
  return Math.round(value * 10) / 10;
}
