/**
 * Every client of a lane in a row of its own. A tick is an answer, a hollow circle a transmission without one, a cross a
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
  readonly pitchCss: number;
  readonly heightCss: number;
  /** Middle of each row. */
  readonly middles: readonly number[];
  /** Each group of clients: from its first to its last row. */
  readonly groups: readonly {
    readonly group: number;
    readonly top: number;
    readonly heightCss: number;
  }[];
}

/** Room that all rows together may take; a row is as high as that allows, within limits. */
const ROWS_CSS = 150;
const LEAST_PITCH_CSS = 5;
const MOST_PITCH_CSS = 10;
const BETWEEN_GROUPS_CSS = 10;

/** Ticks of answers nearer than this could not be told apart. */
const LEAST_TICK_CSS = 4;

export function trailRows(trails: readonly Pick<ClientTrail, 'group'>[]): TrailRows {
  const pitchCss = Math.min(
    MOST_PITCH_CSS,
    Math.max(LEAST_PITCH_CSS, ROWS_CSS / Math.max(1, trails.length)),
  );
  const middles: number[] = [];
  const groups: { group: number; top: number; heightCss: number }[] = [];
  let y = 0;
  for (const { group } of trails) {
    const last = groups.at(-1);
    if (last?.group === group) last.heightCss += pitchCss;
    else {
      if (last !== undefined) y += BETWEEN_GROUPS_CSS;
      groups.push({ group, top: y, heightCss: pitchCss });
    }
    middles.push(y + pitchCss / 2);
    y += pitchCss;
  }
  return { pitchCss, heightCss: y, middles, groups };
}

export function trailPaths(
  axis: TimeAxis,
  trails: readonly ClientTrail[],
  { pitchCss, middles }: Pick<TrailRows, 'pitchCss' | 'middles'>,
): TrailPaths {
  const size = Math.max(1.8, Math.min(3.2, pitchCss / 2 - 0.6));
  const drawn = trails.map((trail, row) => drawTrail(axis, trail, middles[row]!, size));
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

function drawTrail(axis: TimeAxis, trail: ClientTrail, y: number, size: number): TrailPaths {
  const paths = { ...noPaths, answered: answeredTicks(axis, trail, y, size) };
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
