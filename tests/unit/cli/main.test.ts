import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { simulate } from '../../../src/engine/index.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { withUnknownKeys } from '../../support/longFiles.ts';
import { smallScenario } from '../../support/scenarios.ts';

const small = printScenario(smallScenario());
const other = printScenario(smallScenario({ seed: 2, title: 'Other' }));
const broken = '{ "migrascope": 1, "seed": -1, "colour": "blue" }';

const seedFault = 'seed: -1 is too small, allowed: a whole number from 0 to 9007199254740991';
const keyFault = /^colour: unknown key "colour", allowed: \$schema, migrascope, title, .*untilMs$/;

type Content = string | Uint8Array<ArrayBuffer>;

function bytesOf(content: Content, most: number): Uint8Array<ArrayBuffer> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return bytes.subarray(0, most);
}

/** Runs the command line on files of a folder that exists only here. */
async function run(
  args: readonly string[],
  files: Readonly<Record<string, Content>> = {},
  stdin = '',
): Promise<{ code: number; out: string; err: string[] }> {
  let out = '';
  let err = '';
  const code = await main(args, {
    readStdin: (most) => Promise.resolve(bytesOf(stdin, most)),
    readFile: (path, most) => {
      const content = files[path];
      if (content !== undefined) return Promise.resolve(bytesOf(content, most));
      const error = Object.assign(new Error(`ENOENT: no such file, open '${path}'`), {
        code: 'ENOENT',
      });
      return Promise.reject(error);
    },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err: err.split('\n').filter((line) => line !== '') };
}

describe('the command line', () => {
  it('prints the report of one file as one line of JSON', async () => {
    const { code, out, err } = await run(['a.json'], { 'a.json': small });
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out.split('\n')).toHaveLength(2);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(simulate(smallScenario()))));
    expect(JSON.parse(out)).toMatchObject({
      migrascope: 1,
      migrations: [{ vm: 'vm1', outcome: 'completed', memoryIdentical: true }],
    });
  });

  it('prints one report a line for several files, in their order', async () => {
    const { code, out } = await run(['b', 'a', 'b'], { a: small, b: other });
    const titles = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { title: string }).title);
    expect({ code, titles }).toEqual({ code: 0, titles: ['Other', 'Small', 'Other'] });
  });

  it('reads standard input for -', async () => {
    const fromFile = await run(['a'], { a: small });
    expect(await run(['-'], {}, small)).toEqual(fromFile);
  });

  it('prints for people with --pretty, wherever that stands', async () => {
    const plain = await run(['a'], { a: small });
    const pretty = await run(['a', '--pretty'], { a: small });
    expect(pretty.code).toBe(0);
    expect(pretty.out).toMatch(/^\{\n {2}"migrascope": 1,\n/);
    expect(JSON.parse(pretty.out)).toEqual(JSON.parse(plain.out));
    expect(await run(['--pretty', 'a'], { a: small })).toEqual(pretty);
  });

  it('takes what stands behind -- as a file', async () => {
    const { code } = await run(['--', '--pretty'], { '--pretty': small });
    expect(code).toBe(0);
  });

  it('reads UTF-16 as UTF-8', async () => {
    const fromUtf8 = await run(['a'], { a: small });
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${small}`, 'utf16le'));
    expect(await run(['a'], { a: utf16 })).toEqual(fromUtf8);
  });

  it('refuses a file without end, unread', async () => {
    const { code, err } = await run(['a'], { a: new Uint8Array(4_000_000).fill(0x20) });
    expect(code).toBe(2);
    expect(err).toEqual(['a: the file has 3145732 characters, allowed: at most 1048576 (1 MiB)']);
  });

  it('lists the first 20 of 60,000 problems', async () => {
    const { code, out, err } = await run(['a'], { a: withUnknownKeys(60_000) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toHaveLength(21);
    expect(err[19]).toMatch(/^key19: unknown key "key19", allowed: /);
    expect(err[20]).toBe('a: 59,980 more problems');
  });

  it('refuses a file that is not valid: exit 2, a line a problem, nothing on standard output', async () => {
    const { code, out, err } = await run(['a'], { a: broken });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toHaveLength(2);
    expect(err[0]).toMatch(keyFault);
    expect(err[1]).toBe(seedFault);
  });

  it('prints no report at all when one of several files is not valid, and says which', async () => {
    const files = { a: small, b: broken, c: '{' };
    const { code, out, err } = await run(['a', 'b', 'c', 'd'], files);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toHaveLength(4);
    expect(err[1]).toBe(`b: ${seedFault}`);
    expect(err[2]).toMatch(/^c: is not JSON: .*, allowed: a scenario as JSON$/);
    expect(err[3]).toBe('d: cannot be read, there is no such file');
  });

  it('names the file when the fault has no place in it', async () => {
    expect((await run(['a'], { a: '' })).err).toEqual([
      'a: the file is empty, allowed: a scenario as JSON',
    ]);
    expect((await run(['-'], {}, ' ')).err).toEqual([
      'standard input: the file is empty, allowed: a scenario as JSON',
    ]);
  });

  it('refuses a file that cannot be read with a sentence and exit 2', async () => {
    expect(await run(['missing.json'])).toEqual({
      code: 2,
      out: '',
      err: ['missing.json: cannot be read, there is no such file'],
    });
  });

  it.each([['--help'], ['-h'], ['a', '--help']])('explains itself: %s %s', async (...args) => {
    const { code, out, err } = await run(args.filter((arg) => typeof arg === 'string'));
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toMatch(/^Usage: npm run --silent simulate -- /);
  });

  it.each([
    [[], 'Name at least one scenario file, or - for standard input.'],
    [['--fast', 'a'], 'There is no option --fast.'],
    [['-', '-'], 'Standard input can be read only once.'],
  ])('refuses the arguments %j', async (args, sentence) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err[0]).toBe(sentence);
    expect(err[1]).toMatch(/^Usage: /);
  });
});
