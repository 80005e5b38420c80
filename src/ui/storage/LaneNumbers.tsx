/** The bars of a lane as a table, behind a button. */
import { useRef, useState } from 'react';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../../base/units.ts';
import { vmName } from '../../state/names.ts';
import {
  laneEndNs,
  neighbours,
  outageNs,
  outagesOf,
  type LaneId,
} from '../../state/storageLanes.ts';
import { fateText, laneTitles } from '../../state/storageWords.ts';
import { useLane } from './storage.tsx';

export function LaneNumbers({ id }: { readonly id: LaneId }) {
  const ref = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button button--link"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          ref.current?.showModal();
        }}
      >
        Show numbers
      </button>
      <dialog
        ref={ref}
        className="lane-numbers"
        aria-label={`Outages, ${laneTitles[id]}`}
        onClose={() => setOpen(false)}
      >
        {isOpen && <Table id={id} />}
        <button type="button" className="button" onClick={() => ref.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

interface Line {
  readonly name: string;
  readonly fate: string;
  readonly from: string;
  readonly to: string;
  readonly length: string;
}

function Table({ id }: { readonly id: LaneId }) {
  const lines = useLane(id, (lane, { seenNs }) =>
    neighbours(lane).map((vm): Line => {
      const untilNs = seenNs ?? 0;
      const spans = outagesOf(lane, vm, untilNs);
      const [first, last] = [spans[0], spans.at(-1)];
      const isOpen = last !== undefined && last.toNs === untilNs && untilNs < laneEndNs(lane);
      return {
        name: vmName(lane.outline.run.scenario, vm),
        fate: fateText(lane, vm),
        from: first === undefined ? '' : text(first.fromNs),
        to: last === undefined ? '' : isOpen ? 'not yet' : text(last.toNs),
        length: first === undefined ? text(0) : text(outageNs(lane, vm, untilNs)),
      };
    }),
  );
  return (
    <table>
      <caption>Outages, {laneTitles[id]}</caption>
      <thead>
        <tr>
          <th scope="col">VM</th>
          <th scope="col">Move</th>
          <th scope="col">Paused at</th>
          <th scope="col">Runs at</th>
          <th scope="col">Outage</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, fate, from, to, length }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{fate}</td>
            <td>{from}</td>
            <td>{to}</td>
            <td>{length}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function text(ns: Nanoseconds): string {
  return ns === 0 ? '0\u00a0s' : secondsText(ns / NS_PER_S);
}
