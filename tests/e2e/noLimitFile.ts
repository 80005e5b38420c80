/** A guest that never converges, without a limit of rounds, for 200 s: 1,900 rounds, more than the record keeps one by one. */
import { readFileSync } from 'node:fs';

const UNTIL_MS = 200_000;

export function noLimitFile(): Buffer {
  const whole: unknown = JSON.parse(readFileSync('tests/cases/no-limit-short-rounds.json', 'utf8'));
  return Buffer.from(JSON.stringify(Object.assign({}, whole, { untilMs: UNTIL_MS })));
}
