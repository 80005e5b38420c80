import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withoutComments } from './layers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Committed, and new files that nothing ignores; without git, what is there. */
function projectFiles(): string[] {
  try {
    const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    return execFileSync('git', list, { cwd: root, encoding: 'utf8', stdio: 'pipe' })
      .split('\0')
      .filter((path) => path !== '');
  } catch {
    const ignored = new Set(
      read('.gitignore')
        .split('\n')
        .map((line) => line.replace(/\/$/, '')),
    );
    return readdirSync(root).filter((name) => !ignored.has(name));
  }
}

/** Commands and paths that a text names and that do not exist. */
function missingFrom(text: string, folder: string, scripts: ReadonlySet<string>): string[] {
  const commands = [...text.matchAll(/\bnpm (?:run (?:--?[\w-]+ )*)?([\w:-]+)/g)]
    .filter(([command, name = '']) => command.includes(' run ') || /^(start|test)$/.test(name))
    .flatMap(([, name = '']) => (scripts.has(name) ? [] : [`npm run ${name}`]));
  const paths = [...text.matchAll(/(?<![\w/.:-])(?:src|tests|public|\.ci)\/[\w./-]*\w/g)]
    .map(([path]) => path)
    .filter((path) => !existsSync(join(root, path)));
  const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !existsSync(join(folder, link)));
  return [...commands, ...paths, ...links];
}

describe('the top level', () => {
  it('holds only what belongs there', () => {
    const allowed =
      /^(package\.json|package-lock\.json|vite\.config\.ts|index\.html|src|public|tests|README\.md|LICENSE|CONTRIBUTING\.md|CHANGELOG\.md|\..+)$/;
    const names = new Set(projectFiles().map((path) => path.split('/')[0] ?? ''));
    expect([...names].filter((name) => !allowed.test(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('names no download address, so that every registry serves', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('holds a checksum of every package', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string }>;
    };
    const open = Object.entries(packages).filter(
      ([path, entry]) => path !== '' && entry.integrity === undefined,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  it('holds the native parts for every platform, or npm ci refuses it', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const paths = Object.keys(packages);
    const wanted = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    expect(wanted).not.toEqual([]);
    expect(
      wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`))),
    ).toEqual([]);
  });
});

describe('the guides', () => {
  const scripts = new Set(
    Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts),
  );
  const guides = [
    'README.md',
    ...projectFiles().filter((path) => path.endsWith('.md') && path !== 'README.md'),
  ];

  it.each(guides)('%s names only commands and files that exist', (guide) => {
    expect(missingFrom(read(guide), dirname(join(root, guide)), scripts)).toEqual([]);
  });

  it('are checked by a test that finds what is missing', () => {
    const text = [
      'Run `npm run gone` or `npm run --silent also:gone -- x`, then `npm start`, `npm ci`, `npm test`.',
      'See `src/gone.ts`, tests/run.mjs, [this](gone.md), [that](LICENSE) and https://a.example/src/x.',
    ].join('\n');
    expect(missingFrom(text, root, scripts)).toEqual([
      'npm run gone',
      'npm run also:gone',
      'src/gone.ts',
      'gone.md',
    ]);
  });
});

/** What the tables of packages name: the first cell of each row. */
function packagesNamed(readme: string): string[] {
  const section = /^## Packages$(.*)/ms.exec(readme)?.[1] ?? '';
  return [...section.matchAll(/^\| (`[^|]*) \| [^|]*\w[^|]* \|$/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

describe('the packages', () => {
  it('stand in the README, each once and with a reason, and no others', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
      dependencies: object;
      devDependencies: object;
    };
    const wanted = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(packagesNamed(read('README.md')).toSorted()).toEqual(wanted.toSorted());
  });

  it('are read from a table whose rows have reasons', () => {
    const rows = ['## Packages', '| `a`, `@b/c` | why |', '| `d` |  |', 'and `e`'].join('\n');
    expect(packagesNamed(rows)).toEqual(['a', '@b/c']);
  });
});

describe('the model', () => {
  /**
   * Powers of whole literals have one exact value, and so has two to a whole number. Anything else
   * is Math.pow, which differs between engines.
   */
  function inexactPowers(source: string): string[] {
    const code = withoutComments(source).replace(
      /(?<![.\w])(?:\d+ \*\* \d+|2 \*\* \w+)\b(?!\.)/g,
      '',
    );
    return code.split('\n').filter((line) => line.includes('**'));
  }

  it('raises only whole literals, or two, to a power', () => {
    const files = ['src/base', 'src/engine'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    );
    expect(files.flatMap((file) => inexactPowers(read(file)))).toEqual([]);
  });

  it('is checked by a test that finds other powers', () => {
    expect(inexactPowers('const a = 2 ** 32; /** b ** c */ // d ** e')).toEqual([]);
    expect(inexactPowers('const a = 2 ** shift;')).toEqual([]);
    expect(inexactPowers('const a = 2 ** 0.5;')).toHaveLength(1);
    expect(inexactPowers('const a = 1.2 ** shift;')).toHaveLength(1);
    expect(inexactPowers('const a = b ** 2;')).toHaveLength(1);
    expect(inexactPowers('a **= 0.5;')).toHaveLength(1);
  });
});

describe('the facts behind the model', () => {
  const rules = read('src/engine/README.md');
  const known = new Set([...rules.matchAll(/^\| ([A-I]\d?) \| /gm)].map(([, name]) => name));

  it('are all in the table, with their source', () => {
    const cited = projectFiles()
      .filter((path) => /^(src|tests)\/.*\.(ts|tsx|md)$/.test(path))
      .flatMap((path) =>
        [...read(path).matchAll(/\b[Ff]acts ([A-I]\d?(?:(?:, | and | to )[A-I]\d)*)/g)].flatMap(
          ([, names = '']) => names.split(/, | and | to /),
        ),
      );
    expect(cited.length).toBeGreaterThan(50);
    expect([...new Set(cited)].filter((name) => !known.has(name))).toEqual([]);
  });
});
