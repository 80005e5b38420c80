/**
 * The log in few lines: a long row of rounds is one line that can be unfolded, into parts of a hundred and the like where it
 * is very long. The first and the last of a row stay, and so does the one at the shown moment.
 */
import { pagesText, withThousands } from '../base/numberText.ts';
import type { EventRow, PhaseRow, RunInfo } from '../protocol/runInfo.ts';

export interface LogLine {
  readonly event: EventRow;
  /** In the log of the run. */
  readonly place: number;
}

export interface LogStretch {
  /** The same for as long as it begins with the same line: what is open stays open while the run goes on. */
  readonly key: string;
  /** In order of time. */
  readonly lines: readonly LogLine[];
  /** In order of time; empty while it is folded. */
  readonly parts: readonly LogEntry[];
}

export type LogEntry = LogLine | LogStretch;

/** A row of up to so many rounds is written out. */
const MOST_WRITTEN = 40;
/** Of a row that is folded, so many lines stay at each end. */
const ENDS = 3;
/** An unfolded stretch shows its lines, where they are not more than this. */
const MOST_UNFOLDED = 100;

/**
 * @param lines   In order of time.
 * @param current Place of the line at the shown moment, if there is one.
 * @param open    Keys of the stretches that are unfolded.
 */
export function logEntries(
  lines: readonly LogLine[],
  current: number | undefined,
  open: ReadonlySet<string>,
): LogEntry[] {
  return rowsOf(lines).flatMap((row): LogEntry[] => {
    if (row.length <= MOST_WRITTEN) return row;
    const inner = row.slice(ENDS, -ENDS);
    const fold: Fold = { open, from: row[0]!.place };
    const place = inner.findIndex((line) => line.place === current);
    const parts =
      place < 0
        ? folded(inner, fold)
        : [
            ...folded(inner.slice(0, place), fold),
            inner[place]!,
            ...folded(inner.slice(place + 1), fold),
          ];
    return [...row.slice(0, ENDS), ...parts, ...row.slice(-ENDS)];
  });
}

/** Rounds that follow each other, of whatever VM; every other line is a row of its own. */
function rowsOf(lines: readonly LogLine[]): LogLine[][] {
  const rows: LogLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    if (row !== undefined && isRound(row[0]!) && isRound(line)) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

/** "Rounds 4 to 980: 2,923 pages each on average"; "900 rounds of 2 VMs". */
export function stretchText(
  { migrations }: Pick<RunInfo, 'migrations'>,
  { lines }: LogStretch,
): string {
  const vms = new Set(lines.map(({ event }) => event.vm));
  const [fromNs, toNs] = [lines[0]!.event.atNs, lines.at(-1)!.event.atNs];
  const rounds = migrations
    .filter(({ vm }) => vms.has(vm))
    .flatMap(({ phases }) => phases)
    .filter(({ name, startNs }) => name === 'round' && fromNs <= startNs && startNs <= toNs);
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (vms.size > 1 || first === undefined || last === undefined) {
    return `${withThousands(lines.length)} rounds of ${vms.size} VMs`;
  }
  const pages = rounds.reduce((sum, { pagesSent }) => sum + pagesSent, 0);
  const count = rounds.reduce((sum, round) => sum + lastOf(round) - round.number + 1, 0);
  const each = pagesText(Math.round(pages / count));
  const numbers = [first.number, lastOf(last)].map(withThousands);
  return `Rounds ${numbers.join(' to ')}: ${each} each on average`;
}

/** Of a row that rounds share, the number of the last. */
function lastOf({ number, lastNumber = number }: PhaseRow): number {
  return lastNumber;
}

function isRound({ event }: LogLine): boolean {
  return event.kind === 'round-started';
}

interface Fold {
  readonly open: ReadonlySet<string>;
  /** Place of the first line of the row: parts end at its hundredth line and the like. */
  readonly from: number;
}

function folded(lines: readonly LogLine[], fold: Fold): LogEntry[] {
  const [first, another] = lines;
  if (first === undefined || another === undefined) return [...lines];
  const size = partSize(lines.length);
  const key = `${first.place} by ${size}`;
  if (!fold.open.has(key)) return [{ key, lines, parts: [] }];
  const parts =
    size === 1 ? lines : partsOf(lines, fold.from, size).flatMap((part) => folded(part, fold));
  return [{ key, lines, parts }];
}

/** Lines in each part of an unfolded stretch: 1, or the power of ten that gives ten parts or so. */
function partSize(count: number): number {
  if (count <= MOST_UNFOLDED) return 1;
  let size = MOST_UNFOLDED;
  while (size * 10 < count) size *= 10;
  return size;
}

function partsOf(lines: readonly LogLine[], from: number, size: number): LogLine[][] {
  const partOf = ({ place }: LogLine): number => Math.floor((place - from) / size);
  const parts: LogLine[][] = [];
  for (const line of lines) {
    const part = parts.at(-1);
    if (part !== undefined && partOf(part[0]!) === partOf(line)) part.push(line);
    else parts.push([line]);
  }
  return parts;
}

export function isStretch(entry: LogEntry): entry is LogStretch {
  return 'parts' in entry;
}
