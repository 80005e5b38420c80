/** Scenario files that suffered: values at the ends of their range and far beyond, keys and lists that are others, broken text. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ranges } from '../../src/scenario/limits.ts';
import { presets } from '../../src/scenario/presets.ts';
import { printScenario } from '../../src/scenario/print.ts';

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

/** Every value of a file, however deep. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesOf(parent[key])]);
}

/** Changes one value of the file. */
type Change = (file: unknown, pick: <T>(list: readonly T[]) => T | undefined) => void;

const EXTREMES = [0, -0, -1, 0.1, 1, 15, 16, 1000, 65_536, 1e6, 1e8, 1e9, 2 ** 53, 1e308, 5e-324];
const OTHERS = [
  null,
  true,
  '',
  ' ',
  '\u202e\u200b',
  'node1',
  {},
  [],
  [[]],
  { vm: 1 },
  'x'.repeat(101),
];

function changeOf(change: (place: Place, pick: Parameters<Change>[1]) => void): Change {
  return (file, pick) => {
    const place = pick(placesOf(file));
    if (place !== undefined) change(place, pick);
  };
}

/** What may well be valid afterwards. */
const gentle: readonly Change[] = [
  // A number at an end of its range.
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ key }) => key in ranges));
    if (place === undefined) return;
    const { min, max } = ranges[place.key as keyof typeof ranges];
    place.parent[place.key] = pick([min, max]);
  },
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ parent, key }) => typeof parent[key] === 'number'));
    if (place !== undefined) (place.parent[place.key] as number) *= pick([0, 0.5, 2, 1000]) ?? 1;
  },
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ key }) => key === 'kind' || key === 'tracking'));
    const tracking = ['clear-on-send', 'skip-redirtied', 'sync-when-rest-small'];
    const kinds = ['hot', 'power-law', 'sweep', 'once', 'csv', 'linux-lan'];
    if (place !== undefined)
      place.parent[place.key] = pick(place.key === 'kind' ? kinds : tracking);
  },
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ key }) => key === 'name' || key === 'title'));
    if (place !== undefined)
      place.parent[place.key] = pick([' ', '\u200b', '\u202eabc', 'a\u0000']);
  },
];

const rough: readonly Change[] = [
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ parent, key }) => typeof parent[key] === 'number'));
    if (place !== undefined) place.parent[place.key] = pick(EXTREMES);
  },
  changeOf(({ parent, key }, pick) => (parent[key] = structuredClone(pick(OTHERS)))),
  changeOf(({ parent, key }) => delete parent[key]),
  changeOf(({ parent, key }) => {
    parent[`${key}s`] = parent[key];
    delete parent[key];
  }),
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ parent, key }) => Array.isArray(parent[key])));
    const list = place?.parent[place.key] as unknown[] | undefined;
    const entry = pick(list ?? []);
    const times = pick([1, 8, 300]) ?? 1;
    for (let time = 0; time < times && entry !== undefined; time++)
      list?.push(structuredClone(entry));
  },
  (file, pick) => {
    const place = pick(placesOf(file).filter(({ key }) => key === 'name' || key === 'title'));
    if (place !== undefined)
      place.parent[place.key] = pick([' ', '\u200b', '\u202eabc', 'a\u0000']);
  },
  // A value of another place.
  (file, pick) => {
    const [to, from] = [pick(placesOf(file)), pick(placesOf(file))];
    if (to === undefined || from === undefined) return;
    to.parent[to.key] = structuredClone(from.parent[from.key]);
  },
];

type TextChange = (text: string, at: number) => string;

const textChanges: readonly TextChange[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => `${text.slice(0, at)}9${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}"${text.slice(at)}`,
  (text, at) => `${text.slice(0, at)}${'['.repeat(10_000)}${text.slice(at)}`,
  (text, at) => text.slice(at) + text.slice(0, at),
];

const folder = new URL('../cases/', import.meta.url);

/** Hours that somebody measured elsewhere. Cases of their own hold how they end; here each is only read. */
const hours: ReadonlySet<string> = new Set([
  'nova-never-converges.json',
  'no-limit-short-rounds.json',
  'qemu-256-gib-no-throttle.json',
]);

export interface MutatedFile {
  readonly text: string;
  /** Whether it came from an hour that is too long to be run here. */
  readonly isLong: boolean;
}

/** What people have: presets, and the cases. */
const files: readonly MutatedFile[] = [
  ...presets.map(({ scenario }) => ({ text: printScenario(scenario), isLong: false })),
  ...readdirSync(folder).map((name) => ({
    text: readFileSync(new URL(name, folder), 'utf8'),
    isLong: hours.has(name),
  })),
];

/** A file after one to four changes of its values, or one of its text. */
export const mutatedFile: fc.Arbitrary<MutatedFile> = fc
  .record({
    file: fc.constantFrom(...files),
    chosen: fc.oneof(
      fc.array(fc.constantFrom(...gentle), { minLength: 1, maxLength: 3 }),
      fc.array(fc.constantFrom(...gentle, ...rough), { minLength: 1, maxLength: 4 }),
    ),
    textChange: fc.option(fc.constantFrom(...textChanges), { freq: 1 }),
    dice: fc.array(fc.nat(), { minLength: 17, maxLength: 17 }),
  })
  .map(({ file, chosen, textChange, dice }) => {
    let thrown = 0;
    const pick = <T>(list: readonly T[]): T | undefined =>
      list[(dice[thrown++ % dice.length] ?? 0) % list.length];
    const value: unknown = JSON.parse(file.text);
    for (const change of chosen) change(value, pick);
    const whole = JSON.stringify(value);
    const text = textChange?.(whole, (dice[0] ?? 0) % (whole.length + 1)) ?? whole;
    return { ...file, text };
  });
