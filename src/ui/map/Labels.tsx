/** What the parts of the map mean, on plates that lie only over cells they are true of. */
import { useMemo } from 'react';
import { labelPlace, type ConvergenceLayout } from '../../charts/convergenceLayout.ts';
import { isKnown, isLosing, type LossRule } from '../../charts/convergencePaint.ts';
import type { ConvergenceQuestion } from '../../protocol/convergenceMessages.ts';
import { lossPlate, regionTexts } from '../../state/convergenceWords.ts';
import { useLab } from '../shared/lab.tsx';
import { useTextScale } from '../shared/useMedia.ts';
import { useMap } from './map.tsx';

export interface LabelsProps {
  readonly layout: ConvergenceLayout;
  readonly question: ConvergenceQuestion;
  readonly losses: LossRule;
}

type Places = readonly (readonly [x: number, y: number])[];

const topLeft: Places = [
  [0.06, 0.12],
  [0.06, 0.04],
  [0.03, 0.03],
  [0.03, 0.3],
];
const right: Places = [
  [0.97, 0.36],
  [0.97, 0.33],
  [0.97, 0.3],
  [0.97, 0.45],
  [0.97, 0.25],
  [0.97, 0.55],
  [0.9, 0.7],
  [0.97, 0.12],
  [0.99, 0.4],
  [0.99, 0.35],
];
const bottomRight: Places = [
  [0.98, 0.95],
  [0.98, 0.85],
  [0.7, 0.95],
  [0.98, 0.75],
];

/** Room for each, in CSS pixels at the reference size. */
const sizes = {
  converges: { width: 292, height: 62 },
  limited: { width: 216, height: 56 },
  limitedShort: { width: 206, height: 36 },
  lost: { width: 262, height: 34 },
} as const;

export function Labels({ layout, question, losses }: LabelsProps) {
  const { cells } = useLab().convergence;
  const text = useTextScale();
  const known = useMap((state) => state.sketched + state.final);
  const lost = useMap(lossPlate);
  const places = useMemo(() => {
    const sized = (name: keyof typeof sizes) => ({
      width: sizes[name].width * text,
      height: sizes[name].height * text,
    });
    const isLimited = (cell: number): boolean => isKnown(cells, cell) && cells.limited[cell] === 1;
    const isLost = (cell: number): boolean => isKnown(cells, cell) && isLosing(cells, losses, cell);
    const converges = (cell: number): boolean => isKnown(cells, cell) && !isLimited(cell);
    const limitedOnly = (cell: number): boolean => isLimited(cell) && !isLost(cell);
    return {
      converges: labelPlace(layout, sized('converges'), topLeft, converges),
      limited: labelPlace(layout, sized('limited'), right, limitedOnly),
      limitedShort: labelPlace(layout, sized('limitedShort'), right, limitedOnly),
      lost: labelPlace(layout, sized('lost'), bottomRight, isLost),
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `known` says that the cells are not what they were
  }, [cells, known, layout, losses, text]);
  const texts = regionTexts(question);
  return (
    <>
      <Plate at={places.converges}>
        <b>Pre-copy converges</b>
        {texts.converges}
      </Plate>
      <Plate at={places.limited}>
        <b>Round limit reached</b>
        {texts.limited}
      </Plate>
      <Plate at={places.limited === null ? places.limitedShort : null}>
        <b>Round limit reached</b>
      </Plate>
      <Plate at={places.lost} look="plate plate--lost">
        {lost}
      </Plate>
    </>
  );
}

interface PlateProps {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly look?: string;
  readonly children: React.ReactNode;
}

function Plate({ at, look = 'plate', children }: PlateProps) {
  if (at === null) return null;
  return (
    <p className={look} style={{ left: at.x, top: at.y }} aria-hidden="true">
      {children}
    </p>
  );
}
