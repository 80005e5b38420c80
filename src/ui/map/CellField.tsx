/** The field of cells as one stop of the keyboard: arrows move the cell, Enter opens it, a click opens the cell below the pointer. */
import {
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import {
  cellAfterArrow,
  cellAtPoint,
  type ConvergenceLayout,
} from '../../charts/convergenceLayout.ts';
import { currentCell } from '../../state/convergenceStore.ts';
import { cellSentence } from '../../state/convergenceWords.ts';
import { useCell, useMap, useMapActions } from './map.tsx';

export interface CellFieldProps {
  readonly layout: ConvergenceLayout;
  readonly onOpen: (cell: number) => void;
  readonly children: ReactNode;
}

export function CellField({ layout, onOpen, children }: CellFieldProps) {
  const id = useId();
  const { point } = useMapActions();
  const pointed = useMap((state) => state.pointed);
  const current = useMap(currentCell);
  const press = usePress(layout, onOpen);
  // Who points with a mouse sees the figures; every move would be read aloud.
  const [isByKey, setByKey] = useState(false);
  const middle = Math.floor((layout.rows / 2) * layout.columns + layout.columns / 2);

  const cellOf = (event: MouseEvent): number | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return cellAtPoint(layout, event.clientX - left, event.clientY - top);
  };
  const move = (event: PointerEvent): void => {
    const cell = cellOf(event);
    if (cell === null) return;
    setByKey(false);
    point(cell);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') return event.currentTarget.blur();
    if (event.key === 'Enter' && pointed !== null) {
      event.preventDefault();
      return onOpen(pointed);
    }
    const from = pointed ?? current ?? middle;
    const cell = cellAfterArrow(layout, from, event.key, event.shiftKey);
    if (cell === null) return undefined;
    event.preventDefault();
    event.stopPropagation();
    setByKey(true);
    return point(cell);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the field takes the arrow keys
    <div
      className="cmap-figure__field"
      role="application"
      aria-roledescription="convergence map"
      aria-label="Cells by dirty rate and bandwidth"
      aria-describedby={`${id}keys`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys move the cell
      tabIndex={0}
      onFocus={() => {
        if (pointed === null) point(current ?? middle);
      }}
      onPointerMove={move}
      onPointerDown={press.down}
      onClick={press.click(cellOf)}
      onKeyDown={onKeyDown}
    >
      {children}
      <span id={`${id}keys`} className="visually-hidden">
        Arrow keys move the cell, with Shift eight at a time. Enter opens it in the Lab, Escape
        leaves.
      </span>
      <Announced isByKey={isByKey} />
    </div>
  );
}

/** A finger cannot point before it presses: its tap shows the cell, and the button opens it. */
function usePress(layout: ConvergenceLayout, onOpen: (cell: number) => void) {
  const { point } = useMapActions();
  const byMouse = useRef(true);
  return {
    down: (event: PointerEvent): void => {
      byMouse.current = event.pointerType === 'mouse';
    },
    click: (cellOf: (event: MouseEvent) => number | null) => (event: MouseEvent) => {
      const cell = cellOf(event);
      if (cell === null || layout.width === 0) return;
      if (byMouse.current) onOpen(cell);
      else point(cell);
    },
  };
}

function Announced({ isByKey }: { readonly isByKey: boolean }) {
  const question = useMap((state) => state.question);
  const pointed = useMap((state) => state.pointed);
  const figures = useCell(pointed);
  return (
    <span className="visually-hidden" aria-live="polite">
      {isByKey && question !== null && pointed !== null && cellSentence(question, pointed, figures)}
    </span>
  );
}
