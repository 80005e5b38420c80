/**
 * `public/scenario.schema.json` is made from the schema of the parser. After a change of the format:
 *
 *     UPDATE_SCHEMA=1 npx vitest run tests/unit/scenario/schemaFile.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../../src/scenario/schema.ts';

const file = fileURLToPath(new URL('../../../public/scenario.schema.json', import.meta.url));

/** @throws Error when a part of the schema has no counterpart in JSON Schema. */
function generated(): string {
  const schema = toJsonSchema(scenarioSchema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    // That a name is not blank takes more than a pattern; the parser says it.
    ignoreActions: ['check'],
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

interface Part {
  readonly description?: string;
  readonly const?: unknown;
  readonly type?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly oneOf?: readonly Part[];
  readonly anyOf?: readonly Part[];
}

function partsOf(part: Part, path: string): [path: string, part: Part][] {
  return [
    [path, part],
    ...Object.entries(part.properties ?? {}).flatMap(([key, child]) =>
      partsOf(child, `${path}.${key}`),
    ),
    ...(part.items === undefined ? [] : partsOf(part.items, `${path}[]`)),
    ...[...(part.oneOf ?? []), ...(part.anyOf ?? [])].flatMap((child) => partsOf(child, path)),
  ];
}

describe('scenario.schema.json', () => {
  it('is what the schema of the parser says', () => {
    const text = generated();
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  const parts = partsOf(JSON.parse(generated()) as Part, 'scenario');

  it('allows no unknown key anywhere', () => {
    const objects = parts.filter(([, part]) => part.type === 'object');
    expect(objects.length).toBeGreaterThan(12);
    expect(objects.filter(([, part]) => part.additionalProperties !== false)).toEqual([]);
  });

  it('explains every number and text that is not a fixed word', () => {
    const values = parts.filter(([, part]) => /^(number|integer|string)$/.test(part.type ?? ''));
    expect(values.length).toBeGreaterThan(50);
    expect(
      values.filter(([, part]) => part.description === undefined).map(([path]) => path),
    ).toEqual([]);
  });
});
