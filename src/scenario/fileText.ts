/**
 * The text of a file: UTF-8, or UTF-16 as some editors save it. Page and command line read files by this, so that one reads
 * what the other does.
 */
import { LONGEST_FILE } from './limits.ts';

/** Bytes of a file that is read: no text of `LONGEST_FILE` characters takes more, its byte order mark included. */
export const MOST_FILE_BYTES = 3 * (LONGEST_FILE + 1);

/** @returns Without a byte order mark. What does not belong to the encoding becomes U+FFFD. */
export function fileText(bytes: Uint8Array<ArrayBuffer>): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** By its byte order mark. Without one by its first character, which is ASCII in every scenario: UTF-16 puts a zero beside it. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
