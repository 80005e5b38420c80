import { describe, expect, it } from 'vitest';
import { reasonOnce } from '../../../src/state/words.ts';

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
