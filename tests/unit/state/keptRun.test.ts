import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { readKeptRun } from '../../../src/state/keptRun.ts';
import { guardedStorage } from '../../../src/state/storage.ts';
import { SECOND } from '../../support/fakeSession.ts';
import { memoryKeepsake } from '../../support/memoryStorage.ts';
import { move, withCommands } from '../../support/tabs.ts';

const started = withCommands(move);

describe('a kept run', () => {
  it.each([
    ['is no JSON', '{'],
    ['is no scenario', '{"migrascope":1,"nodes":[]}'],
    ['has a newer format', '{"migrascope":2}'],
    ['has nothing to show', '{"migrascope":1}'],
  ])('is ignored when it %s', (_, text) => {
    expect(readKeptRun(memoryKeepsake([['run', text]]))).toBeNull();
  });

  it.each(['', 'x', '-5', 'NaN', '1e999'])(
    'begins at its start when its moment is "%s"',
    (moment) => {
      const storage = memoryKeepsake([
        ['run', printScenario(started)],
        ['shownNs', moment],
      ]);
      expect(readKeptRun(storage)).toMatchObject({ scenario: started, shownNs: 0, seenToNs: 0 });
    },
  );

  it('has been seen at least to its moment', () => {
    const storage = memoryKeepsake([
      ['run', printScenario(started)],
      ['shownNs', String(12 * SECOND)],
      ['seenNs', '5'],
    ]);
    expect(readKeptRun(storage)?.seenToNs).toBe(12 * SECOND);
  });

  it('is somebody’s work unless it is a preset as it comes, where nothing says whose it is', () => {
    const { scenario: other } = at(presets, 3);
    const isBuilt = (run: Scenario, origin = '{'): boolean | undefined =>
      readKeptRun(
        memoryKeepsake([
          ['run', printScenario(run)],
          ['origin', origin],
        ]),
      )?.origin.built;
    expect(isBuilt(other)).toBe(false);
    expect(isBuilt(started)).toBe(true);
    expect(isBuilt({ ...other, seed: 77 })).toBe(true);
    expect(isBuilt(started, '{"built":false,"entry":null}')).toBe(false);
    expect(isBuilt(started, '{"built":"no"}')).toBe(true);
  });
});

describe('a storage that refuses', () => {
  it('keeps nothing, says nothing, and gives nothing old back', () => {
    const blocked = guardedStorage(() => {
      throw new Error('blocked');
    });
    blocked.write('run', 'x');
    blocked.remove('run');
    expect(blocked.read('run')).toBeNull();

    const values = new Map([['migrascope.run', 'older']]);
    const full = guardedStorage(
      () =>
        ({
          getItem: (key: string) => values.get(key) ?? null,
          setItem: () => {
            throw new Error('full');
          },
          removeItem: (key: string) => void values.delete(key),
        }) as unknown as Storage,
    );
    full.write('run', 'newer');
    expect(full.read('run')).toBeNull();
  });
});
