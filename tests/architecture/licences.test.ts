/**
 * The page carries the notices of what it ships. Which packages that are is read from source maps, those of the workers
 * included, and from the files of the fonts: not from the list that the notices are made of.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

/** A file of the build, as bundlers describe it. */
interface BuiltFile {
  readonly fileName: string;
  readonly type: 'asset' | 'chunk';
  readonly source?: string | Uint8Array;
  readonly originalFileNames?: readonly string[];
}

const packageName = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

function textOf({ source }: BuiltFile): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

/** Packages with a source in a map, or with a file that was copied. */
function shippedPackages(files: readonly BuiltFile[]): string[] {
  const sources = files.flatMap((file) => {
    if (!file.fileName.endsWith('.map')) return file.originalFileNames ?? [];
    return (JSON.parse(textOf(file)) as { sources: string[] }).sources;
  });
  const names = sources.flatMap((path) => packageName.exec(`/${path}`)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/** Everything in memory, nothing written. */
async function builtFiles(): Promise<readonly BuiltFile[]> {
  const built = await build({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    logLevel: 'silent',
    build: { write: false, sourcemap: true, minify: false },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('the build is not one output');
  return built.output;
}

describe('the notices of the built page', () => {
  let files: readonly BuiltFile[] = [];
  let notices = new Map<string, string>();

  beforeAll(async () => {
    files = await builtFiles();
    const file = files.find(({ fileName }) => fileName === 'licences.txt');
    if (file === undefined) throw new Error('the build holds no notices');
    // "## name - version (licence)", then the text.
    const sections = textOf(file).split(/^## /m).slice(1);
    notices = new Map(sections.map((text) => [text.split(' - ')[0] ?? '', text]));
    // A build takes a second, and many on a machine that is busy with other things.
  }, 60_000);

  // They are made of the modules of the page: a package that only a worker uses would be forgotten.
  it('name every package whose code is in the page or in a worker, and no other', () => {
    expect([...notices.keys()].toSorted()).toEqual(shippedPackages(files));
  });

  it('are about more than the page: workers and fonts were looked at', () => {
    const maps = files.filter(({ fileName }) => /worker.*\.map$/.test(fileName));
    expect(maps.length).toBeGreaterThanOrEqual(2);
    expect(shippedPackages(maps)).toContain('valibot');
    const fonts = files.filter(({ fileName }) => fileName.endsWith('.woff2'));
    expect(shippedPackages(fonts)).toHaveLength(2);
  });

  it('hold the text of each licence; the Unlicense asks for none', () => {
    const short = [...notices].filter(([, text]) => text.length < 400).map(([name]) => name);
    expect(short.filter((name) => !/\(Unlicense\)/.test(notices.get(name) ?? ''))).toEqual([]);
    const fonts = [...notices].filter(([name]) => name.startsWith('@fontsource'));
    expect(fonts).toHaveLength(2);
    for (const [, text] of fonts) expect(text).toContain('SIL OPEN FONT LICENSE');
  });
});
