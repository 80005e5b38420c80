import { describe, expect, it } from 'vitest';
import { fileText } from '../../../src/scenario/fileText.ts';

const text = '{ "migrascope": 1, "title": "Grüße, 世界" }';

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

describe('the text of a file', () => {
  const utf16 = (content: string): Buffer => Buffer.from(content, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 of little ends', utf16(`\uFEFF${text}`)],
    ['UTF-16 of big ends', swapped(utf16(`\uFEFF${text}`))],
    ['UTF-16 of little ends without a mark', utf16(text)],
    ['UTF-16 of big ends without a mark', swapped(utf16(text))],
  ])('is read from %s', (_, bytes) => {
    expect(fileText(new Uint8Array(bytes))).toBe(text);
  });

  it('of nothing is empty', () => {
    expect(fileText(new Uint8Array())).toBe('');
  });

  it('that is cut in the middle of a character is still a text', () => {
    expect(fileText(new Uint8Array(utf16(text).subarray(0, 9)))).toBe('{ "m\uFFFD');
    expect(fileText(Uint8Array.of(0x7b, 0xc3))).toBe('{\uFFFD');
  });
});
