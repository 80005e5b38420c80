/** The bars of a lane as a table, behind a button. */
import { secondsFigure } from '../../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../../base/units.ts';
import { vmName } from '../../state/names.ts';
import { outageNs, outagesOf } from '../../state/outlined.ts';
import { laneEndNs, neighbours, type LaneId, type LaneRun } from '../../state/storageLanes.ts';
import { fateText, laneTitles, refusalText } from '../../state/storageWords.ts';
import { Numbers, NumbersTable, type NumbersColumn } from '../shared/Numbers.tsx';
import { useLane } from './storage.tsx';

export function LaneNumbers({ id }: { readonly id: LaneId }) {
  const of = `Outages, ${laneTitles[id]}`;
  return (
    <Numbers of={of} className="bars__numbers">
      <Table id={id} caption={of} />
    </Numbers>
  );
}

const columns: readonly NumbersColumn[] = [
  { name: 'VM' },
  { name: 'Move', words: true },
  { name: 'Paused at', unit: 's' },
  { name: 'Runs at', unit: 's' },
  { name: 'Outage', unit: 's' },
];

function Table({ id, caption }: { readonly id: LaneId; readonly caption: string }) {
  const rows = useLane(id, (lane, { seenNs }) =>
    neighbours(lane).map((vm): string[] => {
      const untilNs = seenNs ?? 0;
      const spans = outagesOf(lane, vm, untilNs);
      const [first, last] = [spans[0], spans.at(-1)];
      const isOpen = last !== undefined && last.toNs === untilNs && untilNs < laneEndNs(lane);
      return [
        vmName(lane.outline.run.scenario, vm),
        fateText(lane, vm),
        first === undefined ? '' : figure(first.fromNs),
        last === undefined ? '' : isOpen ? 'not yet' : figure(last.toNs),
        outageCell(lane, vm, untilNs),
      ];
    }),
  );
  return <NumbersTable caption={caption} columns={columns} rows={rows} />;
}

/** A move that was refused has no outage, which is not the same as none. */
function outageCell(lane: LaneRun, vm: number, untilNs: Nanoseconds): string {
  return refusalText(lane, vm) === null ? figure(outageNs(lane, vm, untilNs)) : '';
}

function figure(ns: Nanoseconds): string {
  return ns === 0 ? '0' : secondsFigure(ns / NS_PER_S);
}
