import { describe, expect, it } from 'vitest';
import { isolated } from '../../../src/base/isolated.ts';
import { simulate } from '../../../src/engine/index.ts';
import { readCase } from '../../support/caseFiles.ts';

const RIGHT_TO_LEFT = /[\u0590-\u08ff]/u;
const ISOLATED = /\u2068[^\u2068\u2069]*\u2069/gu;

describe('a name in a sentence', () => {
  it('is left as it is where it runs from left to right', () => {
    for (const name of ['web-01', 'Node 1', 'Zürich', 'Узел 1', '节点', '👩‍👩‍👧‍👦'])
      expect(isolated(name)).toBe(name);
  });

  it.each(['صفحة 1', 'שרת-02', 'db صفحة'])('keeps its direction inside: %s', (name) => {
    expect(isolated(name)).toBe(`\u2068${name}\u2069`);
  });

  it('keeps as many marks as a script needs, and no heap of them', () => {
    expect(isolated('Việt')).toBe('Việt');
    expect(isolated('Vie\u0323\u0302t')).toBe('Vie\u0323\u0302t');
    expect(isolated(`a${'\u0301'.repeat(99)}b`)).toBe(`a${'\u0301'.repeat(3)}b`);
  });

  it('never turns round what stands beside it in an event', () => {
    const { events } = simulate(readCase('names-that-turn-the-text-round.json'));
    const named = events.filter(({ text }) => RIGHT_TO_LEFT.test(text));
    expect(named.length).toBeGreaterThan(3);
    for (const { text } of named) {
      expect(text.replaceAll(ISOLATED, '')).not.toMatch(RIGHT_TO_LEFT);
      expect(text).not.toMatch(/\u0301{4}/u);
    }
  });
});
