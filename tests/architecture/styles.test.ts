/** Text, and the widths at which the layout changes, follow the text size that a person has set in the browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src', import.meta.url));

/** Sizes of text and conditions on the window that are fixed in a style sheet. */
function fixedSizes(styles: string): string[] {
  const rules = styles.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [
    ...(rules.match(/(?<![\w-])(?:font|font-size|line-height)\s*:[^;{}]*\dpx[^;{}]*/g) ?? []),
    ...(rules.match(/@(?:media|container)[^{]*\dpx[^{]*/g) ?? []),
  ].map((found) => found.trim());
}

describe('style sheets', () => {
  it('give the size of text and the widths of the window in rem and em, which follow the browser', () => {
    const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.css'),
    );
    expect(sheets.length).toBeGreaterThan(30);
    const fixed = sheets.flatMap((name) =>
      fixedSizes(readFileSync(join(folder, name), 'utf8')).map((found) => `${name}: ${found}`),
    );
    expect(fixed).toEqual([]);
  });

  it('are seen where they fix one', () => {
    const styles =
      'p { font: 400 14px / 1.35 serif; border: 1px; } @media (max-width: 639px) { a {} }';
    expect(fixedSizes(styles)).toEqual([
      'font: 400 14px / 1.35 serif',
      '@media (max-width: 639px)',
    ]);
  });
});
