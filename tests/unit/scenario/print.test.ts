import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { printScenario } from '../../../src/scenario/print.ts';
import { arbitraryScenario } from '../../support/arbitraryScenario.ts';
import { smallScenario } from '../../support/scenarios.ts';

describe('printScenario', () => {
  it('writes the version first, for people and programs that look at the beginning', () => {
    expect(printScenario(smallScenario())).toMatch(
      /^\{\n {2}"migrascope": 1,\n {2}"title": "Small",\n/,
    );
  });

  it('writes what parseScenario reads back as the same scenario (any scenario)', () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        expect(parseScenario(printScenario(scenario))).toStrictEqual({ ok: true, scenario });
      }),
    );
  });

  it.each(presets)('keeps the preset $id', ({ scenario }) => {
    expect(parseScenario(printScenario(scenario))).toStrictEqual({ ok: true, scenario });
  });

  it('keeps numbers that are hard to write: -0 is 0, and small fractions stay', () => {
    const scenario = smallScenario({
      untilMs: 1.0000000000000002,
      commands: [{ atMs: -0, do: 'cancel-migration', vm: 'vm1' }],
    });
    expect(Object.is(scenario.commands[0]?.atMs, 0)).toBe(true);
    expect(parseScenario(printScenario(scenario))).toStrictEqual({ ok: true, scenario });
  });
});
