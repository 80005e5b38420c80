/** Anything that a link can carry. */
import { isBlank } from '../../src/scenario/names.ts';
import fc from 'fast-check';
import { panels, type ScreenView, type SharedView } from '../../src/scenario/link/linkView.ts';
import type { Shared } from '../../src/scenario/link/shareLink.ts';
import { arbitraryScenario } from './arbitraryScenario.ts';

const screen: fc.Arbitrary<ScreenView> = fc
  .dictionary(
    fc.stringMatching(/^[a-z]{1,8}[A-Z][a-z]{1,8}$/),
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
    ),
    { maxKeys: 6 },
  )
  .map((values) => structuredClone(values));

function viewOf(vms: number): fc.Arbitrary<SharedView> {
  return fc.record(
    {
      vm: fc.nat(vms - 1),
      mapMode: fc.constantFrom('state', 'content'),
      timeScale: fc.constantFrom('equal', 'to-scale'),
      pageScale: fc.constantFrom('log', 'linear'),
      hidden: fc.subarray([...panels]),
      screen,
    },
    { noNullPrototype: true },
  );
}

export const arbitraryShared: fc.Arbitrary<Shared> = arbitraryScenario.chain((scenario) =>
  fc.record(
    {
      scenario: fc.constant(scenario),
      shownNs: fc.oneof(fc.constant(0), fc.nat(10_000_000_000), fc.maxSafeNat()),
      branch: fc.option(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
          .filter((text) => !isBlank(text)),
      ),
      view: viewOf(scenario.vms.length),
    },
    { noNullPrototype: true },
  ),
);
