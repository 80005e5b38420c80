/** A run as text that a person can read and a golden file can hold: migrations, rounds, events, digest. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withThousands } from '../../src/base/numberText.ts';
import type { MigrationReport, Report } from '../../src/engine/report.ts';

/** One line an event, one line a round; numbers with their unit in the head of the column. */
export function reportText(report: Report): string {
  const lines = [
    `${report.title} (seed ${report.seed}), ended at ${ms(report.endedAtMs)} ms`,
    ...report.migrations.flatMap((migration) => ['', ...migrationLines(migration)]),
    '',
    ...report.vms.map(
      (vm) =>
        `${vm.id} is ${vm.state} on ${vm.node}, ${ms(vm.outageMs)} ms without it, ${vm.memoryLostMiB} MiB lost`,
    ),
    ...report.clients.map(
      ({ vm, kind, kept, lost, longestSilenceMs }) =>
        `${kind} of ${vm}: ${kept} kept, ${lost} lost, silent for ${ms(longestSilenceMs)} ms`,
    ),
    ...report.volumes.map(({ id, kind, owner }) => `${kind} ${id} of ${owner ?? 'nobody'}`),
    '',
    ...report.events.map(
      ({ atMs, kind, text }) => `${ms(atMs).padStart(12)}  ${kind.padEnd(20)} ${text}`,
    ),
    '',
    `digest ${report.digest}`,
  ];
  return `${lines.map((line) => line.replaceAll('\u00a0', ' ')).join('\n')}\n`;
}

function migrationLines(migration: MigrationReport): string[] {
  const { vm, from, to, outcome, stopReason, memoryIdentical } = migration;
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell) => cell.padStart(12))
      .join('')
      .trimEnd();
  return [
    `${vm} from ${from} to ${to}, ${migration.method} (${migration.cause}): ${outcome}, ${stopReason ?? 'no stop'}, memory identical: ${String(memoryIdentical)}`,
    `${ms(migration.totalMs)} ms in all, ${ms(migration.blackoutMs)} ms of blackout, ${withThousands(migration.pagesSent)} pages, ${withThousands(migration.bytesSent)} bytes`,
    ...(migration.rounds.length === 0
      ? []
      : [row(['round', 'from ms', 'ms', 'sent', 'dirtied', 'left'])]),
    ...migration.rounds.map((round) =>
      row([
        String(round.number),
        ms(round.startedAtMs),
        ms(round.durationMs),
        withThousands(round.pagesSent),
        withThousands(round.pagesDirtied),
        withThousands(round.pagesLeft),
      ]),
    ),
  ];
}

function ms(value: number): string {
  return value.toFixed(3);
}

/** What `tests/golden/<name>.txt` holds; with GOLDEN=accept in the environment `text` is written there first. */
export function goldenText(name: string, text: string): string {
  const path = fileURLToPath(new URL(`../golden/${name}.txt`, import.meta.url));
  if (process.env['GOLDEN'] === 'accept') writeFileSync(path, text);
  if (!existsSync(path)) return `${path} is missing: run with GOLDEN=accept, then read it`;
  return readFileSync(path, 'utf8');
}
