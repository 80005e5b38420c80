/**
 * The address: `#/lab`, and while the run stands, `#/lab?` with the link that reproduces what is shown. A link that is
 * opened, also by going back, is shown; an address without one changes the screen alone.
 */
import { parseLink, type Shared } from '../scenario/link/shareLink.ts';
import { recordingOf, type RunState, type RunStore } from '../state/runStore.ts';
import { sameValue } from '../state/sameValue.ts';
import { addressOf, branchToShare, openLink, partsOfHash, printShown } from '../state/sharing.ts';
import { timeNsOf } from '../state/selectors.ts';
import type { ViewState, ViewStore } from '../state/viewStore.ts';

/** Long enough for somebody who steps or drags on, and for browsers that count changes of the address. */
const IDLE_MS = 700;
/** The run is shown here; other screens have links by Share alone. */
const LAB = '/lab';

export interface Address {
  /**
   * Shows the link in the address.
   *
   * @param but A recording that is not opened, because it has failed.
   * @returns Whether there is one.
   */
  readonly open: (but?: Shared['scenario'] | null) => Promise<boolean>;
  /** From now on the address follows what is shown, and what is shown follows the address. */
  readonly follow: () => void;
}

export function createAddress(runStore: RunStore, viewStore: ViewStore): Address {
  /** What the link in the address is about. */
  let linked: Pick<Shared, 'scenario' | 'shownNs'> | null = null;
  /** Whether the linked moment has been shown: until then, another one is on its way to it. */
  let isReached = false;
  let timer: number | undefined;

  const open = async (but: Shared['scenario'] | null = null): Promise<boolean> => {
    const { hash } = window.location;
    const { screen, link } = partsOfHash(hash);
    if (link === null) return false;
    const result = await parseLink(link);
    // Meanwhile another address may have come.
    if (window.location.hash !== hash) return open(but);
    if (result.ok && but !== null && sameValue(result.shared.scenario, but)) {
      putLink(null);
      return false;
    }
    linked = result.ok ? result.shared : null;
    isReached = false;
    openLink(runStore, viewStore, screen, result);
    return true;
  };

  const show = async (): Promise<void> => {
    const state = runStore.getState();
    if (!isAtRest(state) || partsOfHash(window.location.hash).screen !== LAB) return;
    const link = await printShown(state, viewStore.getState());
    // It may have gone on while the link was made.
    if (runStore.getState() !== state) return;
    linked = { scenario: recordingOf(state), shownNs: timeNsOf(state) };
    isReached = true;
    putLink(link);
  };

  const changed = (): void => {
    window.clearTimeout(timer);
    // A browser that cannot compress has plain addresses.
    timer = window.setTimeout(() => void show().catch(() => undefined), IDLE_MS);
  };

  /** Whether another moment is shown than the link has. */
  const hasGoneOn = ({ summary }: RunState): boolean => {
    const isThere = summary === null || summary.timeNs === linked?.shownNs;
    isReached ||= isThere;
    return !isThere && (isReached || summary.playing);
  };

  return {
    open,
    follow() {
      window.addEventListener('hashchange', () => {
        void open();
        changed();
      });
      viewStore.subscribe((view, before) => {
        if (linkedKeys.some((key) => view[key] !== before[key])) changed();
      });
      runStore.subscribe((state, before) => {
        const recording = recordingOf(state);
        // Until the run stands again, the link would lead back to what was.
        if (recording !== recordingOf(before) && !sameValue(recording, linked?.scenario))
          putLink(null);
        if (state.summary !== before.summary && hasGoneOn(state)) putLink(null);
        // A run that stands has new frames too, while its guests write before the start.
        if (!sameValue(stateOfLink(state), stateOfLink(before))) changed();
      });
    },
  };
}

/** Of the look of the page: what a link holds. */
const linkedKeys = [
  'selectedVm',
  'mapMode',
  'timeScale',
  'pageScale',
  'hidden',
] as const satisfies readonly (keyof ViewState)[];

/** Of the run: what a link holds, and what decides whether there is one. */
function stateOfLink(state: RunState): unknown {
  const { summary, rejection, failure } = state;
  const shown = [summary?.timeNs, summary?.playing, recordingOf(state), branchToShare(state)];
  return [...shown, rejection, failure];
}

function isAtRest({ summary, rejection, failure }: RunState): boolean {
  return summary?.playing === false && rejection === null && failure === null;
}

/** In place: the way back is that of the screens. */
function putLink(link: string | null): void {
  const { hash, href } = window.location;
  const { screen, link: before } = partsOfHash(hash);
  if (screen !== LAB || link === before) return;
  const next = link === null ? `#${screen}` : addressOf(href, screen, link);
  window.history.replaceState(window.history.state, '', next);
}
