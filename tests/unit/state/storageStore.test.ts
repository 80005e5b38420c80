/** The storage screen's runs, its one clock, and what it says at a moment. */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../src/engine/scenario.ts';
import { lunsNeeded, lunsText } from '../../../src/state/lunsNeeded.ts';
import { slowedSpeed } from '../../../src/state/storagePace.ts';
import {
  nodePictures,
  diskMoves,
  volumePictures,
  waysOf,
} from '../../../src/state/storagePicture.ts';
import { moveOf, outageNs } from '../../../src/state/outlined.ts';
import { type LaneRun, type ShownNs } from '../../../src/state/storageLanes.ts';
import {
  createStorageStore,
  isAtStorageEnd,
  runsOf,
  storageEndNs,
} from '../../../src/state/storageStore.ts';
import { conclusion, laneSentence, whenText } from '../../../src/state/storageWords.ts';
import { answerOutline, laneRun } from '../../support/outlines.ts';

const SECOND = 1_000_000_000;

/** A store whose frames come when the test says so. */
function setup() {
  const asked: Scenario[] = [];
  const frames: ((ms: number) => void)[] = [];
  let ms = 0;
  const store = createStorageStore({
    outline: (scenario) => {
      asked.push(scenario);
      return answerOutline(scenario);
    },
    requestFrame: (callback) => frames.push(callback),
  });
  return {
    ...store.actions,
    asked,
    frames,
    state: store.getState,
    shownS: () => {
      const { shownNs } = store.getState();
      return shownNs === null ? null : shownNs / SECOND;
    },
    /** The next frame comes so much later. */
    frame: (passedMs: number) => {
      ms += passedMs;
      frames.shift()?.(ms);
    },
  };
}

async function loaded() {
  const page = setup();
  await page.load();
  return page;
}

/** "web-01 saving on 0" for each card that is not just running. */
function cards(lane: LaneRun, shownNs: ShownNs): string[] {
  return nodePictures(lane, shownNs).flatMap(({ node, cards: all }) =>
    all
      .filter(({ state }) => state !== 'running')
      .map(({ name, state, came }) => `${name} ${state} on ${node}${came ? `, ${came}` : ''}`),
  );
}

describe('the runs', () => {
  test('are asked for once, however often the screen opens', async () => {
    const page = await loaded();
    // Three lanes at rest and moved, by two methods.
    expect(page.asked).toHaveLength(12);
    await page.load();
    expect(page.asked).toHaveLength(12);
  });

  test('differ in their storage alone', () => {
    const [own, both, csv] = (['own', 'both', 'csv'] as const).map(
      (id) => laneRun(id).outline.run.scenario,
    );
    const cluster = ({ nodes, vms, network, quickMigration }: Scenario) => ({
      nodes,
      network,
      quickMigration,
      vms: vms.map((vm) => ({ ...vm, volume: '' })),
    });
    for (const other of [both, csv]) {
      expect(other && cluster(other)).toEqual(own && cluster(own));
    }
    expect(both?.commands.at(-1)).toEqual(csv?.commands.at(-1));
  });

  test('that cannot be worked out are said, and asked for again', async () => {
    let works = false;
    const store = createStorageStore({
      outline: (scenario) =>
        works ? answerOutline(scenario) : Promise.reject(new Error('no worker')),
      requestFrame: () => undefined,
    });
    await store.actions.load();
    expect(store.getState().failure).toBe('no worker');
    works = true;
    await store.actions.load();
    expect(store.getState().failure).toBeNull();
    expect(runsOf(store.getState())).not.toBeNull();
  });
});

describe('the clock', () => {
  test('stands before the move until somebody asks for it', async () => {
    const page = await loaded();
    expect(page.state()).toMatchObject({ shownNs: null, seenNs: null, playing: false });
    expect(page.frames).toHaveLength(0);
  });

  test('does not start without runs', () => {
    const page = setup();
    page.primary();
    expect(page.state()).toMatchObject({ shownNs: null, playing: false });
  });

  test('runs with the frames, as fast as chosen, and stops at the end', async () => {
    const page = await loaded();
    page.primary();
    page.frame(16);
    expect(page.shownS()).toBe(0);
    page.frame(100);
    expect(page.shownS()).toBe(1);
    page.setSpeed(50);
    page.frame(200);
    expect(page.shownS()).toBe(11);
    for (let i = 0; i < 10; i++) page.frame(250);
    expect(page.shownS()).toBe(storageEndNs(page.state()) / SECOND);
    expect(page.state().playing).toBe(false);
    page.frame(250);
    expect(page.frames).toHaveLength(0);
  });

  test('does not jump after a time without frames', async () => {
    const page = await loaded();
    page.move();
    page.frame(0);
    page.frame(60_000);
    expect(page.shownS()).toBe(2.5);
  });

  test('has one frame at a time, however often it is started', async () => {
    const page = await loaded();
    page.move();
    page.pause();
    page.toggle();
    page.toggle();
    page.toggle();
    expect(page.frames).toHaveLength(1);
  });

  test('steps to whole seconds and to what changes, inside the run', async () => {
    const page = await loaded();
    page.step(-1);
    expect(page.shownS()).toBeNull();
    page.step(1);
    expect(page.shownS()).toBe(0);
    page.step(-1);
    expect(page.shownS()).toBe(0);
    page.seek(14.2 * SECOND);
    page.step(1);
    expect(page.shownS()).toBe(15);
    page.stepChange(-1);
    // LUN 1 of one LUN per VM begins to move.
    expect(page.shownS()).toBe(14.5);
    page.stepChange(1);
    expect(page.shownS()).toBe(16);
    page.seek(1e15);
    expect(isAtStorageEnd(page.state())).toBe(true);
    page.home();
    expect(page.shownS()).toBeNull();
  });

  test('remembers what was seen until the move is asked for again', async () => {
    const page = await loaded();
    page.end();
    page.seek(5 * SECOND);
    expect(page.state().seenNs).toBe(storageEndNs(page.state()));
    page.move();
    expect(page.state().seenNs).toBe(0);
  });

  test('begins anew with another method', async () => {
    const page = await loaded();
    page.end();
    page.setMethod('live');
    expect(page.state()).toMatchObject({ shownNs: null, seenNs: null, method: 'live' });
  });

  test('slows down in the blackout of a live migration, and in no other', () => {
    const live = laneRun('csv', 'live');
    const [{ pausedNs, resumedNs } = { pausedNs: null, resumedNs: null }] =
      live.outline.run.migrations;
    const [from, to] = [pausedNs ?? 0, resumedNs ?? 0];
    // 1.5 s on the screen.
    expect(slowedSpeed(live, from, 10)).toBeCloseTo((to - from) / SECOND / 1.5);
    expect(slowedSpeed(live, from - 1, 10)).toBe(10);
    expect(slowedSpeed(live, to, 10)).toBe(10);
    expect(slowedSpeed(laneRun('both'), 10 * SECOND, 10)).toBe(10);
  });
});

describe('a lane at a moment', () => {
  test('one LUN for both: db-01 goes along, and both stand still', () => {
    const lane = laneRun('both');
    expect(cards(lane, null)).toEqual([]);
    expect(cards(lane, 20 * SECOND)).toEqual(['web-01 saving on 0', 'db-01 saving on 0']);
    expect(cards(lane, 35 * SECOND)).toEqual(['web-01 saved on 0', 'db-01 saving on 0']);
    expect(cards(lane, 60 * SECOND)).toEqual([
      'web-01 gone on 0',
      'db-01 gone on 0',
      'web-01 reading on 1, asked',
      'db-01 reading on 1, along',
    ]);
    expect(diskMoves(lane, 48 * SECOND)).toEqual([{ volume: 0, from: 0, to: 1 }]);
    expect(diskMoves(lane, 60 * SECOND)).toEqual([]);
  });

  test('one LUN per VM: the LUN moves and db-01 stays', () => {
    const lane = laneRun('own');
    expect(cards(lane, 60 * SECOND)).toEqual(['web-01 gone on 0']);
    expect(waysOf(lane, 60 * SECOND).map(({ node, volume, kind }) => [node, volume, kind])).toEqual(
      [
        [0, 0, 'dotted'],
        [1, 0, 'direct'],
        [0, 1, 'direct'],
        [2, 2, 'direct'],
      ],
    );
    expect(outageNs(lane, 1, 100 * SECOND)).toBe(0);
  });

  test('CSV: every node reaches the volume, Node 3 through the coordinator', () => {
    const lane = laneRun('csv');
    expect(waysOf(lane, null).map(({ kind, through }) => `${kind} ${through}`)).toEqual([
      'direct 0',
      'direct 1',
      'redirected 0',
    ]);
    const tags = nodePictures(lane, 60 * SECOND).map((node) => node.tags.map(({ text }) => text));
    expect(tags).toEqual([['Coordinator'], [], ['SAN path down']]);
    expect(volumePictures(lane, null)).toMatchObject([
      { path: 'C:\\ClusterStorage\\Volume1', firstNode: 0, lastNode: 2 },
    ]);
  });

  test('live on a CSV keeps room on the target while it runs', () => {
    expect(cards(laneRun('csv', 'live'), 20 * SECOND)).toEqual([
      'web-01 copying on 0',
      'web-01 shell on 1, asked',
    ]);
  });

  test('the tag of the owner goes with the LUN', () => {
    const owners = [null, 48 * SECOND, 60 * SECOND].map((ns) =>
      nodePictures(laneRun('both'), ns).findIndex(({ tags }) => tags[0]?.text === 'Owner of LUN 1'),
    );
    expect(owners).toEqual([0, 0, 1]);
  });
});

describe('outages', () => {
  test('are those that the engine reports', () => {
    for (const id of ['own', 'both', 'csv'] as const) {
      for (const method of ['quick', 'live'] as const) {
        const lane = laneRun(id, method);
        const { scenario, endNs, migrations } = lane.outline.run;
        scenario.vms.forEach((_, vm) => {
          const row = migrations.find((each) => each.vm === vm);
          const length = (row?.resumedNs ?? 0) - (row?.pausedNs ?? 0);
          expect(outageNs(lane, vm, endNs)).toBe(length);
        });
      }
    }
  });

  test('grow with the time that has been seen', () => {
    expect(outageNs(laneRun('both'), 0, 20 * SECOND)).toBe(20 * SECOND);
    expect(outageNs(laneRun('both'), 0, 0)).toBe(0);
  });
});

describe('the words', () => {
  test.each([
    ['both', null, 'web-01 and db-01 share LUN 1. Node 1 owns it.'],
    ['both', 5, 'Node 1 saves web-01 and db-01, because they share a LUN.'],
    ['both', 35, 'web-01 waits: LUN 1 can move when db-01 is saved too.'],
    ['both', 48, 'LUN 1 moves to Node 2, so db-01 is dragged along.'],
    ['both', 60, 'Node 2 reads web-01 and db-01 back.'],
    ['both', 90, 'web-01 runs again. Node 2 reads db-01 back.'],
    ['both', 96, 'LUN 1 moves, so db-01 is dragged along.'],
    ['own', null, 'web-01 has LUN 1 for itself. Node 1 owns it.'],
    ['own', 16, 'LUN 1 moves to Node 2 with web-01 alone.'],
    ['csv', 5, 'The volume stays. Node 1 saves web-01.'],
    ['csv', 20, 'The volume stays. Node 2 reads web-01 back.'],
    ['csv', 60, 'The volume stays. Only web-01 moves.'],
  ] as const)('%s at %s s: %s', (id, second, text) => {
    expect(laneSentence(laneRun(id), second === null ? null : second * SECOND)).toBe(text);
  });

  test('are those of the Lab while a live migration goes on', () => {
    const lane = laneRun('own', 'live');
    const said = (second: number): string =>
      laneSentence(lane, second * SECOND).replaceAll('\u00a0', ' ');
    expect(said(0)).toMatch(/^Node 1 connects to Node 2 for \d/);
    expect(said(10)).toMatch(/^Round 1 sends [\d,]+ pages\.$/);
    const storage = moveOf(lane, 0)?.phases.find(({ name }) => name === 'storage');
    expect(said((storage?.startNs ?? 0) / SECOND)).toMatch(/LUN 1 .*Node 2/);
    expect(said(1000)).toBe('LUN 1 moves, and web-01 alone with it.');
  });

  test('say why a live migration is refused', () => {
    const lane = laneRun('both', 'live');
    const refused = lane.outline.run.events.find(({ kind }) => kind === 'command-refused');
    expect(refused?.text).toContain('cannot move alone');
    expect(laneSentence(lane, 0)).toBe(`Not possible: ${refused?.text}.`);
    expect(laneSentence(lane, null)).toBe('web-01 and db-01 share LUN 1. Node 1 owns it.');
  });

  test('conclude with the numbers of the runs', () => {
    const texts = [
      conclusion('both', laneRun('both'), laneRun('both', 'live')),
      conclusion('csv', laneRun('csv'), laneRun('csv', 'live')),
      conclusion('own', laneRun('own'), null),
      conclusion('both', laneRun('both', 'live'), laneRun('both')),
    ].map((text) => text.replaceAll('\u00a0', ' '));
    expect(texts[0]).toContain('12 GB at 8 s per GB');
    // 8 s per GiB of 4 GiB; the disk of a LUN takes 3 s of it.
    expect(texts[1]).toMatch(/cuts its 32\.0 s to 0\.\d\d s/);
    expect(texts[2]).toContain('3.0 s of the 32.0 s');
    expect(texts[3]).toContain(
      'A quick migration would move both: web-01 would be away for 80.5 s and db-01 for 96.0 s.',
    );
  });

  test('name method and time', () => {
    expect(whenText('quick', 60 * SECOND).replaceAll('\u00a0', ' ')).toBe(
      'The same Quick Migration on the same cluster, 60 s after you pressed Move. Only the storage differs.',
    );
  });
});

describe('LUNs needed', () => {
  test('without CSV they follow the VMs that move alone, with CSV one is enough', () => {
    expect([1, 6, 12].map(lunsNeeded)).toEqual([
      { withoutCsv: 1, withCsv: 1 },
      { withoutCsv: 6, withCsv: 1 },
      { withoutCsv: 12, withCsv: 1 },
    ]);
  });

  test('stay the same on more nodes', () => {
    expect(lunsText(6, 2)).toBe(
      '6 VMs that move alone need 6 LUNs on 2 nodes, and 6 LUNs on 16 nodes: LUNs follow the VMs, not the nodes.',
    );
    expect(lunsText(1, 16)).toContain(
      '1 VM that moves alone needs 1 LUN on 16 nodes, and 1 LUN on 2',
    );
  });
});
