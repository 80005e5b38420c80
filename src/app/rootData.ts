/** What tests read from the root element: which moment is drawn, and whether all that was asked for is. */
import type { Session } from '../session/session.ts';
import type { RunStore } from '../state/runStore.ts';

export function markRoot(root: HTMLElement, session: Session, runStore: RunStore): void {
  const { dataset } = root;
  dataset['idle'] = 'false';
  session.subscribe((event) => {
    if (event.type === 'idle') dataset['idle'] = String(event.idle);
    if (event.type !== 'painted') return;
    dataset['timeNs'] = String(event.summary.timeNs);
    dataset['playing'] = String(event.summary.playing);
  });
  const markComplete = (): void => {
    const { run } = runStore.getState();
    dataset['complete'] = String(run?.complete === true);
    dataset['runDigest'] = run?.reportDigest ?? '';
  };
  markComplete();
  runStore.subscribe(markComplete);
}
