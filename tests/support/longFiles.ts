/** Files that are large, and wrong in very many places. */

/** A scenario with `count` keys that the format does not know: `key0`, `key1`, … */
export function withUnknownKeys(count: number): string {
  const keys = Array.from({ length: count }, (_, place) => [`key${place}`, place] as const);
  return JSON.stringify({ migrascope: 1, ...Object.fromEntries(keys) });
}

/** `levels` lists or objects, one in the other. */
export function deepFile(levels: number, open: '[' | '{"a":'): string {
  const close = open === '[' ? ']' : '}';
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
}
