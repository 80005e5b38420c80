/** The memory maps as painted, cell by cell, against the bitmaps that the engine has in Node at the same moment. */
import { RecordedRun } from '../../src/engine/recording/recordedRun.ts';
import { updateCells } from '../../src/engine/memory/guestMemory.ts';
import { presets } from '../../src/scenario/presets.ts';
import { expect, test } from './labPage.ts';

/** The tokens of the light theme. */
const UNSENT = 0xe9ebe8;
const COPIED = 0x74ade0;
const DIRTY = 0xc44400;
const HOT = 0x431000;

/** A cell is hot when this share of its pages is dirty and was sent three times. */
const HOT_SHARE = 0.15;

interface Colours {
  readonly source: number[];
  readonly target: number[];
}

function coloursAt(run: RecordedRun, ns: number): Colours {
  run.seek(ns);
  const memory = [...run.shown.memories.values()][0];
  if (memory === undefined) throw new Error('nothing is being copied');
  updateCells(memory);
  const pages = memory.pageCount / memory.cellCount;
  const source: number[] = [];
  const target: number[] = [];
  for (let cell = 0; cell < memory.cellCount; cell++) {
    const { sent, stale, hot } = memory.cells;
    const whole = sent[cell] === pages ? COPIED : UNSENT;
    const dirty = stale[cell]! > 0;
    target.push(dirty ? DIRTY : whole);
    source.push(hot[cell]! >= HOT_SHARE * pages ? HOT : dirty ? DIRTY : whole);
  }
  return { source, target };
}

test('every cell has the colour of its pages, in both maps, in every round', async ({ lab }) => {
  const calm = presets.find(({ id }) => id === 'calm');
  if (calm === undefined) throw new Error('no calm preset');
  const run = new RecordedRun(calm.scenario);
  while (!run.complete) run.workAhead(1 << 20);
  run.operate({ do: 'live-migrate', vm: 'web01', to: 'node2' });
  while (!run.complete) run.workAhead(1 << 20);

  await lab.page.emulateMedia({ colorScheme: 'light' });
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  const seen = new Set<number>();
  for (let round = 0; round < 7; round++) {
    for (let step = 0; step < 7; step++) await lab.press('ArrowRight');
    const expected = coloursAt(run, await lab.timeNs());
    expect(await lab.mapColours('source')).toEqual(expected.source);
    expect(await lab.mapColours('target')).toEqual(expected.target);
    for (const colour of expected.source) seen.add(colour);
    await lab.press('Shift+ArrowRight');
  }
  expect(seen).toEqual(new Set([UNSENT, COPIED, DIRTY, HOT]));
});
