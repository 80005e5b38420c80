/** The shown time on an axis; what comes after it is faded. Both are moved as layers, so that nothing below is drawn anew. */
import { xInside, type TimeAxis } from '../../charts/compareAxis.ts';
import { shownNsOf } from '../../state/compareStore.ts';
import { useCompare } from './compare.tsx';

export function Cursor({ axis }: { readonly axis: TimeAxis }) {
  const x = useCompare((state) => Math.round(10 * xInside(axis, shownNsOf(state))) / 10);
  const isInside = x > 0 && x < axis.widthCss;
  const transform = `translateX(${x}px)`;
  return (
    <>
      <div className="lanes__later" style={{ transform }} aria-hidden="true" />
      {isInside && <div className="lanes__cursor" style={{ transform }} aria-hidden="true" />}
    </>
  );
}
