/**
 * The import rules: which folder of src may import which, and that no file imports itself in a circle.
 *
 * Imports are read with regular expressions, not with a compiler: enough for statements that the
 * formatter has laid out, and independent of what any build tool chooses to follow.
 */
import { posix } from 'node:path';

/** Path from the top level, with `/`, and the text of the file. */
export type SourceFiles = ReadonlyMap<string, string>;

export interface Import {
  readonly specifier: string;
  /**
   * `address` is `new URL('…', import.meta.url)`: the other file runs by itself, in a worker. `lazy` is `import('…')`: a value
   * that comes when it is needed.
   */
  readonly kind: 'value' | 'type' | 'address' | 'lazy';
}

interface Row {
  readonly values: readonly string[];
  readonly types?: readonly string[];
  /** Where nothing from node_modules may come in. */
  readonly noPackages?: true;
}

/** What a layer may import besides itself; `types` are for `import type` alone. */
const layers: Readonly<Record<string, Row>> = {
  base: { values: [], noPackages: true },
  engine: { values: ['base'], noPackages: true },
  scenario: { values: ['base', 'engine'] },
  protocol: { values: ['base'], types: ['scenario', 'engine'] },
  worker: { values: ['engine', 'scenario', 'protocol', 'base'] },
  session: { values: ['protocol', 'base'] },
  lessons: { values: [], types: ['protocol', 'scenario', 'engine'] },
  charts: { values: ['protocol', 'base'] },
  state: {
    values: ['lessons', 'scenario', 'base'],
    types: ['session', 'protocol', 'engine'],
  },
  ui: {
    values: ['state', 'charts', 'lessons', 'base'],
    types: ['session', 'protocol', 'engine', 'scenario'],
  },
  app: {
    values: ['session', 'state', 'ui', 'charts', 'lessons', 'scenario', 'protocol', 'base'],
  },
  cli: { values: ['scenario', 'engine', 'base'] },
};

/** The one place that may start a worker of ours, by its address, or fetch it into the page where there are no workers. */
const workerStarter = { from: 'app', to: 'worker' };

/** What `ui` features have in common. */
const sharedFeature = 'shared';

/** @returns One line for each import that breaks a rule, in the order of the files. */
export function importProblems(files: SourceFiles): string[] {
  const paths = [...files.keys()].toSorted();
  return [
    ...paths.flatMap((path) => fileProblems(path, files)),
    ...cycles(files).map((cycle) => `cycle: ${cycle.join(' -> ')}`),
  ];
}

/** Every import and re-export of a module, static or not. */
export function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  const statements = code.matchAll(
    /^[ \t]*(?:import|export)\s+(type\b(?!\s*(?:,|from\b))\s*)?(?:[^'"`;=()]*?\bfrom\s*)?['"]([^'"\n]+)['"]/gm,
  );
  const calls = code.matchAll(/(\btypeof\s+)?\bimport\(\s*['"`]([^'"`\n]+)['"`]/g);
  const addresses = code.matchAll(
    /\bnew URL\(\s*['"`]([^'"`\n]+)['"`]\s*,\s*import\.meta\.url\s*,?\s*\)/g,
  );
  return [
    ...[...statements].map(([, type, specifier = '']): Import => {
      return { specifier, kind: type === undefined ? 'value' : 'type' };
    }),
    ...[...calls].map(([, type, specifier = '']): Import => {
      return { specifier, kind: type === undefined ? 'lazy' : 'type' };
    }),
    ...[...addresses].map(([, specifier = '']): Import => ({ specifier, kind: 'address' })),
  ];
}

/** Comments become a space; strings stay, so that `'https://…'` is not taken for a comment. */
export function withoutComments(source: string): string {
  const stringOrComment =
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(stringOrComment, (text) => (text.startsWith('/') ? ' ' : text));
}

function fileProblems(path: string, files: SourceFiles): string[] {
  const layer = layerOf(path);
  const row = layers[layer];
  if (!row) return [`${path}: src/${layer} is no layer`];
  return importsOf(files.get(path) ?? '').flatMap((imported) => {
    const problem = importProblem(path, layer, row, imported, files);
    return problem === undefined ? [] : [`${path}: ${problem}`];
  });
}

function importProblem(
  path: string,
  layer: string,
  row: Row,
  { specifier, kind }: Import,
  files: SourceFiles,
): string | undefined {
  if (!specifier.startsWith('.')) {
    return row.noPackages && kind !== 'address'
      ? `${layer} imports no package, but ${specifier}`
      : undefined;
  }
  const target = resolve(path, specifier);
  if (!target.startsWith('src/')) return `${specifier} lies outside src`;
  const isScript = posix.extname(target) === '' || /\.[cm]?[jt]sx?$/.test(target);
  if (isScript && !files.has(target)) {
    return `${specifier} does not exist (imports name the file with its extension)`;
  }
  const targetLayer = layerOf(target);
  if (targetLayer === layer) return layer === 'ui' ? featureProblem(path, target) : undefined;
  if (row.values.includes(targetLayer)) return undefined;
  if (row.types?.includes(targetLayer)) {
    return kind === 'type' ? undefined : `${layer} may import only types of ${targetLayer}`;
  }
  const startsWorker =
    (kind === 'address' || kind === 'lazy') &&
    layer === workerStarter.from &&
    targetLayer === workerStarter.to;
  return startsWorker ? undefined : `${layer} may not import ${targetLayer} (${specifier})`;
}

/** Features of `ui` know themselves and what is shared; files beside them put features together. */
function featureProblem(path: string, target: string): string | undefined {
  const [from, to] = [featureOf(path), featureOf(target)];
  if (from === undefined || from === to || to === sharedFeature) return undefined;
  return from === sharedFeature
    ? `ui/shared may not import a feature (${target})`
    : `ui/${from} may import only itself and ui/shared, not ${target}`;
}

function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function featureOf(path: string): string | undefined {
  const [, , feature, file] = path.split('/');
  return file === undefined ? undefined : feature;
}

function resolve(from: string, specifier: string): string {
  const file = specifier.replace(/[?#].*$/, '');
  return posix.join(posix.dirname(from), file);
}

/** Each circle once, from its first file in alphabetical order; types count, workers do not. */
function cycles(files: SourceFiles): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const { specifier, kind } of importsOf(files.get(path) ?? '')) {
      const target = specifier.startsWith('.') ? resolve(path, specifier) : '';
      if (kind !== 'address' && files.has(target)) visit(target);
    }
    trail.pop();
    done.add(path);
  };

  for (const path of [...files.keys()].toSorted()) visit(path);
  return found;
}
