/** Files of `tests/cases`: situations that once went wrong, or that somebody measured elsewhere, each with its right value. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { simulate, type Report } from '../../src/engine/index.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import { parseScenario } from '../../src/scenario/parse.ts';

export interface Case {
  readonly file: string;
  /** Rules in square brackets, then what is right. */
  readonly what: string;
  /** Takes more than 5 s: only where MIGRASCOPE_LONG is 1. */
  readonly long?: boolean;
  readonly expected: (report: Report, scenario: Scenario) => void;
}

/** @throws Error with the problems when the file is no scenario. */
export function readCase(file: string): Scenario {
  const url = new URL(`../cases/${file}`, import.meta.url);
  const result = parseScenario(readFileSync(url, 'utf8'));
  if (result.ok) return result.scenario;
  throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
}

/** One test for each case. */
export function testCases(cases: readonly Case[]): void {
  for (const { file, what, long, expected } of cases) {
    const skipped = long === true && process.env['MIGRASCOPE_LONG'] !== '1';
    it.skipIf(skipped)(
      `${what} (${file})`,
      () => {
        const scenario = readCase(file);
        expect.hasAssertions();
        expected(simulate(scenario), scenario);
      },
      long === true ? 600_000 : 120_000,
    );
  }
}

/** Seconds at which events of this kind happened. */
export function secondsOf({ events }: Report, kind: Report['events'][number]['kind']): number[] {
  return events.filter((event) => event.kind === kind).map(({ atMs }) => atMs / 1000);
}
