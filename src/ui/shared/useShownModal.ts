import { useEffect, useRef, type RefObject } from 'react';

/** A `<dialog>` that is open, over the page, as long as it is there. The class `modal` gives it its frame. */
export function useShownModal(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
  }, []);
  return ref;
}
