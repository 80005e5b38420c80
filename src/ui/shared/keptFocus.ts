/**
 * Where the focus goes when what had it is gone: a button that its own action removes would leave it on the body, and who
 * uses keys or listens would have to begin at the top of the page again. It goes to the heading, which says what came of it.
 */
import { useEffect } from 'react';

/** Of the dialog that is open, else of the screen. */
function heading(): HTMLElement | null {
  return document.querySelector('dialog[open] h2') ?? document.querySelector('main h1');
}

export function focusHeading(): void {
  const target = heading();
  if (target === null) return;
  target.tabIndex = -1;
  target.focus();
}

/** Holds for the whole page. A part that knows a better place puts the focus there itself, and goes before this. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let isAsked = false;
    const isLost = (): boolean =>
      last !== null && !last.isConnected && document.activeElement === document.body;
    // The next screen may come later than its heading is looked for: every change of the page asks again.
    const look = (): void => {
      isAsked = false;
      if (isLost()) focusHeading();
    };
    const onChange = (): void => {
      if (isAsked || !isLost()) return;
      isAsked = true;
      requestAnimationFrame(look);
    };
    const onFocusIn = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : null;
    };
    // Who gives it up wants it nowhere. A removed element is gone once this has run.
    const onFocusOut = ({ target }: FocusEvent): void => {
      queueMicrotask(() => {
        if (last === target && last?.isConnected === true) last = null;
      });
    };
    const observer = new MutationObserver(onChange);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, []);
}
