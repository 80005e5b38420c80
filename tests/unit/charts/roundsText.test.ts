import { describe, expect, it } from 'vitest';
import { phaseScale } from '../../../src/charts/phaseScale.ts';
import { momentText, roundsSummary, roundsTable } from '../../../src/charts/roundsText.ts';
import { migrationOf } from '../../support/chartRows.ts';

const NS_PER_S = 1_000_000_000;
const nowNs = 13.7 * NS_PER_S;
const scale = phaseScale(migrationOf(), nowNs, 'equal', 960);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('roundsSummary', () => {
  it('tells what was sent and changed, up to now', () => {
    expect(plain(roundsSummary(scale, nowNs, 4096))).toBe(
      'Round 1 sent 1,000,000 pages, 100,000 changed meanwhile. ' +
        'Round 2 sends 100,000 pages, 50% of its time is over. ' +
        'Rounds stop at 4,096 pages (16 MB).',
    );
  });

  it('says so when no round has begun', () => {
    const early = phaseScale(migrationOf(), 0, 'equal', 960);
    expect(roundsSummary(early, 0, null)).toBe('No round has begun.');
  });
});

describe('roundsTable', () => {
  it('has numbers for what is over and none for what is to come', () => {
    const rows = roundsTable(scale, nowNs).map((row) => Object.values(row).map(plain).join(' | '));
    expect(rows).toEqual([
      'Setup | 1.2 s | – | –',
      'Round 1 | 10.0 s | 1,000,000 | 100,000',
      'Round 2 | 2.5 s | of 100,000 | under way',
      'Round 3 | to come | to come | to come',
      'Blackout | to come | to come | to come',
      'Cleanup | to come | to come | to come',
    ]);
  });
});

describe('momentText', () => {
  it('names the phase, its part and the time', () => {
    expect(plain(momentText(scale, nowNs, 0))).toBe('Round 2, 50%, 13.7 s');
    expect(plain(momentText(scale, 18.3 * NS_PER_S, 0))).toBe('Blackout, 50%, 18.3 s');
  });

  it('counts from the moment it is given, and stays inside the migration', () => {
    expect(plain(momentText(scale, nowNs, 10 * NS_PER_S))).toBe('Round 2, 50%, 3.7 s');
    expect(plain(momentText(scale, 99 * NS_PER_S, 0))).toBe('Cleanup, 100%, 19.4 s');
  });

  it('says how a migration was cut off', () => {
    const failed = phaseScale(migrationOf({ outcome: 'failed' }), 0, 'equal', 960);
    expect(plain(momentText(failed, 19.4 * NS_PER_S, 0))).toBe('Failed, 19.4 s');
  });
});
