import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Extent } from '../../charts/storageLines.ts';
import { sameValue } from '../../state/sameValue.ts';
import { watchSize } from '../shared/charts/watchSize.ts';

export interface StoragePlaces {
  readonly nodes: readonly Extent[];
  readonly volumes: readonly Extent[];
  readonly width: number;
}

const nowhere: StoragePlaces = { nodes: [], volumes: [], width: 0 };

/** Where the nodes with lines (`data-wired`) and the volumes (`data-volume`) of the stage stand, from its left edge. */
export function useStoragePlaces(
  ref: RefObject<Element | null>,
  arrangement: string,
): StoragePlaces {
  const [places, setPlaces] = useState(nowhere);
  useLayoutEffect(() => {
    const stage = ref.current?.closest('[data-cluster]');
    if (stage === null || stage === undefined) return undefined;
    const watched = [stage, ...stage.querySelectorAll('[data-wired], [data-volume]')];
    return watchSize(watched, () => {
      const measured = measure(stage);
      // Before this frame is painted, else the lines stand beside their nodes for a moment.
      flushSync(() => setPlaces((before) => (sameValue(before, measured) ? before : measured)));
    });
  }, [ref, arrangement]);
  return places;
}

function measure(stage: Element): StoragePlaces {
  const own = stage.getBoundingClientRect();
  const extents = (selector: string, attribute: string): Extent[] =>
    [...stage.querySelectorAll(selector)].map((element) => {
      const { left, right } = element.getBoundingClientRect();
      const index = Number(element.getAttribute(attribute));
      return { index, left: left - own.left, right: right - own.left };
    });
  return {
    nodes: extents('[data-wired]', 'data-node'),
    volumes: extents('[data-volume]', 'data-volume'),
    width: own.width,
  };
}
