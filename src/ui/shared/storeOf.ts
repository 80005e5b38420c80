import type { Session } from '../../session/session.ts';
import type { RequestFrame } from '../../state/shownClock.ts';

interface StoreDeps {
  readonly outline: Session['outline'];
  readonly requestFrame: RequestFrame;
}

/**
 * The one store for runs that are worked out in one way: they are worked out once, however often the screen opens.
 *
 * @returns Gives the store for a session, made when it is first asked for.
 */
export function storeOf<S>(create: (deps: StoreDeps) => S): (outline: Session['outline']) => S {
  const stores = new WeakMap<Session['outline'], S>();
  return (outline) => {
    const known = stores.get(outline);
    if (known !== undefined) return known;
    const store = create({ outline, requestFrame: (callback) => requestAnimationFrame(callback) });
    stores.set(outline, store);
    return store;
  };
}
