import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importProblems, importsOf, type SourceFiles } from './layers.ts';

const root = new URL('../../', import.meta.url);

function sourceFiles(): SourceFiles {
  const names = readdirSync(fileURLToPath(new URL('src', root)), {
    recursive: true,
    encoding: 'utf8',
  });
  const paths = names
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]));
}

/** Files by path; those that are only imported need no text. */
function problemsOf(files: Readonly<Record<string, string>>): string[] {
  return importProblems(new Map(Object.entries(files)));
}

describe('the source', () => {
  it('keeps the import rules', () => {
    const files = sourceFiles();
    expect(files.size).toBeGreaterThan(10);
    expect(importProblems(files)).toEqual([]);
  });
});

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts';", 'value'],
    ["import a from './a.ts'", 'value'],
    ["import * as a from './a.ts';", 'value'],
    ["import './a.ts';", 'value'],
    ["import {\n  a,\n  b,\n} from './a.ts';", 'value'],
    ["import { type A } from './a.ts';", 'value'],
    ["import type { A } from './a.ts';", 'type'],
    ["import type A from './a.ts';", 'type'],
    ["import type * as A from './a.ts';", 'type'],
    ["import type from './a.ts';", 'value'],
    ["import type, { b } from './a.ts';", 'value'],
    ["export { a } from './a.ts';", 'value'],
    ["export * from './a.ts';", 'value'],
    ["export type { A } from './a.ts';", 'type'],
    ["export type * from './a.ts';", 'type'],
    ["const a = await import('./a.ts');", 'lazy'],
    ["let a: typeof import('./a.ts');", 'type'],
    ["new Worker(new URL('./a.ts', import.meta.url), { type: 'module' });", 'address'],
  ])('reads %j', (source, kind) => {
    expect(importsOf(source)).toEqual([{ specifier: './a.ts', kind }]);
  });

  it('reads neither comments nor declarations', () => {
    const source = [
      "// import { a } from './a.ts';",
      "/* import { a } from './a.ts'; */",
      "export const a = 'b';",
      "export type A = 'b' | 'c';",
      "export function f(from = 'b') {}",
      "const address = 'https://example.org';",
    ].join('\n');
    expect(importsOf(source)).toEqual([]);
  });

  it('reads what follows an address in a string', () => {
    const source = "const address = 'https://example.org'; import('./a.ts');";
    expect(importsOf(source)).toEqual([{ specifier: './a.ts', kind: 'lazy' }]);
  });
});

describe('importProblems', () => {
  it('allows the own folder and the row of the table', () => {
    expect(
      problemsOf({
        'src/base/units.ts': '',
        'src/engine/bitmap.ts': "import { Page } from '../base/units.ts';",
        'src/engine/memory/guest.ts': "import { a } from '../bitmap.ts';",
        'src/protocol/frame.ts': "import type { Bitmap } from '../engine/bitmap.ts';",
        'src/worker/host.ts': "import '../protocol/frame.ts';",
      }),
    ).toEqual([]);
  });

  it.each([
    ['base', 'engine'],
    ['engine', 'protocol'],
    ['scenario', 'protocol'],
    ['session', 'engine'],
    ['charts', 'ui'],
    ['state', 'ui'],
    ['ui', 'app'],
    ['ui', 'worker'],
    ['app', 'engine'],
    ['cli', 'worker'],
  ])('refuses an import of %s from %s, even of a type', (from, to) => {
    const problems = problemsOf({
      [`src/${from}/a.ts`]: `import type { B } from '../${to}/b.ts';`,
      [`src/${to}/b.ts`]: '',
    });
    expect(problems).toEqual([`src/${from}/a.ts: ${from} may not import ${to} (../${to}/b.ts)`]);
  });

  it('refuses a value where only types may come from', () => {
    const problems = problemsOf({
      'src/protocol/a.ts': "import { b } from '../engine/b.ts';",
      'src/engine/b.ts': '',
    });
    expect(problems).toEqual(['src/protocol/a.ts: protocol may import only types of engine']);
  });

  it('lets app fetch the worker into the page when it is needed, and nobody else', () => {
    const fetched = "const load = () => import('../worker/w.ts');";
    expect(problemsOf({ 'src/app/a.ts': fetched, 'src/worker/w.ts': '' })).toEqual([]);
    for (const layer of ['session', 'ui', 'state']) {
      expect(problemsOf({ [`src/${layer}/a.ts`]: fetched, 'src/worker/w.ts': '' })).toHaveLength(1);
    }
    const engine = "const load = () => import('../engine/e.ts');";
    expect(problemsOf({ 'src/app/a.ts': engine, 'src/engine/e.ts': '' })).toHaveLength(1);
  });

  it('lets app start the worker by its address, and nobody else', () => {
    const start = "new Worker(new URL('../worker/w.ts', import.meta.url), { type: 'module' });";
    expect(problemsOf({ 'src/app/a.ts': start, 'src/worker/w.ts': '' })).toEqual([]);
    expect(problemsOf({ 'src/session/a.ts': start, 'src/worker/w.ts': '' })).toHaveLength(1);
    const value = "import '../worker/w.ts';";
    expect(problemsOf({ 'src/app/a.ts': value, 'src/worker/w.ts': '' })).toHaveLength(1);
  });

  it('refuses packages in the model', () => {
    expect(problemsOf({ 'src/engine/a.ts': "import { z } from 'node:fs';" })).toHaveLength(1);
    expect(problemsOf({ 'src/ui/a.tsx': "import { z } from 'react';" })).toEqual([]);
  });

  it('keeps the features of ui apart', () => {
    const files = {
      'src/ui/Root.tsx': "import './lab/Lab.tsx';",
      'src/ui/lab/Lab.tsx': "import '../shared/Button.tsx'; ",
      'src/ui/shared/Button.tsx': '',
      'src/ui/compare/Compare.tsx': '',
    };
    expect(problemsOf(files)).toEqual([]);
    const across = "import '../compare/Compare.tsx';";
    expect(problemsOf({ ...files, 'src/ui/lab/Lab.tsx': across })).toHaveLength(1);
    expect(problemsOf({ ...files, 'src/ui/shared/Button.tsx': across })).toHaveLength(1);
    const upward = "import '../Root.tsx';";
    expect(problemsOf({ ...files, 'src/ui/compare/Compare.tsx': upward })).toHaveLength(1);
  });

  it('refuses circles of any length, of types as well', () => {
    const problems = problemsOf({
      'src/engine/a.ts': "import { b } from './b.ts';",
      'src/engine/b.ts': "import type { C } from './deep/c.ts';",
      'src/engine/deep/c.ts': "export * from '../a.ts';",
      'src/engine/d.ts': "import './a.ts';",
    });
    expect(problems).toEqual([
      'cycle: src/engine/a.ts -> src/engine/b.ts -> src/engine/deep/c.ts -> src/engine/a.ts',
    ]);
  });

  it('refuses what it cannot place', () => {
    expect(problemsOf({ 'src/helpers/a.ts': '' })).toHaveLength(1);
    expect(problemsOf({ 'src/main.ts': '' })).toHaveLength(1);
    expect(problemsOf({ 'src/ui/a.ts': "import './b';" })).toHaveLength(1);
    expect(problemsOf({ 'src/ui/a.ts': "import './gone.ts';" })).toHaveLength(1);
    expect(problemsOf({ 'src/ui/a.ts': "import '../../tests/b.ts';" })).toHaveLength(1);
    expect(problemsOf({ 'src/ui/a.ts': "import './a.css';" })).toEqual([]);
  });
});
