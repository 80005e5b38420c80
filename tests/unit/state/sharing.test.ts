import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { LONGEST_LINK, parseLink } from '../../../src/scenario/link/shareLink.ts';
import { squeeze } from '../../../src/scenario/link/squeeze.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import {
  addressOf,
  branchToShare,
  linkTrouble,
  openLink,
  partsOfHash,
  printShown,
} from '../../../src/state/sharing.ts';
import { guardedStorage } from '../../../src/state/storage.ts';
import { createViewStore } from '../../../src/state/viewStore.ts';
import { createFakeSession, runOf, SECOND, summaryOf } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);
const moved: Scenario = {
  ...scenario,
  commands: [{ atMs: 0, do: 'live-migrate', vm: 'web01', to: 'node2' }],
};

/** A page that has opened with the first preset, in a browser that keeps nothing. */
function openPage() {
  const session = createFakeSession();
  const runStore = createRunStore({ session, scenario, now: () => 0 });
  const viewStore = createViewStore(
    guardedStorage(() => {
      throw new Error('blocked');
    }),
  );
  runStore.actions.loadScenario(scenario);
  session.loaded.length = 0;
  return {
    session,
    runStore,
    viewStore,
    /** The run is known, and 45.3 s of it are shown. */
    play: () => {
      session.emit({ type: 'run', run: runOf(structuredClone(moved), { endNs: 49 * SECOND }) });
      session.paint(summaryOf(moved, { timeNs: 45.3 * SECOND, playing: false }));
      session.sent.length = 0;
    },
    link: (...more: [('moment' | 'start')?, Record<string, number>?]) =>
      printShown(runStore.getState(), viewStore.getState(), ...more),
    open: async (text: string) => openLink(runStore, viewStore, '/map', await parseLink(text)),
  };
}

/** The move was seen to its end; 12 seconds after its start the network became faster. */
function forkedPage() {
  const page = openPage();
  page.play();
  page.session.paint(summaryOf(moved, { timeNs: 49 * SECOND }));
  page.session.paint(summaryOf(moved, { timeNs: 12 * SECOND }));
  page.runStore.actions.operate({ do: 'set-live-migration', migrationMBps: 1170 });
  const faster = { do: 'set-live-migration', migrationMBps: 1170, atMs: 12_000 } as const;
  const commands = [...moved.commands, faster];
  page.session.emit({ type: 'run', run: runOf({ ...moved, commands }) });
  return page;
}

const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ');

describe('a link of the page', () => {
  it('shows another page the recording, the moment and the look', async () => {
    const mine = openPage();
    mine.play();
    mine.viewStore.actions.selectVm(2);
    mine.viewStore.actions.setMapMode('content');
    mine.viewStore.actions.setTimeScale('to-scale');
    mine.viewStore.actions.setPageScale('linear');
    mine.viewStore.actions.setHidden(['inspector', 'rounds']);

    const yours = openPage();
    await yours.open(await mine.link());
    expect(yours.session.loaded).toEqual([{ scenario: moved, showNs: undefined }]);
    expect(yours.session.sent.at(-1)).toEqual({ type: 'seek', ns: 45.3 * SECOND });
    expect(yours.viewStore.getState()).toMatchObject({
      selectedVm: 2,
      mapMode: 'content',
      timeScale: 'to-scale',
      pageScale: 'linear',
      hidden: ['inspector', 'rounds'],
      linked: { screen: '/map', view: {} },
    });
  });

  it('says which of several branches it holds, and leaves the branches of another run behind', async () => {
    const mine = forkedPage();
    const yours = forkedPage();
    yours.runStore.actions.renameBranch(1, 'Mine');
    yours.runStore.actions.undo();
    await yours.open(await mine.link());
    const [only, ...others] = yours.runStore.getState().branches.list;
    expect(others).toEqual([]);
    expect(plain(only?.name)).toBe('Migration network 10 Gbit/s at 12.0 s');
    expect(plain(only?.note)).toBe(
      'Live-migrate web-01 to Node 2 at the start; Migration network 10 Gbit/s at 12.0 s',
    );
    mine.runStore.actions.renameBranch(2, 'Fast');
    await yours.open(await mine.link());
    // It is the run that is shown already: what it is called there stays.
    expect(plain(yours.runStore.getState().branches.list[0]?.name)).toMatch(/^Migration network/);
    const other = openPage();
    await other.open(await mine.link());
    expect(other.runStore.getState().branches.list[0]?.name).toBe('Fast');
  });

  it('has no name for a run without branches, nor for one with a part undone', async () => {
    const mine = openPage();
    mine.play();
    const yours = openPage();
    await yours.open(await mine.link());
    expect(yours.runStore.getState().branches.list[0]?.name).toBeNull();
    const forked = forkedPage();
    forked.runStore.actions.undo();
    forked.runStore.actions.undo();
    expect(branchToShare(forked.runStore.getState())).toBeNull();
  });

  it('can lead to the start of the same run', async () => {
    const mine = openPage();
    mine.play();
    const yours = openPage();
    await yours.open(await mine.link('start'));
    expect(yours.session.loaded).toEqual([{ scenario: moved, showNs: undefined }]);
    expect(yours.session.sent.at(-1)).toEqual({ type: 'seek', ns: 0 });
  });

  it('moves to its moment alone where its recording is shown already', async () => {
    const mine = openPage();
    mine.play();
    await mine.open(await mine.link());
    expect(mine.session.loaded).toEqual([]);
    expect(mine.session.sent).toEqual([{ type: 'seek', ns: 45.3 * SECOND }]);
  });

  it('hands the settings of another screen on, until that screen takes them', async () => {
    const mine = openPage();
    const yours = openPage();
    await yours.open(await mine.link('moment', { shownNs: 7 }));
    expect(yours.viewStore.getState().linked).toEqual({ screen: '/map', view: { shownNs: 7 } });
    yours.viewStore.actions.dropLinked();
    expect(yours.viewStore.getState().linked).toBeNull();
  });

  it('that an earlier release made opens repaired, and says so', async () => {
    const { open, runStore, session } = openPage();
    const run = { migrascope: 1, vms: [{ name: '\u200b' }] };
    await open(`1.calm.${await squeeze(JSON.stringify({ run }))}`);
    expect(session.loaded.at(-1)?.scenario.vms[0]?.name).toBe('vm1');
    const repair = { what: 'The link', sentence: '1 blank name was replaced.' };
    expect(runStore.getState()).toMatchObject({ repair, rejection: null });
  });

  it('that cannot be read opens the nearest preset, and says so', async () => {
    const { open, runStore, session } = openPage();
    await open('1.drain.abc');
    const drain = presets.find(({ id }) => id === 'drain');
    expect(session.loaded).toEqual([{ scenario: drain?.scenario, showNs: undefined }]);
    expect(runStore.getState().rejection).toEqual({
      what: 'The link',
      problems: [{ path: '', message: expect.stringContaining('damaged') }],
      instead: drain?.title,
    });
    runStore.actions.dismissRejection();
    expect(runStore.getState().rejection).toBeNull();
  });
});

describe('the address of a link', () => {
  it.each([
    ['#/lab?1.calm.abc', '/lab', '1.calm.abc'],
    ['#/storage', '/storage', null],
    ['#/lab?', '/lab', null],
    ['', '/', null],
    ['#lab?a?b', '/lab', 'a'],
  ])('%s is a screen and a link', (hash, screen, link) => {
    expect(partsOfHash(hash)).toEqual({ screen, link });
  });

  it('stands on the page it is made on, with what else the page was asked for', () => {
    const page = 'https://example.org/teach/?embed';
    expect(addressOf(`${page}#/lab?old`, '/lab', '1.calm.abc')).toBe(`${page}#/lab?1.calm.abc`);
    expect(addressOf(page, '/storage', 'x')).toBe(`${page}#/storage?x`);
  });
});

describe('linkTrouble', () => {
  it('warns of links that are cut off on their way, and of those that nobody can open', () => {
    expect(linkTrouble('x'.repeat(2000))).toBeNull();
    expect(linkTrouble('x'.repeat(2001))).toMatch(/^Some programs cut links off after 2,000/);
    expect(linkTrouble('x'.repeat(LONGEST_LINK + 1))).toMatch(/^This run is too large for a link/);
  });
});
