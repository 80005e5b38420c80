/**
 * The colours of the convergence map: each figure falls into one of at most six bands, from pale (little) to dark (much). Outages
 * have bands that grow threefold, and the last begins where an outage outlasts the last repeat of a client; total times and data have bands that
 * follow from the size of the VM: one copy of its memory over 1 Gbit/s, and its memory.
 */
import { memoryText, secondsText } from '../base/numberText.ts';
import { BYTES_PER_MB } from '../base/units.ts';
import type { ChartColour } from './theme.ts';

export type MapFigure = 'outage' | 'total' | 'data';

export interface Bands {
  /** Upper edges, rising, in seconds or MiB; what is above the last is in one more band. */
  readonly edges: readonly number[];
  readonly texts: readonly string[];
  /** One more than edges. */
  readonly colours: readonly ChartColour[];
}

const blues = ['map-1', 'map-2', 'map-3', 'map-4', 'map-5'] as const;

/** Seconds. 0.3 s is the time that pre-copy leaves for the last pages by default. */
const OUTAGE_EDGES = [0.3, 1, 3, 9] as const;

/** A narrower band would not be told from a line. */
const LEAST_BAND = 1.5;

/** Round lengths of time, in seconds: 10 s to 16 h. */
const ROUND_SECONDS = [
  10, 15, 30, 60, 120, 240, 480, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600,
] as const;

/** Of the time for one copy. Chosen so that the bands spread over 0.1 to 10 Gbit/s and up to eleven copies. */
const TOTAL_SHARES = [0.4, 1.6, 6.4, 25.6] as const;

/** Of the memory: a calm VM needs little more than one copy, ten rounds of everything eleven. */
const DATA_SHARES = [1.25, 2, 4, 8] as const;

/** 1 Gbit/s carries 117 MB/s. Source: facts A2. */
const GBIT_BYTES_PER_SECOND = 117 * BYTES_PER_MB;

export function bandsOf(figure: MapFigure, memoryMiB: number, lastRepeatSeconds: number): Bands {
  switch (figure) {
    case 'outage': {
      const edges = [
        ...OUTAGE_EDGES.filter((edge) => edge * LEAST_BAND <= lastRepeatSeconds),
        lastRepeatSeconds,
      ];
      const texts = edges.map((edge, i) =>
        i === edges.length - 1 ? `${edge}\u00a0s` : String(edge),
      );
      return { edges, texts, colours: [...blues.slice(0, edges.length), 'lost'] };
    }
    case 'total': {
      const copySeconds = (memoryMiB * 1_048_576) / GBIT_BYTES_PER_SECOND;
      const edges = [...new Set(TOTAL_SHARES.map((share) => roundSeconds(share * copySeconds)))];
      return { edges, texts: edges.map(durationText), colours: blues.slice(0, edges.length + 1) };
    }
    case 'data': {
      const edges = DATA_SHARES.map((share) => share * memoryMiB);
      return { edges, texts: edges.map(memoryText), colours: blues };
    }
  }
}

/** Index of the band that holds `value`. */
export function bandOf({ edges }: Bands, value: number): number {
  let band = 0;
  while (band < edges.length && value > edges[band]!) band++;
  return band;
}

/** The nearest round length, by ratio. */
function roundSeconds(seconds: number): number {
  const off = (round: number): number => Math.abs(Math.log(round / seconds));
  return ROUND_SECONDS.reduce((best, round) => (off(round) < off(best) ? round : best));
}

/** "15 s", "4 min", "2 h". */
function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  return seconds < 3600 ? `${seconds / 60}\u00a0min` : `${seconds / 3600}\u00a0h`;
}

/** As the legend, the panels and the table say it: "0.18 s", "49.1 s", "5.1 GB". */
export function figureText(figure: MapFigure, value: number): string {
  return figure === 'data' ? memoryText(value) : secondsText(value);
}
