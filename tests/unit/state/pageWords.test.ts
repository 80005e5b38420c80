/** The page card: why a page has its colour. */
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { CellPass, PageFacts, ShownMigration } from '../../../src/protocol/frameSummary.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { cellPassesText, pageBeside, pageWords } from '../../../src/state/pageWords.ts';
import { SECOND, shownMigrationOf, summaryOf } from '../../support/fakeSession.ts';

const { scenario } = at(presets, 0);
const ROUND_3: Partial<ShownMigration> = { phase: 'round', round: 3 };
const inRound = (number: number) => ({ name: 'round', number }) as const;

function factsOf(more: Partial<PageFacts>): PageFacts {
  return {
    page: 58_240,
    code: 1,
    toSend: false,
    written: 0,
    writtenSince: 0,
    sent: 1,
    sentNs: 40 * SECOND,
    sentIn: inRound(2),
    ...more,
  };
}

function wordsOf(facts: Partial<PageFacts>, migration: Partial<ShownMigration> = ROUND_3) {
  const summary = summaryOf(scenario, {
    page: factsOf(facts),
    migration: shownMigrationOf(migration),
  });
  const words = pageWords({ summary, scenario });
  if (words === null) throw new Error('no words');
  expect(words.why.length).toBeLessThanOrEqual(200);
  return words;
}

function why(facts: Partial<PageFacts>, migration?: Partial<ShownMigration>): string {
  return wordsOf(facts, migration).why.replaceAll('\u00a0', ' ');
}

describe('why a page has its colour', () => {
  it('orange: written after it was sent', () => {
    const dirty = { code: 2, written: 3, writtenSince: 2 };
    expect(why({ ...dirty, toSend: true })).toBe(
      'Page 58,240 is orange: web-01 wrote it 2 times after it was sent in round 2, so round 3 sends it again.',
    );
    expect(why({ ...dirty, writtenSince: 1, sentIn: inRound(3) })).toBe(
      'Page 58,240 is orange: web-01 wrote it once after it was sent in round 3, so it goes again after round 3.',
    );
    expect(why({ ...dirty, toSend: true }, { phase: 'stop-and-copy', round: 0 })).toMatch(
      /so the blackout sends it again\.$/,
    );
  });

  it('orange though nothing changed: the bitmap holds a mark, not the data', () => {
    expect(why({ code: 2, written: 1, writtenSince: 0, sentIn: inRound(1), toSend: true })).toBe(
      'Page 58,240 is orange: web-01 wrote it in round 1 before its turn. ' +
        'Its mark stayed when it was sent, so round 3 sends it again though nothing changed.',
    );
  });

  it('darkest: sent three times or more', () => {
    expect(why({ code: 3, sent: 4, written: 9, writtenSince: 1, toSend: true })).toBe(
      'Page 58,240, sent 4 times, is dirty again: web-01 wrote it once after it was sent in round 2, so round 3 sends it again.',
    );
  });

  it('blue: sent and not written since, or never more than announced', () => {
    expect(why({})).toBe(
      'Page 58,240 is blue: Node 1 sent it in round 2, and web-01 has not written it since.',
    );
    expect(why({ sentIn: { name: 'stop-and-copy', number: 0 } })).toMatch(
      /Node 1 sent it in the blackout/,
    );
    expect(why({ sent: 0, sentNs: null, sentIn: null })).toMatch(/only announced it/);
  });

  it('grey: its turn has not come, or it was passed over', () => {
    const unsent = { code: 0, sent: 0, sentNs: null, sentIn: null };
    const ROUND_1 = { phase: 'round', round: 1 } as const;
    expect(why({ ...unsent, toSend: true }, ROUND_1)).toBe(
      'Page 58,240 is grey: round 1 has not come to it yet.',
    );
    expect(why({ ...unsent, toSend: true, written: 2 }, ROUND_1)).toMatch(
      /web-01 wrote it 2 times meanwhile; it goes across as it is then\.$/,
    );
    expect(why({ ...unsent, written: 1 }, ROUND_1)).toMatch(
      /before its turn, so it was passed over/,
    );
  });

  it('announced as empty and written since', () => {
    const facts = { code: 2, sent: 0, sentNs: null, sentIn: null, written: 3, writtenSince: 3 };
    expect(why({ ...facts, toSend: true })).toBe(
      'Page 58,240 is orange: it was announced as empty, and web-01 has written it 3 times since, so round 3 sends it again.',
    );
  });

  it('of a quick migration: saved, or read back', () => {
    const quick = (phase: ShownMigration['phase']) =>
      ({ method: 'quick', phase, round: 0 }) as const;
    const waits = { code: 0, sent: 0, sentNs: null, sentIn: null, toSend: true };
    const saved = { code: 1, sentNs: 3 * SECOND, sentIn: { name: 'saving', number: 0 } } as const;
    const back = {
      code: 1,
      sentNs: 20 * SECOND,
      sentIn: { name: 'restoring', number: 0 },
    } as const;
    expect(why(waits, quick('saving'))).toMatch(/the save has not come to it yet/);
    expect(why(saved, quick('saving'))).toMatch(/is saved: Node 1 wrote it to .* at 3\.0 s\./);
    expect(why({ ...saved, code: 0 }, quick('restoring'))).toMatch(/has not come to it yet\.$/);
    expect(why(back, quick('restoring'))).toMatch(/is back: Node 2 read it .* at 20\.0 s/);
  });
});

describe('the card beside it', () => {
  it('counts writes and sends, and says when it was sent last', () => {
    const { rows } = wordsOf({ code: 2, written: 3, writtenSince: 2 });
    expect(rows.map(({ name, text }) => `${name}: ${text.replaceAll('\u00a0', ' ')}`)).toEqual([
      'State: dirty',
      'Written by web-01 since the copy began: 3 times',
      'Sent: once',
      'Last sent: in round 2, at 40.0 s',
    ]);
  });

  it('ends at the first and the last page', () => {
    const summary = summaryOf(scenario);
    expect(pageBeside(summary, 0, -1)).toBeNull();
    expect(pageBeside(summary, summary.pageCount - 1, 1)).toBeNull();
    expect(pageBeside(summary, 5, 1)).toBe(6);
  });

  it('is empty while no page is chosen', () => {
    expect(pageWords({ summary: summaryOf(scenario), scenario })).toBeNull();
  });
});

describe('the passes of a cell', () => {
  const pass = (round: number, pages: number): CellPass => ({
    name: round === 0 ? 'stop-and-copy' : 'round',
    round,
    startNs: 0,
    endNs: 1,
    pages,
  });

  it('are told with their pages, of many the latest', () => {
    expect(cellPassesText([])).toBe('');
    expect(cellPassesText([pass(1, 128), pass(2, 52), pass(0, 3)])).toBe(
      '128 of these pages go in round 1, 52 in round 2, 3 in the blackout.',
    );
    expect(cellPassesText([pass(4, 1)])).toBe('1 of these pages goes in round 4.');
    const many = [1, 2, 3, 4, 5, 6, 7].map((round) => pass(round, 2000 + round));
    expect(cellPassesText(many)).toBe(
      'After 2 earlier rounds 2,003 of these pages go in round 3, 2,004 in round 4, 2,005 in round 5, 2,006 in round 6, 2,007 in round 7.',
    );
  });

  it('are not told of a quick migration, which takes every page', () => {
    expect(cellPassesText([{ ...pass(0, 128), name: 'saving' }])).toBe('');
  });
});
