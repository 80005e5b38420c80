/** Tables of a run for a spreadsheet: the names, units and numbers of the report that the command line prints. */
import { at } from '../base/assert.ts';
import { nsToMs } from '../base/units.ts';
import type { ClientResult, PhaseRow, RunInfo } from '../protocol/runInfo.ts';

/** Text, number, or null for an empty field. */
type Field = string | number | null;

/** What each phase of each migration sent: pre-copy rounds have a number, those that share a row the first and the last. A phase that is not over is left out. */
export function roundsTable({ scenario, migrations }: RunInfo): string {
  const header = [
    'vm',
    'method',
    'from',
    'to',
    'requestedAtMs',
    'phase',
    'round',
    'startedAtMs',
    'durationMs',
    'pagesSent',
    'pagesDirtied',
    'pagesLeft',
  ];
  const rows = migrations.flatMap(({ vm, method, from, to, requestedNs, phases }) => {
    const move = [
      at(scenario.vms, vm).id,
      method,
      at(scenario.nodes, from).id,
      at(scenario.nodes, to).id,
      nsToMs(requestedNs),
    ];
    return phases.filter(isOver).map((phase) => [...move, ...phaseFields(phase)]);
  });
  return csv([header, ...rows]);
}

function isOver(phase: PhaseRow): phase is PhaseRow & { endNs: number } {
  return phase.endNs !== null;
}

function phaseFields(phase: PhaseRow & { endNs: number }): Field[] {
  const { name, number, lastNumber, startNs, endNs, pagesSent, pagesDirtied, pagesLeft } = phase;
  const isRound = name === 'round';
  return [
    name,
    isRound ? (lastNumber === undefined ? number : `${number} to ${lastNumber}`) : null,
    nsToMs(startNs),
    nsToMs(endNs - startNs),
    pagesSent,
    isRound ? pagesDirtied : null,
    isRound ? pagesLeft : null,
  ];
}

/** What each group of clients met in the whole run. */
export function clientsTable(clients: readonly ClientResult[]): string {
  const header = ['vm', 'kind', 'count', 'kept', 'lost', 'longestSilenceMs'];
  const rows = clients.map(({ vm, kind, count, kept, lost, longestSilenceMs }) => {
    return [vm, kind, count, kept, lost, longestSilenceMs];
  });
  return csv([header, ...rows]);
}

/** RFC 4180: lines end with CR LF, and what could be mistaken stands in quotes. */
export function csv(rows: readonly (readonly Field[])[]): string {
  return rows.map((row) => `${row.map(fieldText).join(',')}\r\n`).join('');
}

function fieldText(field: Field): string {
  const text = String(field ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name for a file that says which run, when and what: `calm-web-server-27.8s-rounds`. */
export function fileName(title: string, seconds: number | null, what: string): string {
  const when = seconds === null ? '' : `${seconds.toFixed(1)}s`;
  return [title, when, what]
    .map((part) => plain(part).slice(0, LONGEST_PART))
    .filter((part) => part !== '')
    .join('-');
}

const LONGEST_PART = 60;

/** What every file system takes. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}
