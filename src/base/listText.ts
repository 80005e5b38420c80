/** Several things in one sentence. */

/** "web-01", "web-01 and db-01", "web-01, db-01 and file-01". */
export function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
