/** Every rule of the model has a test that names it, and nothing names a rule that does not exist. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const rules = [...read('src/engine/README.md').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(
  ([, rule = '']) => rule,
);
const groups = [...new Set(rules.map((rule) => rule.slice(0, 2)))].join('|');

const named = new Map<string, string>();
for (const file of filesIn('tests').filter((name) => name.endsWith('.test.ts'))) {
  for (const [, rule = ''] of read(file).matchAll(/\[([A-Z]{2}\d+)\]/g)) named.set(rule, file);
}

describe('the rules', () => {
  it('are numbered in order, group by group', () => {
    expect(rules.length).toBeGreaterThan(40);
    const numbers = new Map<string, number>();
    for (const rule of rules) {
      const group = rule.slice(0, 2);
      const next = (numbers.get(group) ?? 0) + 1;
      expect(rule).toBe(`${group}${next}`);
      numbers.set(group, next);
    }
  });

  it('have a test each, whose name begins with the number', () => {
    expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
  });

  it('are all that tests name', () => {
    const unknown = [...named].filter(
      ([rule]) => new RegExp(`^(${groups})`).test(rule) && !rules.includes(rule),
    );
    expect(unknown).toEqual([]);
  });

  it('are all that the code names', () => {
    const unknown: string[] = [];
    for (const file of [...filesIn('src/engine'), ...filesIn('src/base')]) {
      for (const [rule] of read(file).matchAll(new RegExp(`\\b(${groups})\\d+\\b`, 'g'))) {
        if (!rules.includes(rule)) unknown.push(`${file}: ${rule}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});
