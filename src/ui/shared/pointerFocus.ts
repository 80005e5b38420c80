/**
 * Whether the focus is where a pointer put it. Then the next key is mostly meant for the run, and the control that was
 * clicked keeps no key that it can do without; who came by Tab means the control.
 */
let byPointer = false;

export function focusCameByPointer(): boolean {
  return byPointer;
}

/** @returns How to end it. */
export function watchPointerFocus(): () => void {
  const onPointerDown = (): void => {
    byPointer = true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') byPointer = false;
  };
  window.addEventListener('pointerdown', onPointerDown, true);
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    byPointer = false;
    window.removeEventListener('pointerdown', onPointerDown, true);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}
