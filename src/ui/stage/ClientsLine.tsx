/** The clients of the selected VM above the LAN: up to four groups, each with its strip. */
import { isolated } from '../../base/isolated.ts';
import { at } from '../../base/assert.ts';
import { keptText, standingText } from '../../charts/clientWords.ts';
import type { ClientSpec } from '../../engine/scenario.ts';
import type { ClientRow } from '../../protocol/frameSummary.ts';
import { clientCount } from '../../state/names.ts';
import { ClientStrip } from '../shared/charts/ClientStrip.tsx';
import { ClientIcon } from '../shared/icons.tsx';
import { useLab, useRun, useView } from '../shared/lab.tsx';
import './clients.css';

/** As many as a frame has strips. */
const STRIP_GROUPS = 4;
/** With more groups in the line their names are short. */
const GROUPS_WITH_LONG_NAMES = 2;

const nouns = {
  'windows-lan': 'Windows client',
  'linux-lan': 'Linux client',
  ping: 'ping',
} as const;

/** @param summed All groups as one line: for narrow screens. */
export function ClientsLine({ summed = false }: { readonly summed?: boolean }) {
  const vm = useView((view) => view.selectedVm);
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const groups = spec.clients.slice(0, STRIP_GROUPS);
  if (groups.length <= 1 || summed) return <OneLine vm={vm} />;
  return (
    <ul className="clients" aria-label={`Clients of ${isolated(spec.name)}`}>
      {groups.map((group, row) => (
        <Group
          key={row}
          group={group}
          row={row}
          letter={groups.filter((other) => isAlike(other, group)).length > 1 ? 'ABCD'[row]! : ''}
          short={groups.length > GROUPS_WITH_LONG_NAMES}
        />
      ))}
    </ul>
  );
}

interface GroupProps {
  readonly group: ClientSpec;
  readonly row: number;
  /** Tells groups of the same name apart, or ''. */
  readonly letter: string;
  readonly short: boolean;
}

function Group({ group, row, letter, short }: GroupProps) {
  const { frames } = useLab();
  const now = useRun((state) => state.summary?.clients[row]);
  const name = letter === '' ? groupName(group) : `${groupName(group)} ${letter}`;
  const title = group.kind === 'ping' || now === undefined ? name : `${name}: ${keptText(now)}`;
  return (
    <li className="clients__group" title={title}>
      <ClientIcon />
      <b>{short ? name.replace(/ clients?\b/, '') : name}</b>
      <ClientStrip frames={frames} row={row} label={name} height={14} readout />
    </li>
  );
}

/** All clients of the VM in words, and the strip of the first group. */
function OneLine({ vm }: { readonly vm: number }) {
  const { frames } = useLab();
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const count = useRun((state) => clientCount(state.scenario, vm));
  const rows = useRun((state) => state.summary?.clients ?? []);
  const [first] = spec.clients;
  if (first === undefined) {
    return (
      <p className="clients">
        <span className="clients__none">No clients use {isolated(spec.name)}.</span>
      </p>
    );
  }
  const name = spec.clients.length === 1 ? groupName(first) : `${count} clients`;
  return (
    <div className="clients clients--one" title={titleOf(name, rows)}>
      <ClientIcon />
      <b>{rows.length === 0 ? name : `${name}, ${standingText(rows)}`}</b>
      <ClientStrip
        frames={frames}
        row={0}
        label={groupName(first)}
        height={14}
        readout={first.kind === 'ping'}
      />
    </div>
  );
}

function titleOf(name: string, rows: readonly ClientRow[]): string {
  const tcp = rows.filter(({ kind }) => kind !== 'ping');
  if (tcp.length === 0) return name;
  const sum = (of: 'kept' | 'count'): number => tcp.reduce((total, row) => total + row[of], 0);
  return `${name}: ${keptText({ kept: sum('kept'), count: sum('count') })}`;
}

function groupName({ kind, count }: ClientSpec): string {
  return `${count} ${nouns[kind]}${count === 1 ? '' : 's'}`;
}

function isAlike(a: ClientSpec, b: ClientSpec): boolean {
  return a.kind === b.kind && a.count === b.count;
}
