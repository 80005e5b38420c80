import { describe, expect, it } from 'vitest';
import { ordinal, reasonOnce } from '../../../src/state/words.ts';

describe('a reason with a part for each node', () => {
  it.each([
    [
      'a needs 20 GB, B has 8 GB; a needs 20 GB, C has 12 GB',
      'a needs 20 GB, B has 8 GB, C has 12 GB',
    ],
    [
      'a stays: a needs 2 GB, B has 1 GB; a needs 2 GB, C has 0',
      'a stays: a needs 2 GB, B has 1 GB, C has 0',
    ],
    [
      'N is down; a needs 2 GB, B has 1 GB; a needs 2 GB, C has 0',
      'N is down, a needs 2 GB, B has 1 GB, C has 0',
    ],
    ['Node 1 is down; Node 3 is paused', 'Node 1 is down, Node 3 is paused'],
    ['there is no other node', 'there is no other node'],
  ])('%s', (reason, once) => {
    expect(reasonOnce(reason)).toBe(once);
  });
});

describe('ordinal', () => {
  it('ends as it is spoken', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '22nd',
      '103rd',
      '111th',
    ]);
  });
});
