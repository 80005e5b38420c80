/** Writes a scenario as a file: what `parseScenario` reads back as the same scenario. */
import type { Scenario } from '../engine/scenario.ts';

export function printScenario(scenario: Scenario): string {
  return `${JSON.stringify({ migrascope: 1, ...scenario }, null, 2)}\n`;
}
