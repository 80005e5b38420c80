import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { newCluster } from '../../../src/state/clusterEdits.ts';
import { keepRun, readKeptRun } from '../../../src/state/keptRun.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import { guardedStorage, type Keepsake } from '../../../src/state/storage.ts';
import { createFakeSession, runOf, SECOND, summaryOf } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);

const started: Scenario = {
  ...scenario,
  commands: [{ do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
};

/** A storage in memory that counts what is written. */
function memoryStorage() {
  const values = new Map<string, string>();
  const written: string[] = [];
  const storage: Keepsake = {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => {
      values.set(key, value);
      written.push(key);
    },
    remove: (key) => void values.delete(key),
  };
  return { storage, values, written };
}

/** The page has opened with the first preset. */
function setup(isKept = true) {
  const session = createFakeSession();
  const store = createRunStore({ session, scenario, now: () => 0 });
  store.actions.loadScenario(scenario);
  const memory = memoryStorage();
  const keeper = keepRun(store, memory.storage, isKept);
  return {
    ...memory,
    keeper,
    load: store.actions.loadScenario,
    /** The worker tells of the run: each time a copy of the recording. */
    tell: (recording: Scenario) => {
      session.emit({ type: 'run', run: runOf(structuredClone(recording)) });
    },
    paint: (seconds: number) =>
      session.paint(summaryOf(scenario, { timeNs: seconds * SECOND, playing: false })),
    kept: () => readKeptRun(memory.storage),
  };
}

describe('the kept run', () => {
  it('is nothing before anyone has done something', () => {
    const { tell, paint, kept, written } = setup();
    tell(scenario);
    paint(0);
    expect(kept()).toBeNull();
    expect(written).toEqual([]);
  });

  it('is the recording with its commands, and the moment that was shown when the page was left', () => {
    const { tell, paint, keeper, kept } = setup();
    tell(started);
    paint(45.3);
    expect(kept()).toMatchObject({ scenario: started, shownNs: 0 });
    keeper.keepMoment();
    expect(kept()).toMatchObject({ scenario: started, shownNs: 45.3 * SECOND });
  });

  it('is written when the recording changes, not with every frame or every message of the worker', () => {
    const { tell, paint, written } = setup();
    tell(started);
    const before = written.length;
    expect(before).toBeGreaterThan(0);
    for (let second = 1; second < 20; second++) {
      tell(started);
      paint(second);
    }
    expect(written).toHaveLength(before);
    tell({
      ...started,
      commands: [...started.commands, { do: 'crash-node', node: 'node2', atMs: 9 }],
    });
    expect(written.length).toBeGreaterThan(before);
  });

  it('is what was built also before any command, and a preset chosen anew replaces it', () => {
    const { load, tell, kept } = setup();
    load(newCluster());
    tell(newCluster());
    expect(kept()).toMatchObject({ scenario: newCluster(), shownNs: 0 });
    const { scenario: other } = at(presets, 1);
    load(other);
    expect(kept()?.scenario).toEqual(other);
    tell(started);
    load(scenario);
    expect(kept()?.scenario).toEqual(scenario);
  });

  it('keeps its moment while the page has not drawn it yet', () => {
    const { values, keeper, kept, storage } = setup();
    storage.write('run', printScenario(started));
    storage.write('shownNs', String(7 * SECOND));
    keeper.keepMoment();
    expect(values.size).toBe(2);
    expect(kept()?.shownNs).toBe(7 * SECOND);
  });

  it('keeps its own moment while something else is shown, as from a link', () => {
    const { values, keeper, kept, storage, paint } = setup(false);
    storage.write('run', printScenario(started));
    storage.write('shownNs', String(7 * SECOND));
    paint(12);
    keeper.keepMoment();
    expect(values.size).toBe(2);
    expect(kept()?.shownNs).toBe(7 * SECOND);
  });

  it('is forgotten when it is too long, rather than an older one be shown', () => {
    const { load, tell, kept, values } = setup();
    load(newCluster());
    const command = { do: 'live-migrate', vm: 'vm1', to: 'node2', atMs: 1 } as const;
    tell({ ...newCluster(), commands: Array.from({ length: 20_000 }, () => command) });
    expect(kept()).toBeNull();
    expect(values.has('run')).toBe(false);
  });

  it('has been seen as far as it was, at least to its moment', () => {
    const { tell, paint, keeper, kept, storage } = setup();
    tell(started);
    paint(45);
    paint(12);
    keeper.keepMoment();
    expect(kept()).toMatchObject({ shownNs: 12 * SECOND, seenToNs: 45 * SECOND });
    storage.write('seenNs', '5');
    expect(kept()?.seenToNs).toBe(12 * SECOND);
  });

  it.each([
    ['is no JSON', '{'],
    ['is no scenario', '{"migrascope":1,"nodes":[]}'],
    ['has a newer format', '{"migrascope":2}'],
    ['has nothing to show', '{"migrascope":1}'],
  ])('is ignored when it %s', (_, text) => {
    const { storage } = memoryStorage();
    storage.write('run', text);
    expect(readKeptRun(storage)).toBeNull();
  });

  it.each(['', 'x', '-5', 'NaN', '1e999'])(
    'begins at its start when its moment is "%s"',
    (moment) => {
      const { storage } = memoryStorage();
      storage.write('run', printScenario(started));
      storage.write('shownNs', moment);
      expect(readKeptRun(storage)).toMatchObject({ scenario: started, shownNs: 0, seenToNs: 0 });
    },
  );
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
