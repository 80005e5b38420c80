/** What the monkey puts into the page: files, links and texts, good ones and bad ones. */
import type { Command } from '../../src/engine/command.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { SharedView } from '../../src/scenario/link/linkView.ts';
import { printLink } from '../../src/scenario/link/shareLink.ts';
import { presets } from '../../src/scenario/presets.ts';
import { printScenario } from '../../src/scenario/print.ts';
import type { Chance } from './chance.ts';

export interface Thing {
  /** What it is, for the list of acts. */
  readonly name: string;
  readonly bytes: number[];
}

const plainView: SharedView = {
  vm: 0,
  mapMode: 'state',
  timeScale: 'equal',
  pageScale: 'log',
  hidden: [],
  screen: {},
};

/** A preset, often with a first command. */
function someScenario(chance: Chance): Scenario {
  const { scenario } = chance.oneOf(presets);
  const vm = chance.oneOf(scenario.vms).id;
  const node = chance.oneOf(scenario.nodes).id;
  const commands: Command[] = [
    { atMs: chance.below(5000), do: 'live-migrate', vm, to: node },
    { atMs: chance.below(5000), do: 'quick-migrate', vm, to: node },
    { atMs: chance.below(5000), do: 'crash-node', node },
    { atMs: chance.below(5000), do: 'drain-node', node },
  ];
  return { ...scenario, commands: chance.share() < 0.3 ? [] : [chance.oneOf(commands)] };
}

export function someFile(chance: Chance): Thing {
  const text = printScenario(someScenario(chance));
  const cut = chance.below(text.length);
  const spoilt = text.slice(0, cut) + text.slice(cut + 1 + chance.below(20));
  const texts = { 'run.json': text, 'cut.json': text.slice(0, cut), 'spoilt.json': spoilt };
  const files: Thing[] = [
    ...Object.entries(texts).map(([name, content]) => {
      return { name, bytes: [...new TextEncoder().encode(content)] };
    }),
    { name: 'picture.png', bytes: Array.from({ length: 5000 }, () => chance.below(256)) },
    { name: 'empty.json', bytes: [] },
  ];
  return chance.oneOf(files);
}

/** As many different runs of it as Compare keeps, three at a time, push out those that were there before. */
const VARIANTS = 4;

/** The smallest preset, which is worked out at once, on one screen after the other, and on the first page at the end. */
export async function linksOfRest(): Promise<string[]> {
  const scenario = presets.find(({ id }) => id === 'small')?.scenario;
  if (scenario === undefined) throw new Error('no preset is called small');
  const linkTo = async (screen: string, seed: number): Promise<string> => {
    const shared = { scenario: { ...scenario, seed }, shownNs: 0, branch: null, view: plainView };
    return `#${screen}?${await printLink(shared)}`;
  };
  const compared = Array.from({ length: VARIANTS }, (_, seed) => linkTo('/compare', seed + 1));
  const others = ['/lab', '/storage', '/map', '/'].map((screen) => linkTo(screen, 1));
  return Promise.all([...compared, ...others]);
}

export async function someLink(chance: Chance): Promise<string> {
  const scenario = someScenario(chance);
  const shownNs = chance.below(40_000) * 1_000_000;
  const view: SharedView = {
    ...plainView,
    mapMode: chance.oneOf(['state', 'content'] as const),
    timeScale: chance.oneOf(['equal', 'to-scale'] as const),
    pageScale: chance.oneOf(['log', 'linear'] as const),
  };
  const link = await printLink({ scenario, shownNs, branch: null, view });
  const screen = chance.oneOf(['/lab', '/lab', '/', '/compare', '/storage', '/map']);
  const mishap = chance.below(10);
  if (mishap === 0) return `#${screen}?${link.slice(0, chance.below(link.length))}`;
  if (mishap === 1) return `#${screen}?${link}${String.fromCharCode(33 + chance.below(90))}`;
  return `#${screen}?${link}`;
}

export const texts = [
  '0',
  '1',
  '-1',
  '3,5',
  '1.024',
  '1,024',
  '1e9',
  '99999999999999',
  'abc',
  '',
  ' ',
  'Größe-наме-名前-\u{1f680}',
  '<b>&amp;',
  'long '.repeat(60),
] as const;

/** Of the page's list of keys, and those of every page. */
export const keys = [
  ...['Space', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Enter', 'Tab', 'Shift+Tab'],
  ...['Shift+ArrowRight', 'Shift+ArrowLeft', 'PageDown', 'PageUp', 'Home', 'End', 'Escape'],
  ...['j', 'l', 'q', 'c', 'm', 'i', 'e', 'k', 't', '?', '1', '5', '9', 'Delete', 'Backspace'],
  ...['Control+z', 'Control+Shift+z', 'Control+y'],
] as const;
