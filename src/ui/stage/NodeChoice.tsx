/** While a node is being chosen: what a click on this one does, or why it cannot be chosen. */
import { useEffect, useRef } from 'react';
import { choiceRefusal, choiceText, isOffered } from '../../state/choosing.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { useChoosing } from '../shared/useChoosing.ts';

export interface NodeOffer {
  readonly text: string;
  readonly refused: boolean;
  readonly pointedAt: boolean;
  readonly className: string;
}

/** null while nothing is being chosen, and where nothing is to be said. */
export function useNodeOffer(node: number): NodeOffer | null {
  const choosing = useView((view) => view.choosing);
  const offered = useRun((state) => choosing !== null && isOffered(state, choosing, node));
  const refusal = useRun((state) =>
    choosing === null ? null : choiceRefusal(state, choosing, node),
  );
  const text = useRun((state) => (choosing === null ? '' : choiceText(state, choosing, node)));
  if (choosing === null || !offered) return null;
  const pointedAt = choosing.node === node;
  const can = refusal === null ? 'node--can-receive' : 'node--cannot-receive';
  return {
    text: refusal ?? text,
    refused: refusal !== null,
    pointedAt,
    className: pointedAt ? `${can} node--pointed-at` : can,
  };
}

export function NodeChoice({ node, offer }: { readonly node: number; readonly offer: NodeOffer }) {
  const choosing = useChoosing();
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (offer.pointedAt) ref.current?.focus();
  }, [offer.pointedAt]);
  return (
    <button
      ref={ref}
      type="button"
      className="node__receive"
      aria-disabled={offer.refused || undefined}
      onClick={() => choosing.drop(node)}
    >
      {offer.text}
    </button>
  );
}
