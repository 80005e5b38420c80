/** Numbers as people of several languages type them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf, parseFigure, withMarks } from '../../../../src/ui/shared/numberMarks.ts';
import { parseValue, understoodText } from '../../../../src/ui/shared/parseValue.ts';

const languages = ['en', 'de', 'fr', 'de-CH'] as const;

function read(text: string, language = 'en'): number | null {
  return parseFigure(text, marksOf(language));
}

describe('a typed number', () => {
  it.each(languages)('has a decimal comma or a decimal point (%s)', (language) => {
    expect(read('117,5', language)).toBe(117.5);
    expect(read('117.5', language)).toBe(117.5);
    expect(read('0,25', language)).toBe(0.25);
    expect(read(',5', language)).toBe(0.5);
    expect(read('16384,1250', language)).toBe(16_384.125);
  });

  it('follows the language where one mark stands before three digits', () => {
    expect(languages.map((language) => read('1,024', language))).toEqual([
      1024, 1.024, 1.024, 1.024,
    ]);
    expect(languages.map((language) => read('1.024', language))).toEqual([
      1.024, 1024, 1.024, 1.024,
    ]);
  });

  it.each(languages)('has no groups where there can be none (%s)', (language) => {
    expect(read('0,125', language)).toBe(0.125);
    expect(read('0.125', language)).toBe(0.125);
    expect(read('16384,125', language)).toBe(16_384.125);
  });

  it.each(languages)(
    'is grouped by several marks, by spaces and by apostrophes (%s)',
    (language) => {
      expect(read('1,234,567', language)).toBe(1_234_567);
      expect(read('1.234.567', language)).toBe(1_234_567);
      expect(read('1,234.5', language)).toBe(1234.5);
      expect(read('1.234,567', language)).toBe(1234.567);
      expect(read('12,34,567.8', language)).toBe(1_234_567.8);
      for (const space of [' ', '\u00a0', '\u202f', '\u2009', "'", '’']) {
        expect(read(`16${space}384`, language)).toBe(16_384);
        expect(read(`1${space}234${space}567,891`, language)).toBe(1_234_567.891);
      }
    },
  );

  it.each([
    '1,2,3',
    '1.2.3',
    '1,024.5.6',
    '12 5',
    '1 024 5',
    ',',
    '.',
    '',
    'x',
    '1e5',
    '1,5x',
    '٣',
  ])('is none: %j', (text) => {
    for (const language of languages) expect(read(text, language)).toBeNull();
  });

  it.each(languages)('comes back as it was printed (%s)', (language) => {
    const marks = marksOf(language);
    const print = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
    const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 0, max: 6 }),
        (digits, decimals) => {
          const value = digits / 10 ** decimals;
          expect(parseFigure(print.format(value), marks)).toBe(value);
          // What the page shows, in the marks of the language.
          expect(parseFigure(withMarks(plain.format(value), marks), marks)).toBe(value);
          expect(parseFigure(withMarks(String(value), marks), marks)).toBe(value);
        },
      ),
      { seed: 20261130 },
    );
  });
});

describe('what was understood', () => {
  const [en, de] = [marksOf('en'), marksOf('de')];

  it('is said where it is shown otherwise than it was typed', () => {
    expect(understoodText('117,5', '117.5\u00a0MB/s', en)).toBe('= 117.5\u00a0MB/s');
    expect(understoodText('16.000', '16,000\u00a0pages/s', de)).toBe('');
    expect(understoodText('16,000', '16\u00a0pages/s', de)).toBe('= 16\u00a0pages/s');
    expect(understoodText('2048 MB', '2\u00a0GB', en)).toBe('= 2\u00a0GB');
  });

  it('is not said where it reads the same', () => {
    for (const typed of ['16000', '16,000', ' 16,000 pages/s', '16 000']) {
      expect(understoodText(typed, '16,000\u00a0pages/s', en)).toBe('');
    }
    expect(understoodText('2,5', '2.5\u00a0GB', de)).toBe('');
  });

  it('may have a unit after any sort of number', () => {
    const units = { mb: 1, gb: 1024 };
    expect(parseValue('1,5 GB', units, '4 GB', en)).toBe(1536);
    expect(parseValue('1\u202f024 mb', units, '4 GB', de)).toBe(1024);
    expect(parseValue('1.024 MB', units, '4 GB', de)).toBe(1024);
  });
});
