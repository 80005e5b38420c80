/**
 * A text as characters that an address may hold: compressed by the means of the browser (and of Node), then base64url.
 * The compressed form ends with a checksum, so a changed character is noticed. Its bytes may differ between browsers;
 * the text does not.
 */

/** A letter, a digit, "-" or "_" for each six bits. */
export const SQUEEZED = /^[\w-]+$/;

export async function squeeze(text: string): Promise<string> {
  const bytes = await passed(
    new TextEncoder().encode(text),
    new CompressionStream('deflate'),
    Infinity,
  );
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param squeezed   Matches `SQUEEZED`.
 * @param mostBytes  What the text may take at most: a few characters can stand for very many.
 * @throws Error if it is damaged, or stands for more.
 */
export async function unsqueeze(squeezed: string, mostBytes: number): Promise<string> {
  const binary = atob(squeezed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const text = await passed(bytes, new DecompressionStream('deflate'), mostBytes);
  return new TextDecoder('utf-8', { fatal: true }).decode(text);
}

/** The bytes after `stream`. @throws Error as soon as there are more than `mostBytes`, or as the stream says. */
async function passed(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  mostBytes: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  const written = Promise.all([writer.write(bytes), writer.close()]);
  const reader = stream.readable.getReader();
  // What is wrong with the bytes is told at both ends; the reader's end is enough.
  written.catch(() => undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one chunk comes after the other
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw new RangeError(`it stands for more than ${mostBytes} bytes`);
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let place = 0;
  for (const chunk of chunks) {
    all.set(chunk, place);
    place += chunk.length;
  }
  return all;
}
