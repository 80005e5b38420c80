/** The memory maps of the selected VM as a table: one for both sides, which differ in their names alone. */
import { mapTable, type MapTable } from '../../charts/mapTable.ts';
import { vmName } from '../../state/names.ts';
import { useFrameValue } from '../shared/charts/useFrameValue.ts';
import { useLab, useRun } from '../shared/lab.tsx';
import { Numbers, NumbersTable } from '../shared/Numbers.tsx';

export function MapNumbers({ vm }: { readonly vm: number }) {
  const name = useRun(({ scenario }) => vmName(scenario, vm));
  const caption = `Memory of ${name}, by address`;
  return (
    <Numbers of={caption}>
      <Table caption={caption} />
    </Numbers>
  );
}

function Table({ caption }: { readonly caption: string }) {
  const { frames } = useLab();
  // As text, because it is read out of a frame that is given back.
  const text = useFrameValue(frames, (frame) => JSON.stringify(mapTable(frame)), '');
  if (text === '') return null;
  const { columns, rows } = JSON.parse(text) as MapTable;
  const named = columns.map((name) => ({ name, unit: 'pages' }));
  return <NumbersTable caption={caption} columns={[{ name: 'Range' }, ...named]} rows={rows} />;
}
