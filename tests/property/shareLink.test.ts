/**
 * Links: what is printed is read back as the same recording, which gives the same run; and whatever becomes of a link on
 * its way, reading it ends with a recording or with words, soon, and runs nothing.
 *
 * `npm run test:long` has the whole of the second part.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateDigest } from '../../src/engine/stateDigest.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { parseLink, printLink, type LinkResult } from '../../src/scenario/link/shareLink.ts';
import { squeeze, unsqueeze } from '../../src/scenario/link/squeeze.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { printScenario } from '../../src/scenario/print.ts';
import { arbitraryShared } from '../support/arbitraryShared.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_124);
const MUTATED = Number(process.env['MIGRASCOPE_LINKS'] ?? 5000);
/** Simulated time after which two runs are compared: past most of the random commands. */
const COMPARED_NS = 3_000_000_000;

function digestOf(scenario: Scenario): string {
  const simulation = new Simulation(scenario, { keepsVersions: true });
  simulation.advanceTo(COMPARED_NS);
  return stateDigest(simulation);
}

describe('a link', () => {
  it(`is read back as what was printed, and gives the same run: 1,000 recordings (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryShared, async (shared) => {
        const result = await parseLink(await printLink(shared));
        expect(result).toStrictEqual({ ok: true, shared, repair: null });
        expect(result.ok && digestOf(result.shared.scenario)).toBe(digestOf(shared.scenario));
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

type Mutation = (text: string) => string;

/** Characters are lost, changed, swapped, added. */
const slip: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.string({ unit: 'grapheme', maxLength: 3 }))
    .map(([place, put]): Mutation => {
      return (text) => {
        const from = place % (text.length + 1);
        return text.slice(0, from) + put + text.slice(from + put.length);
      };
    }),
  fc.nat().map(
    (place): Mutation =>
      (text) =>
        text.slice(0, place % (text.length + 1)),
  ),
  fc.nat().map(
    (place): Mutation =>
      (text) =>
        text.slice(place % (text.length + 1)),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]): Mutation => {
    return (text) => {
      const ends = [one % (text.length + 1), other % (text.length + 1)];
      const [from, to] = ends.toSorted((a, b) => a - b);
      return text.slice(0, from) + text.slice(to) + text.slice(from, to);
    };
  }),
);

/** Somebody tries. */
const attempt: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constantFrom<Mutation[]>(
    (link) => link + 'a'.repeat(20_000),
    (link) => link.toLowerCase(),
    (link) => `9${link}`,
    (link) => link.replace('1.', '.'),
    (link) => `${link}<script>throw 1</script>`,
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map(
    (text): Mutation =>
      () =>
        text,
  ),
  fc.base64String().map(
    (text): Mutation =>
      (link) =>
        `${link.split('.', 2).join('.')}.${text}`,
  ),
);

/** What is compressed: a number, a name or a key is another, and the checksum is right again. */
async function changedInside(link: string, change: Mutation): Promise<string> {
  const [version, preset, squeezed = ''] = link.split('.');
  return `${version}.${preset}.${await squeeze(change(await unsqueeze(squeezed, 1e6)))}`;
}

const digit: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat(),
    fc.constantFrom('7', '-', '.', 'e', 'null', '""', '{}', '[]', '1e999', '99999999'),
  )
  .map(([place, put]): Mutation => {
    return (text) => {
      const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
      const from = digits[place % digits.length] ?? 0;
      return text.slice(0, from) + put + text.slice(from + 1);
    };
  });

describe('a link that has suffered', () => {
  it(
    `ends in a recording or in words, and runs nothing: ${MUTATED} links (seed ${SEED})`,
    async () => {
      const links = await Promise.all(
        fc.sample(arbitraryShared, { seed: SEED, numRuns: 50 }).map(printLink),
      );
      const mutated = fc.oneof(
        fc
          .tuple(
            fc.constantFrom(...links),
            fc.array(fc.oneof(slip, attempt), { minLength: 1, maxLength: 3 }),
          )
          .map(async ([link, changes]) => changes.reduce((text, change) => change(text), link)),
        fc
          .tuple(fc.constantFrom(...links), fc.oneof(slip, digit))
          .map(async ([link, change]) => changedInside(link, change)),
      );
      const seen = { taken: 0, damaged: 0, newer: 0, long: 0, wrong: 0 };
      await fc.assert(
        fc.asyncProperty(mutated, async (link) => {
          const result = await parseLink(await link);
          expect(isSound(result)).toBe(true);
          seen[endOf(result)]++;
        }),
        { seed: SEED, numRuns: MUTATED },
      );
      for (const times of Object.values(seen)) expect(times).toBeGreaterThan(MUTATED / 500);
    },
    60_000 + 5 * MUTATED,
  );
});

type End = 'taken' | 'damaged' | 'newer' | 'long' | 'wrong';

function endOf(result: LinkResult): End {
  if (result.ok) return 'taken';
  const [problem] = result.problems;
  if (problem?.message.includes('of version') === true) return 'newer';
  if (problem?.message.includes('characters, and at most') === true) return 'long';
  return problem?.message.includes('damaged') === true ? 'damaged' : 'wrong';
}

/** A recording that is one, or words and something to open instead. */
function isSound(result: LinkResult): boolean {
  if (result.ok) return parseScenario(printScenario(result.shared.scenario)).ok;
  const { problems, nearest } = result;
  return problems.every(({ message }) => /\w/.test(message)) && nearest.scenario.vms.length > 0;
}
