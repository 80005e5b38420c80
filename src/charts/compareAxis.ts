/** The one time axis of all lanes of the Compare screen, and of the magnifier: times as distances from the left in CSS pixels. */
import { scaleLinear } from 'd3';

export interface TimeAxis {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthCss: number;
}

export interface AxisTick {
  readonly x: number;
  /** '' of a tick between two with names. */
  readonly text: string;
}

const NS_PER_S = 1_000_000_000;

/** Shown before the command and after the end, as a part of the run: how it was, and that nothing more comes. */
const BEFORE = 0.045;
const AFTER = 0.03;

/** Room that a name with its distance to the next takes. */
const TICK_CSS = 120;
/** More are not read. */
const MOST_TICKS = 5;
const PARTS_OF_TICK = 5;

/** From shortly before 0 to shortly after `endNs`. */
export function compareAxis(endNs: number, widthCss: number): TimeAxis {
  const lengthNs = Math.max(endNs, NS_PER_S);
  return { fromNs: -BEFORE * lengthNs, toNs: (1 + AFTER) * lengthNs, widthCss };
}

export function xOf({ fromNs, toNs, widthCss }: TimeAxis, ns: number): number {
  return (widthCss * (ns - fromNs)) / (toNs - fromNs);
}

/** Times outside stand at the nearest end. */
export function xInside(axis: TimeAxis, ns: number): number {
  return Math.min(axis.widthCss, Math.max(0, xOf(axis, ns)));
}

export function nsAt({ fromNs, toNs, widthCss }: TimeAxis, x: number): number {
  return fromNs + ((toNs - fromNs) * x) / Math.max(1, widthCss);
}

export function axisTicks(axis: TimeAxis, textScale: number): AxisTick[] {
  const scale = scaleLinear([axis.fromNs / NS_PER_S, axis.toNs / NS_PER_S], [0, axis.widthCss]);
  const count = Math.min(MOST_TICKS, Math.max(2, Math.floor(axis.widthCss / TICK_CSS / textScale)));
  const named = scale.ticks(count);
  const format = scale.tickFormat(count);
  const [first = 0, second = first + 1] = named;
  const between = (second - first) / PARTS_OF_TICK;
  const all = named.flatMap((at, place) => {
    const next = place === named.length - 1 ? at : (named[place + 1] ?? at);
    const steps = Math.max(0, Math.round((next - at) / between) - 1);
    const inner = Array.from({ length: steps }, (_, step) => at + (step + 1) * between);
    return [
      { seconds: at, text: `${format(at)}\u00a0s` },
      ...inner.map((seconds) => ({ seconds, text: '' })),
    ];
  });
  return all
    .filter(({ seconds }) => seconds >= 0)
    .map(({ seconds, text }) => ({ x: scale(seconds), text }));
}
