/** Puts the page together: the only place that knows session, stores and the page at once. */
import { showNotStarted } from './notStarted.ts';
import '@fontsource-variable/atkinson-hyperlegible-next';
import '@fontsource-variable/atkinson-hyperlegible-mono';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { at, invariant } from '../base/assert.ts';
import { presets } from '../scenario/presets.ts';
import { createConvergencePool } from '../session/convergencePool.ts';
import { startSession } from '../session/session.ts';
import { workOutBranches } from '../state/keptBranches.ts';
import { readKeptRun } from '../state/keptRun.ts';
import { takeOpeningMark, watchOpening } from '../state/openingMark.ts';
import { createShelf } from '../state/recentShelf.ts';
import { createRecentStore, LAST_RELEASE, takeOver, type Closed } from '../state/recentStore.ts';
import type { KeptRun } from '../state/openedRun.ts';
import { createRunStore, recordingOf } from '../state/runStore.ts';
import { sameValue } from '../state/sameValue.ts';
import { syncShow } from '../state/showSync.ts';
import { guardedStorage } from '../state/storage.ts';
import { createViewStore } from '../state/viewStore.ts';
import { App } from '../ui/App.tsx';
import { PageBoundary } from '../ui/PageFault.tsx';
import { LabProvider, type LabParts } from '../ui/shared/lab.tsx';
import { MissingPart } from '../ui/shared/parts.ts';
import { createAddress } from './address.ts';
import { poolDeps, sessionDeps } from './engines.ts';
import { tolerateForeignNodes } from './foreignNodes.ts';
import { startIdleSparks } from './idleSparks.ts';
import { indexedValues } from './indexedValues.ts';
import { markRoot } from './rootData.ts';

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no element #root');

const session = startSession(sessionDeps);
const outline: LabParts['outline'] = (...asked) => session.outline(...asked);
const convergence = createConvergencePool(poolDeps);
const keepsake = guardedStorage(() => window.localStorage);
// A reload leaves it as it is, and no other tab sees it.
const tab = guardedStorage(() => window.sessionStorage);
const shelf = createShelf({ values: indexedValues(), tab, now: () => Date.now(), newId });
const ofLastRelease = readKeptRun(keepsake);
const kept = readKeptRun(tab) ?? ownEntry(ofLastRelease);
const hasFailed = takeOpeningMark(tab);
const first = at(presets, 0).scenario;
const scenario = hasFailed ? first : (kept?.scenario ?? first);
const runStore = createRunStore({ session, scenario, now: () => performance.now() });
const viewStore = createViewStore(keepsake);

markRoot(root, session, runStore);
syncShow(runStore, viewStore);
const address = createAddress(runStore, viewStore);
const closed = await openFirst();
address.follow();
if (ofLastRelease !== null) void takeOver(ofLastRelease, { shelf, keepsake });
const recent = createRecentStore(
  { runStore, tab, shelf, outline, now: () => Date.now(), newId },
  closed,
);
const opening = watchOpening(runStore, tab);
window.addEventListener('pagehide', leave);
// A phone may end a page in the background without a word.
document.addEventListener('visibilitychange', leave);
startIdleSparks(runStore, viewStore);

tolerateForeignNodes(root);
createRoot(root, { onCaughtError: noteFault, onUncaughtError: giveUp }).render(
  <StrictMode>
    <LabProvider
      value={{ runStore, viewStore, recent, frames: session.frames, presets, outline, convergence }}
    >
      <PageBoundary>
        <App />
      </PageBoundary>
    </LabProvider>
  </StrictMode>,
);

/** For whoever looks for the cause; the browser itself has told of a file that did not come. */
function noteFault(error: unknown): void {
  // oxlint-disable-next-line no-console -- for whoever looks for the cause
  if (!(error instanceof MissingPart)) console.error(error);
}

/** Not even the sentence of the page's own boundary could be drawn. */
function giveUp(error: unknown): void {
  noteFault(error);
  queueMicrotask(showNotStarted);
}

/**
 * The link in the address, or what this tab has shown before, or the first preset.
 *
 * @returns What this tab has shown before, where that is not shown now.
 */
async function openFirst(): Promise<Closed | null> {
  const hasLink = await address.open(hasFailed ? (kept?.scenario ?? null) : null);
  if (kept === null || hasFailed) {
    if (!hasLink) runStore.actions.loadScenario(scenario);
    return kept && { why: 'did-not-open', kept };
  }
  if (!hasLink) runStore.actions.openKept(kept);
  // A link may be that of the kept run, as after a reload; to another run nothing that was kept belongs.
  else if (sameValue(recordingOf(runStore.getState()), kept.scenario)) {
    runStore.actions.goOnWith(kept);
  } else return kept.origin.built ? { why: 'replaced', kept } : null;
  // A worker that fails is told of by the run itself; then the branches stay without a ghost.
  void workOutBranches(runStore, outline).catch(() => undefined);
  return null;
}

function ownEntry(old: KeptRun | null): KeptRun | null {
  if (old === null || !old.origin.built) return old;
  return { ...old, origin: { built: true, entry: LAST_RELEASE } };
}

function leave(): void {
  recent.keeper.leave(session.frames.latest()?.summary.timeNs);
  opening.leave();
}

/** Not `randomUUID`, which pages of a plain web server do not have. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
}
