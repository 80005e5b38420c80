/** What somebody built is never lost: in the tab over a reload, and in Recent beside what other tabs do. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { newCluster } from '../../../src/state/newCluster.ts';
import { printKept, readKeptRun } from '../../../src/state/keptRun.ts';
import { LIST_KEY, MOST_ENTRIES } from '../../../src/state/recentRecord.ts';
import { LAST_RELEASE, takeOver } from '../../../src/state/recentStore.ts';
import { isBuilt } from '../../../src/state/openedRun.ts';
import { keptOf } from '../../../src/state/runStore.ts';
import { SECOND } from '../../support/fakeSession.ts';
import { memoryKeepsake } from '../../support/memoryStorage.ts';
import { calm, createBrowser, faster, move, withCommands } from '../../support/tabs.ts';

const { scenario: other } = at(presets, 1);
const titles = (entries: readonly { readonly title: string }[]) =>
  entries.map(({ title }) => title);

const runKey = ({ values }: { readonly values: ReadonlyMap<string, unknown> }): string =>
  [...values.keys()].find((key) => key !== LIST_KEY) ?? '';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a tab', () => {
  it('keeps its own run over a reload, whatever another tab builds', async () => {
    const { openTab } = createBrowser();
    const [a, b] = [openTab(), openTab()];
    a.give(move);
    b.store.actions.loadBuilt(newCluster());
    await Promise.all([a.settled(), b.settled()]);
    expect(a.reload().commands()).toEqual([move]);
    expect(b.reload().store.getState().scenario).toEqual(newCluster());
  });

  it('comes back to the moment that was shown when it was left, while it played too', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    a.paint(3.6);
    a.paint(23.5, true);
    const { session } = a.reload();
    expect(session.loaded).toEqual([{ scenario: withCommands(move), showNs: 23.5 * SECOND }]);
  });

  it('that is killed while it plays has lost at most a second, and has written once a second', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    const before = a.tab.written.filter((key) => key === 'shownNs').length;
    for (let tenth = 1; tenth <= 200; tenth++) {
      a.paint(tenth / 10, true);
      vi.advanceTimersByTime(100);
    }
    const writes = a.tab.written.filter((key) => key === 'shownNs').length - before;
    expect(writes).toBeLessThanOrEqual(20);
    const lostNs = 20 * SECOND - (readKeptRun(a.tab)?.shownNs ?? 0);
    expect(lostNs).toBeLessThanOrEqual(SECOND);
  });

  it('keeps what it shows, even if it is nobody’s work', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.store.actions.loadScenario(other);
    expect(a.reload().store.getState().scenario).toEqual(other);
  });

  it('writes a run when it changes, not with every frame or every message of the worker', async () => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    const before = [a.tab.written.filter((key) => key === 'run').length, shared.changes];
    for (let second = 1; second < 20; second++) {
      a.tell(withCommands(move));
      a.paint(second);
    }
    await a.settled();
    expect([a.tab.written.filter((key) => key === 'run').length, shared.changes]).toEqual(before);
  });

  it('keeps the moment of a run that the page has not drawn yet', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    a.paint(7);
    expect(readKeptRun(a.reload().reload().tab)?.shownNs).toBe(7 * SECOND);
  });

  it('forgets a run that is too long, rather than show an older one', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    const many = Array.from({ length: 20_000 }, (): Command => ({ ...move, atMs: 1 }));
    a.give(...many);
    expect(readKeptRun(a.tab)).toBeNull();
    expect(a.recent.getState().trouble).toBe('large');
  });
});

describe('Recent', () => {
  it('has nothing of what was only opened: a preset, a link, a file', async () => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    a.store.actions.loadScenario(other);
    a.store.actions.loadScenario(withCommands(move), 'Slow');
    a.store.actions.openText('calm.json', printScenario(withCommands(move, faster)));
    a.tell(withCommands(move, faster));
    a.paint(4, true);
    vi.advanceTimersByTime(5000);
    a.leave();
    await a.settled();
    expect(a.entries()).toEqual([]);
    expect(shared.changes).toBe(0);
  });

  it('has what was commanded or edited, and one entry for a run that goes on', async () => {
    const { openTab } = createBrowser();
    let a = openTab();
    a.give(move);
    await a.settled();
    a.paint(12);
    a.give(faster);
    a = a.reload();
    a.store.actions.undo();
    await a.settled();
    expect(titles(a.entries())).toEqual([calm.title]);
    expect(a.entries()).toHaveLength(1);
    expect(a.entries()[0]).toMatchObject({
      title: calm.title,
      note: expect.stringContaining('web-01'),
    });
  });

  it('has an entry more for a link that was opened and went on, and keeps the cluster before it', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.store.actions.loadBuilt(newCluster());
    await a.settled();
    a.store.actions.loadScenario(withCommands(move), null);
    a.give(faster);
    await a.settled();
    expect(titles(a.entries()).toSorted()).toEqual([calm.title, 'My cluster']);
  });

  it('keeps an edited cluster as one entry until something is commanded in it', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.store.actions.loadBuilt(newCluster());
    a.store.actions.loadBuilt({ ...newCluster(), title: 'Mine' });
    await a.settled();
    expect(titles(a.entries())).toEqual(['Mine']);
    a.give({ do: 'live-migrate', vm: 'vm1', to: 'node2', atMs: 0 });
    a.store.actions.loadBuilt({ ...newCluster(), title: 'Another' });
    await a.settled();
    expect(titles(a.entries()).toSorted()).toEqual(['Another', 'Mine']);
  });

  it('opens an entry at its last moment, with its branches, and goes on with it', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    a.paint(49);
    a.store.setState({ given: { leaves: true, seenToNs: 49 * SECOND } });
    a.give(faster);
    a.paint(12);
    a.leave();
    await a.settled();
    const b = openTab();
    await b.settled();
    expect(await b.recent.actions.open(at(b.entries(), 0))).toBe(true);
    expect(b.session.loaded.at(-1)?.showNs).toBe(12 * SECOND);
    expect(b.store.getState().branches.list).toHaveLength(2);
    expect(isBuilt(b.store.getState())).toBe(true);
    b.give({ ...faster, atMs: 13_000 });
    await b.settled();
    expect(b.entries()).toHaveLength(1);
    // It was not opened in vain either: nothing is written that is there already.
    expect(b.reload().store.getState().branches.list).toHaveLength(2);
  });

  it('keeps the moment of an entry, once a second', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    a.paint(8, true);
    await vi.advanceTimersByTimeAsync(1000);
    await a.settled();
    expect(a.entries()[0]?.shownNs).toBe(8 * SECOND);
  });

  it('holds the last ten', async () => {
    const { openTab, shared, clock } = createBrowser();
    const a = openTab();
    for (let i = 1; i <= MOST_ENTRIES + 2; i++) {
      clock.ms += 1000;
      a.store.actions.loadScenario(other);
      a.store.actions.loadBuilt({ ...newCluster(), title: `Cluster ${i}` });
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as a person does
      await a.settled();
    }
    expect(titles(a.entries())[0]).toBe('Cluster 12');
    expect(a.entries()).toHaveLength(MOST_ENTRIES);
    expect(shared.values.size).toBe(MOST_ENTRIES + 1);
    expect(shared.values.get(LIST_KEY)).toHaveProperty('entries.length', MOST_ENTRIES);
  });

  it('parts where two tabs go on with one entry: neither loses anything', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    let b = a.duplicate();
    b.give(faster);
    await b.settled();
    a.give({ do: 'crash-node', node: 'node2', atMs: 500 });
    await a.settled();
    b.give({ do: 'crash-node', node: 'node3', atMs: 13_000 });
    await b.settled();
    expect(a.entries()).toHaveLength(2);
    expect(
      a
        .reload()
        .commands()
        .map((each) => each.do),
    ).toEqual(['live-migrate', 'crash-node']);
    b = b.reload();
    expect(b.commands()).toHaveLength(3);
    b.give({ do: 'crash-node', node: 'node1', atMs: 14_000 });
    await b.settled();
    expect(b.entries()).toHaveLength(2);
  });

  it('does not move the moment of an entry that another tab has gone on with', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    const b = a.duplicate();
    b.give(faster);
    b.paint(20);
    b.leave();
    await b.settled();
    a.paint(3);
    a.leave();
    await a.settled();
    expect(a.entries()[0]?.shownNs).toBe(20 * SECOND);
  });

  it('is empty after "Clear all", and only what somebody goes on with comes back', async () => {
    const { openTab, shared } = createBrowser();
    const [a, b] = [openTab(), openTab()];
    a.give(move);
    b.store.actions.loadBuilt(newCluster());
    await Promise.all([a.settled(), b.settled()]);
    await b.recent.actions.clear();
    expect(b.entries()).toEqual([]);
    expect(shared.values.size).toBe(1);
    a.paint(9);
    a.leave();
    await a.settled();
    expect(a.entries()).toEqual([]);
    a.give(faster);
    await a.settled();
    expect(titles(a.entries())).toEqual([calm.title]);
  });

  it('shows nothing of what was there before after "New cluster", over a reload too', async () => {
    const { openTab, clock } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    clock.ms += 1000;
    a.recent.actions.startAnew();
    expect(a.store.getState().scenario).toEqual(newCluster());
    expect(a.recent.getState().closed).toBeNull();
    const folded = a.reload().recent;
    expect(folded.getState().foldedBeforeMs).toBe(clock.ms);
    folded.actions.unfold();
    expect(folded.getState().foldedBeforeMs).toBeNull();
  });
});

describe('a run that gives place to another', () => {
  it('is told of once for a preset, each time for a cluster that somebody made', () => {
    const { openTab } = createBrowser();
    const a = openTab();
    const title = () => a.recent.getState().closed?.kept.scenario.title ?? null;
    a.give(move);
    a.store.actions.loadScenario(other);
    expect(title()).toBe(calm.title);
    a.give({ do: 'live-migrate', vm: 'db01', to: 'node2', atMs: 0 });
    expect(title()).toBeNull();
    a.store.actions.loadScenario(calm);
    expect(title()).toBeNull();
    for (let time = 0; time < 2; time++) {
      a.store.actions.loadBuilt(newCluster());
      a.store.actions.openText('other.json', printScenario(other));
      expect(title()).toBe('My cluster');
    }
  });

  it('comes back whole, also where the browser keeps nothing', () => {
    const { openTab, shared } = createBrowser();
    shared.refusal = new Error('blocked');
    const a = openTab();
    a.give(move);
    a.paint(5);
    a.store.actions.loadScenario(other);
    a.recent.actions.goBack();
    expect(a.session.loaded.at(-1)).toEqual({ scenario: withCommands(move), showNs: 5 * SECOND });
    expect(a.recent.getState().closed).toBeNull();
    a.store.actions.undo();
    expect(a.commands()).toEqual([]);
  });
});

describe('a storage', () => {
  const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });

  it.each([
    ['blocked', new Error('SecurityError')],
    ['full', full],
  ] as const)('that is %s is told of, and the tab keeps its run', async (trouble, refusal) => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    const before = structuredClone(shared.values);
    shared.refusal = refusal;
    a.give(faster);
    await a.settled();
    expect(a.recent.getState().trouble).toBe(trouble);
    expect(shared.values).toEqual(before);
    expect(readKeptRun(a.tab)?.scenario.commands).toEqual([move, faster]);
    shared.refusal = null;
    a.give({ ...faster, atMs: 14_000 });
    await a.settled();
    expect(a.recent.getState().trouble).toBeNull();
    expect(a.entries()).toHaveLength(1);
  });

  it('of a newer release is left as it is', async () => {
    const { openTab, shared } = createBrowser();
    const newer = { version: 2, entries: [{ what: 'nobody knows' }] };
    shared.values.set(LIST_KEY, newer);
    const a = openTab();
    a.give(move);
    await a.settled();
    await a.recent.actions.clear();
    expect(a.recent.getState().trouble).toBe('newer');
    expect([...shared.values]).toEqual([[LIST_KEY, newer]]);
  });

  it.each([null, 'x', [], { version: 'one', entries: 3 }, { version: 1, entries: [null, 7, {}] }])(
    'that is damaged is an empty one: %j',
    async (damaged) => {
      const { openTab, shared } = createBrowser();
      shared.values.set(LIST_KEY, damaged);
      const a = openTab();
      a.give(move);
      await a.settled();
      expect(titles(a.entries())).toEqual([calm.title]);
    },
  );

  it.each([
    undefined,
    'x',
    { version: 2, run: '{}', branches: null },
    { version: 1, run: '{"migrascope":1', branches: null },
    { version: 1, run: 'x'.repeat(1_048_577), branches: null },
  ])('with a damaged run says so, and the run that is shown stays', async (damaged) => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    shared.values.set(runKey(shared), damaged);
    const b = openTab();
    await b.settled();
    expect(await b.recent.actions.open(at(b.entries(), 0))).toBe(false);
    expect(b.recent.getState().unreadable).toBe(calm.title);
    expect(b.store.getState().scenario).toEqual(calm);
    expect(b.entries()).toHaveLength(1);
  });

  it('holds at most ten runs of 2 MiB', async () => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    a.give(move);
    await a.settled();
    const texts = shared.values.get(runKey(shared)) as Record<string, string>;
    expect(Object.keys(texts).toSorted()).toEqual(['branches', 'run', 'version']);
    const long = { ...calm, title: 'x'.repeat(1_048_576) };
    expect(printKept({ scenario: long, branches: null })).toBeNull();
  });
});

describe('what the last release kept', () => {
  it('is taken over once, and nothing else of it', async () => {
    const { openTab } = createBrowser();
    const a = openTab();
    const keepsake = memoryKeepsake([
      ['run', printScenario(withCommands(move))],
      ['shownNs', String(9 * SECOND)],
      ['theme', 'dark'],
    ]);
    const old = readKeptRun(keepsake);
    await takeOver(old!, { shelf: a.shelf, keepsake });
    await a.settled();
    expect(a.entries()).toHaveLength(1);
    expect(a.entries()[0]).toMatchObject({ id: LAST_RELEASE, shownNs: 9 * SECOND });
    expect([...keepsake.values.keys()]).toEqual(['theme']);
  });

  it('stays where it is until it is taken over', async () => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    shared.refusal = new Error('blocked');
    const keepsake = memoryKeepsake([['run', printScenario(withCommands(move))]]);
    await takeOver(readKeptRun(keepsake)!, { shelf: a.shelf, keepsake });
    expect(keepsake.values.size).toBe(1);
  });

  it('is forgotten where it is a preset as it comes', async () => {
    const { openTab, shared } = createBrowser();
    const a = openTab();
    const keepsake = memoryKeepsake([['run', printScenario(other)]]);
    await takeOver(readKeptRun(keepsake)!, { shelf: a.shelf, keepsake });
    expect(keepsake.values.size).toBe(0);
    expect(shared.changes).toBe(0);
  });
});

it('a kept run is read back as it was', () => {
  const { openTab } = createBrowser();
  const a = openTab();
  a.give(move);
  a.paint(45);
  a.paint(12);
  a.leave();
  const { branches: _, ...kept } = keptOf(a.store.getState());
  expect(readKeptRun(a.tab)).toMatchObject(kept);
});
