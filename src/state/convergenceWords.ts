/** What the convergence map says: of the map, of one cell, and of the cell that is opened in the Lab. */
import { at } from '../base/assert.ts';
import { memoryText, pagesText, secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB } from '../base/units.ts';
import type { Scenario } from '../engine/scenario.ts';
import type { ConvergenceQuestion, FullCell } from '../protocol/convergenceMessages.ts';
import { scenarioAt, type ConvergencePoint } from '../scenario/convergenceCell.ts';
import type { ConvergenceState, ShownFigure } from './convergenceStore.ts';
import { cellCount } from './convergenceStore.ts';
import { MBPS_PER_GBIT } from './edits.ts';
import { kindNames } from './names.ts';

export const figureNames: Readonly<Record<ShownFigure, string>> = {
  outage: 'Outage',
  total: 'Total time',
  data: 'Data moved',
};

/** Figures of one cell, from a run with all pages or, until that is there, from the grid. */
export type CellFigures = Pick<
  FullCell,
  'outageNs' | 'totalNs' | 'bytesSent' | 'rounds' | 'pagesLeft' | 'stopReason'
>;

export function pointOf({ columns, rows }: ConvergenceQuestion, cell: number): ConvergencePoint {
  return {
    pagesPerSecond: at(columns, cell % columns.length),
    migrationMBps: at(rows, Math.floor(cell / columns.length)),
  };
}

export function rateText(pagesPerSecond: number): string {
  return `${withThousands(pagesPerSecond)}\u00a0pages/s`;
}

/** "1 Gbit/s", "0.46 Gbit/s". */
export function networkText(migrationMBps: number): string {
  const gbit = migrationMBps / MBPS_PER_GBIT;
  const rounded = gbit < 10 ? Math.round(gbit * 100) / 100 : Math.round(gbit * 10) / 10;
  return `${rounded}\u00a0Gbit/s`;
}

/** "3.9 s", "5.1 GB". */
export function shownText(figure: ShownFigure, figures: CellFigures): string {
  switch (figure) {
    case 'outage':
      return secondsText(figures.outageNs / NS_PER_S);
    case 'total':
      return secondsText(figures.totalNs / NS_PER_S);
    case 'data':
      return memoryText(figures.bytesSent / 1_048_576);
  }
}

/** "6 of at most 10", "10, the limit", "3". */
export function roundsText({ scenario }: ConvergenceQuestion, figures: CellFigures): string {
  const { maxRounds } = scenario.liveMigration;
  if (figures.stopReason === 'round-limit') return `${figures.rounds}, the limit`;
  return maxRounds === null ? String(figures.rounds) : `${figures.rounds} of at most ${maxRounds}`;
}

/** "0 of 24", of all TCP clients together; null where the VM has none. */
export function lostText({ clients }: FullCell): string | null {
  const tcp = clients.filter(({ kind }) => kind !== 'ping');
  if (tcp.length === 0) return null;
  const sum = (pick: 'count' | 'lost'): number => tcp.reduce((all, group) => all + group[pick], 0);
  return `${sum('lost')} of ${sum('count')}`;
}

/** What a screen reader hears of a cell. */
export function cellSentence(
  question: ConvergenceQuestion,
  cell: number,
  figures: CellFigures | null,
): string {
  const { pagesPerSecond, migrationMBps } = pointOf(question, cell);
  const where = `${rateText(pagesPerSecond)} at ${networkText(migrationMBps)}`;
  if (figures === null) return `${where}: not run yet.`;
  const { pagesLeft, stopReason, rounds } = figures;
  const why =
    stopReason === 'round-limit'
      ? `after ${rounds} rounds, the limit, with ${pagesText(pagesLeft)} dirty`
      : `after ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, with ${pagesText(pagesLeft)} dirty`;
  return `${where}: outage ${shownText('outage', figures)}, ${why}; total time ${shownText('total', figures)}.`;
}

export function pageCount({ scenario, vm }: ConvergenceQuestion): number {
  return at(scenario.vms, vm).memoryMiB * PAGES_PER_MIB;
}

/** How far the map is, and with how many pages its cells were run. */
export function progressText(state: ConvergenceState): string {
  const { final, sketched, question, secondsLeft } = state;
  const all = cellCount(state);
  if (question === null || all === 0) return '';
  const pages = withThousands(pageCount(question));
  if (sketched < all) {
    return `${withThousands(sketched)} of ${withThousands(all)} cells are sketched with few pages.`;
  }
  if (final < all) {
    return `${withThousands(final)} of ${withThousands(all)} cells are within 2% of a run with all ${pages} pages. The others are being run again with more${leftText(secondsLeft)}.`;
  }
  return `All ${withThousands(all)} cells are run: with all ${pages} pages, or with fewer where that stays within 2%.`;
}

/** What the dashed line is. Rule CM5. */
export function contourText({ asked }: Pick<ConvergenceState, 'asked'>): string {
  if (asked === null || asked.refusal !== null) return '';
  const { kind, lastRepeatNs, isCounted } = asked.losses;
  const system = kindNames[kind];
  const last = secondsText(lastRepeatNs / NS_PER_S);
  return isCounted
    ? `Dashed line: beyond it the runs lose connections. A ${system} client sends its last repeat after ${last}.`
    : `Dashed line: outages over ${last}. The VM has no TCP clients; a ${system} client would lose its connection there.`;
}

/** The plate over the cells beyond that line. */
export function lossPlate({ asked }: Pick<ConvergenceState, 'asked'>): string {
  if (asked === null) return '';
  const system = kindNames[asked.losses.kind];
  return asked.losses.isCounted
    ? `${system} connections are lost`
    : `${system} connections would be lost`;
}

/** Why pre-copy stopped, in the cells that stopped in each way. Rules LM3 and LM4. */
export function regionTexts({ scenario }: ConvergenceQuestion): {
  readonly converges: string;
  readonly limited: string;
} {
  const { maxRounds, stopBelowMs } = scenario.liveMigration;
  const rounds = maxRounds === 1 ? '1\u00a0round' : `${maxRounds ?? 0}\u00a0rounds`;
  return {
    converges: `what is left takes at most ${secondsText(stopBelowMs / 1000)}`,
    limited: `after ${rounds} the VM stops`,
  };
}

/** The same for those who hear it: what begins, not each count. */
export function spokenProgress(state: ConvergenceState): string {
  const { final, sketched, question } = state;
  const all = cellCount(state);
  if (question === null || all === 0) return '';
  if (sketched < all) return `${withThousands(all)} cells are being sketched with few pages.`;
  return final < all
    ? 'All cells are sketched. They are being run again with more pages.'
    : progressText(state);
}

/** ": about 4 min left", nothing while that is not known. */
function leftText(seconds: number | null): string {
  if (seconds === null) return '';
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? ': less than a minute left' : `: about ${minutes}\u00a0min left`;
}

/** The point as a scenario for the Lab: ready for the live migration, and long enough for it. */
export function openedScenario(
  question: ConvergenceQuestion,
  cell: number,
  totalNs: number | null,
): Scenario {
  const { scenario, vm } = question;
  const point = pointOf(question, cell);
  const title = `${at(scenario.vms, vm).name} at ${rateText(point.pagesPerSecond)} and ${networkText(point.migrationMBps)}`;
  const opened = { ...scenarioAt(scenario, vm, point), title };
  if (totalNs === null) return opened;
  const neededMs = Math.ceil(totalNs / 1e6) + REST_MS;
  return { ...opened, untilMs: Math.max(scenario.untilMs, neededMs) };
}

/** For the clients to come to rest: twice the longest wait between two repeats of a TCP client (facts E1). */
const REST_MS = 240_000;
