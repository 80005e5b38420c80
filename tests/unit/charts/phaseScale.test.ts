import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseScale, runScale, segmentAt } from '../../../src/charts/phaseScale.ts';
import type { MigrationRow, PhaseRow } from '../../../src/protocol/runInfo.ts';
import { diskHandOver } from '../../../src/charts/phases.ts';
import { migrationOf, phaseOf, quickMigrationOf, roundOf } from '../../support/chartRows.ts';

const NS_PER_S = 1_000_000_000;
const names = (row: MigrationRow, nowS: number): string =>
  phaseScale(row, nowS * NS_PER_S, 'equal', 960)
    .segments.map(({ label }) => label)
    .join(', ');

describe('phaseScale', () => {
  it('merges the phases that a viewer takes for one', () => {
    expect(names(migrationOf(), 0)).toBe('Setup, Round 1, Round 2, Round 3, Blackout, Cleanup');
    const scale = phaseScale(migrationOf(), 0, 'equal', 960);
    const blackout = scale.segments.find(({ kind }) => kind === 'blackout')!;
    expect([blackout.startNs, blackout.endNs]).toEqual([18.2 * NS_PER_S, 18.4 * NS_PER_S]);
    expect(blackout.phases.map(({ name }) => name)).toEqual([
      'stop-and-copy',
      'device-state',
      'resuming',
    ]);
  });

  it('begins with the time in the queue', () => {
    const row = migrationOf({ requestedNs: -5 * NS_PER_S });
    expect(names(row, 0)).toMatch(/^Queued, Setup, /);
  });

  it('ends with a crossed segment when the migration failed or was cancelled', () => {
    expect(names(migrationOf({ outcome: 'failed' }), 0)).toMatch(/, Failed$/);
    const scale = phaseScale(migrationOf({ outcome: 'cancelled' }), 0, 'to-scale', 960);
    const last = scale.segments.at(-1)!;
    expect([last.kind, last.label]).toEqual(['cut', 'Cancelled']);
    expect(last.x1 - last.x0).toBe(80);
  });

  it('goes on to the end of the run where something happens after the move', () => {
    const endNs = 19.4 * NS_PER_S;
    const until = (ns: number) => phaseScale(migrationOf(), 0, 'equal', 960, { untilNs: ns });
    const last = until(60 * NS_PER_S).segments.at(-1)!;
    expect([last.label, last.startNs, last.endNs]).toEqual(['Afterwards', endNs, 60 * NS_PER_S]);
    expect(until(60 * NS_PER_S).nsOf(960)).toBe(60 * NS_PER_S);
    expect(until(endNs).segments.at(-1)!.label).toBe('Cleanup');
  });

  it('says what is done, current and to come', () => {
    const { segments } = phaseScale(migrationOf(), 12 * NS_PER_S, 'equal', 960);
    expect(segments.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'current',
      'coming',
      'coming',
      'coming',
    ]);
  });

  it('gives all rounds one width', () => {
    const { segments } = phaseScale(migrationOf(), 0, 'equal', 960);
    const widths = segments.filter(({ kind }) => kind === 'round').map(({ x0, x1 }) => x1 - x0);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(1e-9);
  });

  it('leaves the first round room for its word where the others show numbers', () => {
    const rounds = Array.from({ length: 6 }, (_, i) => roundOf(i + 1, i, i + 1, 10, 5));
    const { segments } = phaseScale(migrationOf({ phases: rounds }), 0, 'equal', 358);
    expect(segments[0]!.x1).toBe(72);
    expect(segments[1]!.x1 - segments[1]!.x0).toBeCloseTo((358 - 72) / 5);
  });

  it('gives what is no round as much more room as its text is larger', () => {
    const widthOf = (textScale: number): number => {
      const { segments } = phaseScale(migrationOf(), 0, 'equal', 1200, { textScale });
      const blackout = segments.find(({ kind }) => kind === 'blackout')!;
      return blackout.x1 - blackout.x0;
    };
    expect(widthOf(1.15)).toBeCloseTo(widthOf(1) * 1.15);
  });

  it('is simulated time itself in the mode to scale', () => {
    const scale = phaseScale(migrationOf(), 0, 'to-scale', 194);
    expect(scale.xOf(9.7 * NS_PER_S)).toBeCloseTo(97);
  });

  it('takes an unfinished phase for one that ends now', () => {
    const phases = [phaseOf('connecting', 0, 1), roundOf(1, 1, null, 100, 0)];
    const row = migrationOf({ phases, outcome: 'running', endedNs: null });
    const scale = phaseScale(row, 5 * NS_PER_S, 'equal', 960);
    expect(scale.endNs).toBe(5 * NS_PER_S);
    expect(scale.xOf(5 * NS_PER_S)).toBe(960);
  });

  it('hides what is to come behind one nameless segment', () => {
    const { segments } = phaseScale(migrationOf(), 12 * NS_PER_S, 'equal', 960, {
      hideComing: true,
    });
    expect(segments.map(({ label }) => label)).toEqual(['Setup', 'Round 1', 'Round 2', '']);
    expect(segments.at(-1)!.endNs).toBe(19.4 * NS_PER_S);
  });

  it('survives a migration that has not begun', () => {
    const row = migrationOf({ phases: [], startedNs: null, endedNs: null, outcome: 'queued' });
    expect(phaseScale(row, 0, 'equal', 960).segments).toHaveLength(1);
    expect(names(row, 3)).toBe('Queued');
  });

  it('puts a border into the segment that begins there', () => {
    const scale = phaseScale(migrationOf(), 0, 'equal', 960);
    expect(segmentAt(scale, 11.2 * NS_PER_S).label).toBe('Round 2');
  });
});

describe('phaseScale of a quick migration', () => {
  const saving = phaseOf('saving', 0, 10, { pagesToSend: 1000 });

  it('saves, moves the LUN and restores', () => {
    expect(names(quickMigrationOf(), 0)).toBe('Save, LUN moves, Restore');
  });

  it('waits where other VMs lie on the same LUN, and leaves out what takes no time', () => {
    const waiting = [saving, phaseOf('saved', 10, 15), phaseOf('disk-move', 15, 17)];
    expect(names(quickMigrationOf({ phases: waiting }), 0)).toBe('Save, Wait, LUN moves');
    const alone = [saving, phaseOf('saved', 10, 10), phaseOf('disk-move', 10, 12)];
    expect(names(quickMigrationOf({ phases: alone }), 0)).toBe('Save, LUN moves');
  });

  it('gives save and restore one width, whatever they take', () => {
    const phases = [saving, phaseOf('disk-move', 10, 13), phaseOf('restoring', 13, 93)];
    const { segments } = phaseScale(quickMigrationOf({ phases }), 0, 'equal', 960);
    const widths = segments.map(({ x0, x1 }) => Math.round(x1 - x0));
    expect(widths).toEqual([422, 116, 422]);
  });

  it('reaches up to now while nobody knows how long it waits', () => {
    const open = phaseOf('saved', 10, null, { plannedNs: Infinity });
    const row = quickMigrationOf({ phases: [saving, open], endedNs: null, outcome: 'running' });
    expect(phaseScale(row, 12 * NS_PER_S, 'to-scale', 960).endNs).toBe(12 * NS_PER_S);
    expect(phaseScale(row, 5 * NS_PER_S, 'to-scale', 960).endNs).toBe(10 * NS_PER_S);
  });

  it('ends with a crossed segment when it failed', () => {
    expect(names(quickMigrationOf({ outcome: 'failed', phases: [saving] }), 0)).toBe(
      'Save, Failed',
    );
  });
});

describe('the hand-over of the disk in a blackout', () => {
  const blackoutOf = (phases: readonly PhaseRow[]) =>
    phaseScale(migrationOf({ phases: [...phases] }), 0, 'equal', 2000).segments[0]!;
  const withDisk = [
    phaseOf('stop-and-copy', 10, 10.3),
    phaseOf('storage', 10.3, 13.3),
    phaseOf('resuming', 13.3, 13.4),
  ];

  it('is a part of the blackout', () => {
    const { kind, startNs, endNs } = blackoutOf(withDisk);
    expect([kind, startNs, endNs]).toEqual(['blackout', 10 * NS_PER_S, 13.4 * NS_PER_S]);
    expect(diskHandOver(blackoutOf(withDisk))).toEqual({
      fromNs: 10.3 * NS_PER_S,
      toNs: 13.3 * NS_PER_S,
    });
  });

  it('is none on a CSV, where it takes no time', () => {
    const { kind } = blackoutOf([phaseOf('storage', 10, 10)]);
    expect(kind).toBe('blackout');
    expect(diskHandOver(blackoutOf([phaseOf('storage', 10, 10)]))).toBeNull();
    expect(diskHandOver(blackoutOf([phaseOf('stop-and-copy', 10, 10.3)]))).toBeNull();
  });

  it('gets room to be named', () => {
    const round = roundOf(1, 0, 10, 100, 10);
    const widthWith = (phases: readonly PhaseRow[]): number => {
      const row = migrationOf({ phases: [round, ...phases] });
      const last = phaseScale(row, 0, 'equal', 2000).segments.at(-1)!;
      return last.x1 - last.x0;
    };
    expect(widthWith(withDisk)).toBeGreaterThan(widthWith([phaseOf('stop-and-copy', 10, 10.3)]));
  });
});

describe('runScale', () => {
  it('has nothing done and nothing to name while the run has no length', () => {
    expect(runScale(0, 0, 0, 900).segments).toMatchObject([{ state: 'coming', label: '' }]);
  });

  it('spreads a run without a migration over the whole width', () => {
    const scale = runScale(10, 110, 30, 200);
    expect([scale.xOf(60), scale.nsOf(100), scale.xOf(500), scale.nsOf(-5)]).toEqual([
      100, 60, 200, 10,
    ]);
  });
});

/** Setup, up to 45 rounds and perhaps the end, each phase from 1 ns to 100 s long. */
const anyRow = fc
  .record({
    lengths: fc.array(fc.integer({ min: 1, max: 100 * NS_PER_S }), { minLength: 2, maxLength: 48 }),
    switches: fc.boolean(),
    outcome: fc.constantFrom('completed' as const, 'failed' as const, 'cancelled' as const),
  })
  .map(({ lengths, switches, outcome }): MigrationRow => {
    const kinds = lengths.map((_, index): PhaseRow['name'] => {
      const left = lengths.length - index;
      if (index === 0) return 'connecting';
      if (switches && left === 1) return 'clean-up';
      return switches && left === 2 ? 'stop-and-copy' : 'round';
    });
    let startNs = 0;
    const phases = lengths.map((length, index): PhaseRow => {
      const phase = phaseOf(kinds[index]!, 0, 0, {
        number: index,
        startNs,
        endNs: startNs + length,
      });
      startNs += length;
      return phase;
    });
    return migrationOf({ phases, outcome, endedNs: startNs });
  });

const anyMode = fc.constantFrom('equal' as const, 'to-scale' as const);

describe('phaseScale, for any migration', () => {
  it('never falls, and reaches from 0 to the width', () => {
    fc.assert(
      fc.property(anyRow, anyMode, fc.integer({ min: 100, max: 2000 }), (row, mode, width) => {
        const scale = phaseScale(row, 0, mode, width);
        expect(scale.segments[0]!.x0).toBe(0);
        expect(scale.segments.at(-1)!.x1).toBeCloseTo(width, 6);
        const steps = 200;
        let before = -Infinity;
        for (let step = 0; step <= steps; step++) {
          const x = scale.xOf(scale.startNs + ((scale.endNs - scale.startNs) * step) / steps);
          expect(x).toBeGreaterThanOrEqual(before);
          before = x;
        }
      }),
    );
  });

  it('leads from a time to its place and back', () => {
    fc.assert(
      fc.property(
        anyRow,
        anyMode,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (row, mode, share) => {
          const scale = phaseScale(row, 0, mode, 960);
          const ns = Math.round(scale.endNs * share);
          const { startNs, endNs, x0, x1 } = segmentAt(scale, ns);
          // One rounding of x, in nanoseconds: a thousandth of a pixel is far less than anyone can point at.
          const tolerance = 1 + (0.001 * (endNs - startNs)) / Math.max(1e-9, x1 - x0);
          expect(Math.abs(scale.nsOf(scale.xOf(ns)) - ns)).toBeLessThanOrEqual(tolerance);
        },
      ),
    );
  });
});
