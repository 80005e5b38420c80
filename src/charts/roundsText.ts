/** The rounds chart and the timeline in words and as table rows, for whoever does not see the drawing. */
import { memoryText, pagesText, secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB } from '../base/units.ts';
import { segmentAt, type PhaseScale, type Segment } from './phaseScale.ts';
import { copyPhaseOf } from './roundsChart.ts';

export interface RoundsTableRow {
  readonly name: string;
  readonly seconds: string;
  readonly sent: string;
  readonly changed: string;
}

const NOT_YET = 'to come';
const NONE = '–';

/** One row a segment; what has not happened at the shown time has no numbers. */
export function roundsTable(scale: PhaseScale, nowNs: number): RoundsTableRow[] {
  return scale.segments
    .filter(({ kind }) => kind !== 'cut' && kind !== 'run')
    .map((segment): RoundsTableRow => {
      const phase = copyPhaseOf(segment);
      const name = segment.label;
      if (segment.state === 'coming') {
        return { name, seconds: NOT_YET, sent: NOT_YET, changed: NOT_YET };
      }
      const seconds = lengthText(segment.startNs, Math.min(nowNs, segment.endNs));
      if (phase === undefined) return { name, seconds, sent: NONE, changed: NONE };
      if (segment.state === 'current') {
        const sent = `of ${withThousands(phase.pagesToSend)}`;
        return { name, seconds, sent, changed: 'under way' };
      }
      const changed = segment.kind === 'round' ? withThousands(phase.pagesDirtied) : NONE;
      return { name, seconds, sent: withThousands(phase.pagesSent), changed };
    });
}

/** The chart in a few sentences. */
export function roundsSummary(
  scale: PhaseScale,
  nowNs: number,
  thresholdPages: number | null,
): string {
  const sentences = scale.segments.flatMap((segment) => {
    const sentence = segmentSentence(segment, nowNs);
    return sentence === null ? [] : [sentence];
  });
  if (sentences.length === 0) sentences.push('No round has begun.');
  if (thresholdPages !== null) sentences.push(`Rounds ${thresholdText(thresholdPages)}.`);
  return sentences.join(' ');
}

function segmentSentence(segment: Segment, nowNs: number): string | null {
  const phase = copyPhaseOf(segment);
  if (phase === undefined || segment.state === 'coming') return null;
  const { label } = segment;
  if (segment.state === 'current') {
    const percent = percentIn(segment, nowNs);
    return `${label} sends ${pagesText(phase.pagesToSend)}, ${percent}% of its time is over.`;
  }
  const changed =
    segment.kind === 'round' ? `, ${withThousands(phase.pagesDirtied)} changed meanwhile` : '';
  return `${label} sent ${pagesText(phase.pagesSent)}${changed}.`;
}

/** "stop at 4,096 pages (16 MB)". */
export function thresholdText(pages: number): string {
  return `stop at ${pagesText(pages)} (${memoryText(pages / PAGES_PER_MIB)})`;
}

/** "Round 3, 52%, 45.3 s": where the timeline stands. */
export function momentText(scale: PhaseScale, nowNs: number, zeroNs: number): string {
  const ns = Math.max(scale.startNs, Math.min(nowNs, scale.endNs));
  const segment = segmentAt(scale, ns);
  const time = lengthText(zeroNs, ns);
  if (segment.label === '') return time;
  if (segment.kind === 'cut') return `${segment.label}, ${time}`;
  return `${segment.label}, ${percentIn(segment, ns)}%, ${time}`;
}

export function lengthText(startNs: number, endNs: number): string {
  return secondsText((endNs - startNs) / NS_PER_S);
}

function percentIn({ startNs, endNs }: Segment, ns: number): number {
  if (endNs <= startNs) return 100;
  return Math.round((100 * Math.max(0, Math.min(ns, endNs) - startNs)) / (endNs - startNs));
}
