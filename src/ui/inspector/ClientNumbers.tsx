/** The client strips of the selected VM as a table: where the clients of each group stand, and what became of them. */
import { secondsFigure } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import type { ClientRow } from '../../protocol/frameSummary.ts';
import { kindNames, vmName } from '../../state/names.ts';
import { useRun } from '../shared/lab.tsx';
import { Numbers, NumbersTable } from '../shared/Numbers.tsx';

const columns = [
  { name: 'Clients' },
  { name: 'Number' },
  { name: 'Answered' },
  { name: 'Ask again' },
  { name: 'Wait for disk' },
  { name: 'Lost' },
  { name: 'Reconnected' },
  { name: 'Never lost' },
  { name: 'Longest silence', unit: 's' },
];

export function ClientNumbers({ vm }: { readonly vm: number }) {
  const name = useRun(({ scenario }) => vmName(scenario, vm));
  const caption = `Clients of ${name}`;
  return (
    <Numbers of={caption}>
      <Table caption={caption} />
    </Numbers>
  );
}

function Table({ caption }: { readonly caption: string }) {
  const rows = useRun(({ summary }) => (summary?.clients ?? []).map(rowOf));
  return <NumbersTable caption={caption} columns={columns} rows={rows} />;
}

function rowOf({ kind, count, kept, now, longestSilenceNs }: ClientRow): string[] {
  // A ping has no connection.
  const never = kind === 'ping' ? '–' : String(kept);
  const counts = [count, now.answered, now.asking, now.waiting, now.lost, now.reconnected];
  const silence = secondsFigure(longestSilenceNs / NS_PER_S);
  return [kindNames[kind], ...counts.map(String), never, silence];
}
