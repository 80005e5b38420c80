/** What the painters of both links share: how far their squares have come, and the row that is being sent. */
import { cellCountOf } from '../../../charts/mapCells.ts';
import { layoutMap, rowOfPageCss } from '../../../charts/mapLayout.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';

/** Speed of the squares on the screen while simulated time moves. Chosen so that the eye can follow one. */
const SQUARE_CSS_PER_S = 60;
/** Longest step of an animation: after a hidden tab the squares do not jump. */
const LONGEST_STEP_S = 0.05;

type Summary = FrameMessage['summary'];

export class LinkTravel {
  readonly #reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
  #travelledCss = 0;
  #shownNs = -1;
  #shownAt = 0;
  #rowShare = 0.5;

  get travelledCss(): number {
    return this.#travelledCss;
  }

  /** Of the map's height: the row being sent; stays where it was while nothing is sent. */
  get rowShare(): number {
    return this.#rowShare;
  }

  /** The squares go on only while simulated time does. */
  advance(summary: Summary, nowMs: number): void {
    const { playing, timeNs, migration } = summary;
    const seconds = Math.min(LONGEST_STEP_S, (nowMs - this.#shownAt) / 1000);
    const moves = playing && timeNs !== this.#shownNs && !this.#reducedMotion.matches;
    if (moves) this.#travelledCss += seconds * SQUARE_CSS_PER_S;
    this.#shownNs = timeNs;
    this.#shownAt = nowMs;
    const page = migration?.sendingPage ?? -1;
    if (page >= 0) this.#rowShare = rowShareOf(summary, page);
  }
}

/** Height of the row that holds `page`, of the map's height. */
function rowShareOf(summary: Summary, page: number): number {
  const cellCount = cellCountOf(summary);
  const unit = { cellCount, availableWidthCss: 128, devicePixelRatio: 1, maxCellCss: 1 };
  const layout = layoutMap(unit);
  return rowOfPageCss(layout, page, summary.pagesPerCell) / layout.heightCss;
}

/** The stage elements of the two maps, source first; fewer while they are not there. */
export function mapsBeside(root: Element): Element[] {
  const within = root.closest('[data-migration-stage]') ?? document;
  return ['source', 'target'].flatMap((side) => {
    const map = within.querySelector(`[data-map-stage="${side}"]`);
    return map === null ? [] : [map];
  });
}
