/** The figures of a single cell, run with all pages: the VM as it is, and the cell that is pointed at. */
import { vmName } from '../../state/names.ts';
import { useId, type ReactNode } from 'react';
import { pagesText } from '../../base/numberText.ts';
import type { ConvergenceQuestion, FullCell } from '../../protocol/convergenceMessages.ts';
import { currentCell, type ShownFigure } from '../../state/convergenceStore.ts';
import {
  figureNames,
  lostText,
  networkText,
  pageCount,
  pointOf,
  rateText,
  roundsText,
  shownText,
  type CellFigures,
} from '../../state/convergenceWords.ts';
import { Button } from '../shared/Button.tsx';
import { CrossGlyph, RingGlyph } from './glyphs.tsx';
import { useCell, useMap } from './map.tsx';

export function CurrentPanel() {
  const question = useMap((state) => state.question);
  const cell = useMap(currentCell);
  if (question === null) return null;
  const name = vmName(question.scenario, question.vm);
  return (
    <Panel glyph={<RingGlyph />} title={`${name} now`}>
      {cell === null ? (
        <p className="point__note">
          {name} writes nothing. The dirty rate has a log scale, which has no place for that. A cell
          stands for even writing over the memory it uses.
        </p>
      ) : (
        <Figures question={question} cell={cell} />
      )}
    </Panel>
  );
}

export function PointedPanel({ onOpen }: { readonly onOpen: (cell: number) => void }) {
  const question = useMap((state) => state.question);
  const cell = useMap((state) => state.pointed);
  if (question === null) return null;
  return (
    <Panel glyph={<CrossGlyph />} title="Under the pointer">
      {cell === null ? (
        <p className="point__note">
          Point at the map or tap it, or go to it with Tab and use the arrow keys, to see one cell.
          A mouse click or Enter opens it in the Lab.
        </p>
      ) : (
        <>
          <Figures question={question} cell={cell} />
          <Button onPress={() => onOpen(cell)}>Open this point in the lab</Button>
        </>
      )}
    </Panel>
  );
}

interface PanelProps {
  readonly glyph: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

function Panel({ glyph, title, children }: PanelProps) {
  const id = useId();
  return (
    <section className="point" aria-labelledby={id}>
      <h2 id={id} className="point__title">
        {glyph}
        <span>{title}</span>
      </h2>
      {children}
    </section>
  );
}

interface FiguresProps {
  readonly question: ConvergenceQuestion;
  readonly cell: number;
}

function Figures({ question, cell }: FiguresProps) {
  const figures = useCell(cell);
  const full = useMap((state) => state.full.get(cell) ?? null);
  const shown = useMap((state) => state.figure);
  const { pagesPerSecond, migrationMBps } = pointOf(question, cell);
  return (
    <>
      <BigFigure shown={shown} figures={figures} />
      <dl className="point__rows">
        <Row name="Dirty rate" value={rateText(pagesPerSecond)} />
        <Row name="Migration network" value={networkText(migrationMBps)} />
        {rowsOf(question, shown, figures, full).map(([name, value]) => (
          <Row key={name} name={name} value={value} />
        ))}
      </dl>
      <p className="point__note">
        {full === null
          ? `Being run with all ${pagesText(pageCount(question))}…`
          : `Run with all ${pagesText(pageCount(question))}.`}
      </p>
    </>
  );
}

const words: Readonly<Record<ShownFigure, string>> = {
  outage: 'outage',
  total: 'in all',
  data: 'moved',
};

interface BigFigureProps {
  readonly shown: ShownFigure;
  readonly figures: CellFigures | null;
}

function BigFigure({ shown, figures }: BigFigureProps) {
  const text = figures === null ? '–' : shownText(shown, figures);
  const [figure = '', unit = ''] = text.split(/\u00a0(?=\D+$)/);
  return (
    <p className="point__figure">
      {figure}
      <span className="point__unit">{`${unit === '' ? '' : '\u00a0'}${unit} ${words[shown]}`}</span>
    </p>
  );
}

/** What is not the large figure. */
function rowsOf(
  question: ConvergenceQuestion,
  shown: ShownFigure,
  figures: CellFigures | null,
  full: FullCell | null,
): [name: string, value: string][] {
  if (figures === null) return [];
  const others = (['outage', 'total', 'data'] as const).filter((figure) => figure !== shown);
  const lost = full === null ? null : lostText(full);
  return [
    ['Rounds', roundsText(question, figures)],
    ['Still dirty at switchover', pagesText(figures.pagesLeft)],
    ...others.map((figure): [string, string] => [figureNames[figure], shownText(figure, figures)]),
    ...(lost === null ? [] : [['Connections lost', lost] as [string, string]]),
  ];
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="point__row">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
