import { describe, expect, it } from 'vitest';
import { isLit, litSegment } from '../../../src/charts/lit.ts';
import { phaseScale } from '../../../src/charts/phaseScale.ts';
import { migrationOf } from '../../support/chartRows.ts';

const { segments } = phaseScale(migrationOf(), 0, 'equal', 960);
const names = (fromS: number, toS: number): string[] => {
  const lit = [{ fromNs: fromS * 1e9, toNs: toS * 1e9, momentNs: null }];
  return segments.filter((segment) => isLit(segment, lit)).map(({ label }) => label);
};

// Setup 1.2 s; three rounds that end at 11.2, 16.2 and 18.2 s.
describe('what is lit', () => {
  it('is the segment in which an event happens, at a border the one that begins', () => {
    expect(names(5, 5)).toEqual(['Round 1']);
    expect(names(11.2, 11.2)).toEqual(['Round 2']);
    expect(names(99, 99)).toEqual([]);
  });

  it('is a phase, and no neighbour of it', () => {
    expect(names(11.2, 16.2)).toEqual(['Round 2']);
    // Part of the blackout is the blackout.
    expect(names(18.3, 18.35)).toEqual(['Blackout']);
  });

  it('is every phase of several', () => {
    const rounds = [segments[1]!, segments[3]!].map(litSegment);
    const lit = segments.filter((segment) => isLit(segment, rounds));
    expect(lit.map(({ label }) => label)).toEqual(['Round 1', 'Round 3']);
  });

  it('is a segment that lights itself', () => {
    const round = segments[2]!;
    expect(segments.filter((segment) => isLit(segment, [litSegment(round)]))).toEqual([round]);
    expect(isLit(round, [])).toBe(false);
  });
});
