import { describe, expect, it } from 'vitest';
import {
  isStretch,
  logEntries,
  stretchText,
  type LogEntry,
  type LogLine,
} from '../../../src/state/logEntries.ts';
import { longMigrationOf, migrationOf } from '../../support/chartRows.ts';

const NS_PER_S = 1_000_000_000;
const nothing: ReadonlySet<string> = new Set();

/** Set-up, then a line for each round, then what follows. */
function linesOf(rounds: number, vms = 1): LogLine[] {
  const row = (kind: LogLine['event']['kind'], second: number, vm = 0): LogLine['event'] => {
    return { atNs: second * NS_PER_S, kind, vm, text: '' };
  };
  const events = [
    row('setup-started', 0),
    ...Array.from({ length: rounds }, (_, i) => row('round-started', i, i % vms)),
    row('vm-paused', rounds),
  ];
  return events.map((event, place) => ({ event, place }));
}

/** Places of lines; of a stretch those of its first and its last line. */
const shown = (entries: readonly LogEntry[]): string[] =>
  entries.flatMap((entry) =>
    isStretch(entry)
      ? [`${entry.lines[0]!.place}–${entry.lines.at(-1)!.place}`, ...shown(entry.parts)]
      : [String(entry.place)],
  );

describe('the log', () => {
  it('writes up to 40 rounds out', () => {
    const lines = linesOf(40);
    expect(logEntries(lines, undefined, nothing)).toEqual(lines);
  });

  it('folds more of them, but for three at each end', () => {
    const entries = logEntries(linesOf(1000), undefined, nothing);
    expect(shown(entries)).toEqual(['0', '1', '2', '3', '4–997', '998', '999', '1000', '1001']);
  });

  it('keeps the line at the shown moment out of the fold', () => {
    const lines = linesOf(1000);
    const inside = logEntries(lines, 500, nothing);
    expect(shown(inside).slice(4, 7)).toEqual(['4–499', '500', '501–997']);
    expect(shown(logEntries(lines, 4, nothing)).slice(3, 6)).toEqual(['3', '4', '5–997']);
    expect(shown(logEntries(lines, 5, nothing)).slice(3, 7)).toEqual(['3', '4', '5', '6–997']);
  });

  it('is unfolded by parts of a hundred, and those by lines', () => {
    const lines = linesOf(1000);
    const open = new Set<string>();
    const unfold = (label: string): string[] => {
      const all = (entries: readonly LogEntry[]): LogEntry[] =>
        entries.flatMap((entry) => (isStretch(entry) ? [entry, ...all(entry.parts)] : []));
      const found = all(logEntries(lines, undefined, open)).find(
        (entry) => shown([entry])[0] === label,
      );
      if (found !== undefined && isStretch(found)) open.add(found.key);
      return shown(logEntries(lines, undefined, open));
    };
    expect(unfold('4–997').slice(4, 16)).toEqual([
      '4–997',
      '4–100',
      ...Array.from({ length: 8 }, (_, i) => `${i + 1}01–${i + 2}00`),
      '901–997',
      '998',
    ]);
    expect(unfold('901–997').slice(14, 17)).toEqual(['901–997', '901', '902']);
  });

  it('shows at most some hundred lines for each stretch that is unfolded', () => {
    const lines = linesOf(100_000);
    expect(logEntries(lines, 50_000, nothing).length).toBeLessThan(12);
    const [stretch] = logEntries(lines, undefined, nothing).filter(isStretch);
    const open = logEntries(lines, undefined, new Set([stretch!.key]));
    expect(shown(open).length).toBeLessThan(120);
  });

  it('keeps a stretch open while the run goes on', () => {
    const key = (rounds: number): string =>
      logEntries(linesOf(rounds), undefined, nothing).find(isStretch)!.key;
    expect(key(900)).toBe(key(950));
  });
});

describe('a folded stretch', () => {
  const textOf = (lines: LogLine[], migrations = [longMigrationOf(1000)]): string =>
    stretchText({ migrations }, logEntries(lines, undefined, nothing).find(isStretch)!);

  it('says which rounds they are, and what they sent', () => {
    expect(textOf(linesOf(1000))).toBe('Rounds 4 to 997: 10,000 pages each on average');
  });

  it('counts the rounds of several VMs', () => {
    const migrations = [longMigrationOf(500), migrationOf({ id: 1, vm: 1 })];
    expect(textOf(linesOf(1000, 2), migrations)).toBe('994 rounds of 2 VMs');
  });
});
