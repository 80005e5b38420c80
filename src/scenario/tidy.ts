/**
 * Looks through a value along its schema for what the schema library lets pass or tells only in part: every
 * unknown key (it names the first), lists where objects belong, and lists far too long (it would
 * complain about each entry).
 */
import * as v from 'valibot';
import { pathText, quoted, type Problem } from './faultText.ts';

/** Any schema of `schema.ts`, with the parts that its `type` has. */
export type AnySchema = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly default?: unknown;
  readonly key?: string;
  readonly options?: readonly v.GenericSchema[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
};

/**
 * @param problems  Gets one entry for each unknown key, misplaced list and list that is too long.
 * @returns A copy of `value` without what was complained about, as far as the schema knows its shape.
 */
export function tidy(
  schema: v.GenericSchema,
  value: unknown,
  path: readonly (string | number)[],
  problems: Problem[],
): unknown {
  const { wrapped, item, entries, options } = schema as AnySchema;
  if (wrapped !== undefined) return tidy(wrapped, value, path, problems);
  // -0 would be printed as 0 and read back as another number.
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (item !== undefined) return tidyList(schema, item, value, path, problems);
  if (entries === undefined && options === undefined) return value;
  if (Array.isArray(value)) {
    problems.push({
      path: pathText(path),
      message: `a list of ${value.length} is not an object, allowed: an object`,
    });
    return null;
  }
  const own = entries ?? entriesOfKind(schema, value);
  return own === undefined ? value : tidyObject(own, value, path, problems);
}

function tidyList(
  schema: AnySchema,
  item: v.GenericSchema,
  value: object,
  path: readonly (string | number)[],
  problems: Problem[],
): unknown {
  if (!Array.isArray(value)) return value;
  const longest = schema.pipe?.find(({ type }) => type === 'max_length')?.requirement;
  const most = typeof longest === 'number' ? longest : value.length;
  if (value.length > most) {
    problems.push({
      path: pathText(path),
      message: `a list of ${value.length} is too long, allowed: a list of at most ${most} entries`,
    });
  }
  return value
    .slice(0, most)
    .map((entry: unknown, place) => tidy(item, entry, [...path, place], problems));
}

function tidyObject(
  entries: Readonly<Record<string, v.GenericSchema>>,
  value: object,
  path: readonly (string | number)[],
  problems: Problem[],
): object {
  const known: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    // Own keys only: "constructor" and "__proto__" are keys like any other, and not ours.
    const schema = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (schema === undefined) {
      problems.push({
        path: pathText([...path, key]),
        message: `unknown key ${quoted(key)}, allowed: ${Object.keys(entries).join(', ')}`,
      });
    } else {
      known[key] = tidy(schema, entry, [...path, key], problems);
    }
  }
  return known;
}

/** Of the entries told apart by a key, the kind that `value` says it is. */
export function entriesOfKind(
  { key = '', options = [] }: AnySchema,
  value: object,
): Readonly<Record<string, v.GenericSchema>> | undefined {
  const kind: unknown = (value as Readonly<Record<string, unknown>>)[key];
  return (options as readonly AnySchema[]).find(({ entries }) => {
    const discriminator = entries?.[key];
    return discriminator !== undefined && v.is(discriminator, kind);
  })?.entries;
}
