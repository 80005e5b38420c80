/**
 * The sentence that index.html holds for a page that does not start. It shows by itself after some seconds (`base.css`), since
 * a page whose script does not come cannot show it; here it shows at once when the start fails, and again when React gives
 * up the whole page. What React draws takes its place.
 */
const sentence = document.getElementById('not-started');

/** In the place of all that is there. */
export function showNotStarted(): void {
  if (sentence === null) return;
  sentence.classList.add('not-started--now');
  if (!sentence.isConnected) document.getElementById('root')?.replaceChildren(sentence);
}

function onFault(): void {
  if (sentence?.isConnected === true) showNotStarted();
}

window.addEventListener('error', onFault);
window.addEventListener('unhandledrejection', onFault);
