import { expect, it } from 'vitest';
import { whenText } from '../../../src/state/recentWords.ts';

const at = (...parts: [number, number, number, number, number]): number =>
  new Date(...parts).getTime();
const now = at(2026, 0, 1, 9, 0);

it.each([
  ['today 00:00', at(2026, 0, 1, 0, 0)],
  ['today 08:59', at(2026, 0, 1, 8, 59)],
  ['yesterday 23:59', at(2025, 11, 31, 23, 59)],
  ['30 Dec 2025', at(2025, 11, 30, 23, 59)],
])('says %s', (text, ms) => {
  expect(whenText(ms, now)).toBe(text);
});

it('says the day within a year', () => {
  expect(whenText(at(2026, 2, 5, 7, 3), at(2026, 5, 1, 9, 0))).toBe('5 Mar 07:03');
});
