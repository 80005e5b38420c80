import { describe, expect, it } from 'vitest';
import { phaseScale } from '../../../src/charts/phaseScale.ts';
import {
  momentText,
  nothingSentText,
  roundsSummary,
  roundsTable,
} from '../../../src/charts/roundsText.ts';
import { migrationOf, phaseOf, quickMigrationOf } from '../../support/chartRows.ts';

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
      'Setup | 0.00 | 1.2 | – | –',
      'Round 1 | 1.2 | 10.0 | 1,000,000 | 100,000',
      'Round 2 | 11.2 | 2.5 | of 100,000 | under way',
      'Round 3 | to come | to come | to come | to come',
      'Blackout | to come | to come | to come | to come',
      'Cleanup | to come | to come | to come | to come',
    ]);
  });
});

describe('a quick migration in words', () => {
  const at = (seconds: number): string => {
    const ns = seconds * NS_PER_S;
    return plain(roundsSummary(phaseScale(quickMigrationOf(), ns, 'equal', 960), ns, null));
  };

  it('tells what was saved and read back, up to now', () => {
    expect(at(4)).toBe('1,000,000 pages are being saved to the volume, 25% of the time is over.');
    expect(at(26)).toBe(
      '1,000,000 pages were saved to the volume in 16.0 s. ' +
        '1,000,000 pages are being read back, 50% of the time is over.',
    );
  });

  it('says so when nothing has been saved', () => {
    const early = quickMigrationOf({ requestedNs: -1 });
    const waiting = phaseScale(early, -NS_PER_S, 'equal', 960);
    expect(roundsSummary(waiting, -NS_PER_S, null)).toBe('No page has been saved.');
  });

  it('has a row for each of its segments', () => {
    const now = 26 * NS_PER_S;
    const rows = roundsTable(phaseScale(quickMigrationOf(), now, 'equal', 960), now);
    expect(rows.map(({ name, seconds, sent }) => plain(`${name} | ${seconds} | ${sent}`))).toEqual([
      'Save | 16.0 | 1,000,000',
      'LUN moves | 2.0 | –',
      'Restore | 8.0 | of 1,000,000',
    ]);
  });
});

describe('the share of the disk in a blackout', () => {
  const phases = [
    phaseOf('stop-and-copy', 0, 0.3),
    phaseOf('storage', 0.3, 3.3),
    phaseOf('resuming', 3.3, 3.4),
  ];
  const secondsAt = (seconds: number): string => {
    const ns = seconds * NS_PER_S;
    const row = phaseScale(migrationOf({ phases }), ns, 'equal', 960);
    return plain(roundsTable(row, ns)[0]!.seconds);
  };

  it('stands beside its length, up to now', () => {
    expect(secondsAt(3.4)).toBe('3.4, 3.0 of it disk');
    expect(secondsAt(1.3)).toBe('1.3, 1.0 of it disk');
    expect(secondsAt(0.2)).toBe('0.20');
  });
});

describe('nothingSentText', () => {
  it('says why there is nothing to draw', () => {
    expect(nothingSentText(migrationOf({ outcome: 'queued' }))).toBe('It waits for its turn.');
    expect(nothingSentText(migrationOf({ outcome: 'running' }))).toBe('No page has been sent yet.');
    expect(nothingSentText(migrationOf({ outcome: 'cancelled' }))).toBe(
      'It was cancelled before any page was sent.',
    );
    expect(nothingSentText(quickMigrationOf({ outcome: 'failed' }))).toBe(
      'It failed before any page was saved.',
    );
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
