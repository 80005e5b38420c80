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
import { keepRun, readKeptRun } from '../state/keptRun.ts';
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
import { markRoot } from './rootData.ts';

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no element #root');

const session = startSession(sessionDeps);
const outline: LabParts['outline'] = (...asked) => session.outline(...asked);
const convergence = createConvergencePool(poolDeps);
const keepsake = guardedStorage(() => window.localStorage);
const kept = readKeptRun(keepsake);
const scenario = kept?.scenario ?? at(presets, 0).scenario;
const runStore = createRunStore({ session, scenario, now: () => performance.now() });
const viewStore = createViewStore(keepsake);

markRoot(root, session, runStore);
syncShow(runStore, viewStore);
const address = createAddress(runStore, viewStore);
const hasLink = await address.open();
if (!hasLink) openKept();
const isKept = restoreKept();
address.follow();
const { keepMoment } = keepRun(runStore, keepsake, isKept);
window.addEventListener('pagehide', keepMoment);
// A phone may end a page in the background without a word.
document.addEventListener('visibilitychange', keepMoment);
startIdleSparks(runStore, viewStore);

tolerateForeignNodes(root);
createRoot(root, { onCaughtError: noteFault, onUncaughtError: giveUp }).render(
  <StrictMode>
    <LabProvider
      value={{ runStore, viewStore, frames: session.frames, presets, outline, convergence }}
    >
      <PageBoundary>
        <App />
      </PageBoundary>
    </LabProvider>
  </StrictMode>,
);

/** For whoever looks for the cause; the browser itself has told of a file that did not come. */
function noteFault(error: unknown): void {
  // oxlint-disable-next-line no-console
  if (!(error instanceof MissingPart)) console.error(error);
}

/** Not even the sentence of the page's own boundary could be drawn. */
function giveUp(error: unknown): void {
  noteFault(error);
  queueMicrotask(showNotStarted);
}

/** What was kept over a reload, or the first preset. */
function openKept(): void {
  runStore.actions.loadScenario(scenario);
  if (kept !== null && kept.shownNs > 0) runStore.actions.seek(kept.shownNs);
  if (kept !== null && kept.repair !== null) {
    runStore.actions.tellRepair('The run that was kept here', kept.repair);
  }
}

/**
 * The branches of the shown run, and how far it was seen. A link in the address may be that of the kept run, as after a
 * reload; to another run nothing that was kept belongs.
 *
 * @returns Whether the shown run is the kept one.
 */
function restoreKept(): boolean {
  if (kept === null || !sameValue(recordingOf(runStore.getState()), kept.scenario)) return false;
  runStore.actions.restoreKept(kept.branches, kept.seenToNs);
  // A worker that fails is told of by the run itself; then the branches stay without a ghost.
  void workOutBranches(runStore, outline).catch(() => undefined);
  return true;
}
