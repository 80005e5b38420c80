/** At the foot of a list of nodes that scrolls: how many of them stand further down. For eyes only: the list holds them all. */
import { useEffect, useRef, useState } from 'react';
import { watchSize } from '../shared/charts/watchSize.ts';

/** A node of which less is to be seen than its name counts as hidden. */
const NAME_CSS = 30;

/** @param arrangement Changes whenever other nodes stand in the list. */
export function MoreBelow({ arrangement }: { readonly arrangement: string }) {
  const ref = useRef<HTMLLIElement>(null);
  const [count, setCount] = useState(0);
  useEffect(() => {
    const list = ref.current?.parentElement;
    if (!list) return undefined;
    const nodes = [...list.querySelectorAll('[data-node]')];
    const look = (): void => {
      const foot = list.getBoundingClientRect().bottom - NAME_CSS;
      setCount(nodes.filter((node) => node.getBoundingClientRect().top > foot).length);
    };
    list.addEventListener('scroll', look, { passive: true });
    const unwatch = watchSize([list, ...nodes], look);
    return () => {
      list.removeEventListener('scroll', look);
      unwatch();
    };
  }, [arrangement]);
  return (
    <li ref={ref} className="more-below" aria-hidden="true">
      {count > 0 && <span>{count} more below</span>}
    </li>
  );
}
