/**
 * Tells painters that an element's size, or the number of device pixels in a CSS pixel, changed; the first time
 * after the first layout. Sizes are read only then: reading them between changes of the page costs a layout each time.
 */
export function watchSize(elements: readonly Element[], changed: () => void): () => void {
  const observer = new ResizeObserver(changed);
  for (const element of elements) observer.observe(element);
  // Zoom and a move to another screen change the pixel ratio, which no observer of sizes reports.
  window.addEventListener('resize', changed);
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', changed);
  };
}
