/**
 * The inverse of a schema's defaults: a value without what the schema fills in by itself. Half of a preset goes, and a
 * link that is half as long makes a QR code that can be read from further away.
 */
import type * as v from 'valibot';
import { entriesOfKind, type AnySchema } from '../tidy.ts';

/**
 * @param value  One that the schema has let pass.
 * @returns Keys stand in the order of the schema, so that equal values give equal texts.
 */
export function withoutDefaults(schema: v.GenericSchema, value: unknown): unknown {
  const { wrapped, item, entries, options } = schema as AnySchema;
  if (wrapped !== undefined) return withoutDefaults(wrapped, value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return item === undefined ? value : value.map((entry) => withoutDefaults(item, entry));
  }
  const own = entries ?? (options === undefined ? undefined : entriesOfKind(schema, value));
  return own === undefined ? value : objectWithout(own, value);
}

function objectWithout(
  entries: Readonly<Record<string, v.GenericSchema>>,
  value: object,
): Record<string, unknown> {
  const given = new Map(Object.entries(value));
  const kept = Object.entries(entries).flatMap(([key, schema]): [string, unknown][] => {
    const short = withoutDefaults(schema, given.get(key));
    return short === undefined || isDefault(schema, short) ? [] : [[key, short]];
  });
  return Object.fromEntries(kept);
}

/** @param short  Without the defaults inside, as the default of the schema itself is written. */
function isDefault(schema: v.GenericSchema, short: unknown): boolean {
  const { wrapped, default: filledIn } = schema as AnySchema;
  return wrapped !== undefined && JSON.stringify(filledIn) === JSON.stringify(short);
}
