/** The keys of the page. None counts while something is typed or a control uses it itself. */
import { useEffect } from 'react';
import { at, assertNever } from '../../base/assert.ts';
import { sentenceMoments } from '../../state/moment.ts';
import { hasCommands, timeNsOf } from '../../state/selectors.ts';
import type { RunStore } from '../../state/runStore.ts';
import { speeds } from '../../state/speeds.ts';
import type { ViewStore } from '../../state/viewStore.ts';
import { useLab } from '../shared/lab.tsx';
import { createChoosing } from '../shared/useChoosing.ts';
import { nextTheme } from '../shared/themeChoice.ts';
import { createStepPace, type StepPace } from './stepPace.ts';
import { shortcutOf, type Shortcut } from './shortcuts.ts';

/** @param primary What Space does while nothing has happened. */
export function useShortcuts(primary: () => void): void {
  const { runStore, viewStore } = useLab();
  useEffect(() => {
    const pace = createStepPace();
    const onKeyDown = (event: KeyboardEvent): void => {
      const shortcut = meantBy(event, viewStore);
      if (shortcut === null) return;
      event.preventDefault();
      carryOut(shortcut, event, { runStore, viewStore, pace, primary });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [runStore, viewStore, primary]);
}

function meantBy(event: KeyboardEvent, viewStore: ViewStore): Shortcut | null {
  if (event.defaultPrevented || event.altKey) return null;
  const { singleKeys, choosing, keysOpen } = viewStore.getState();
  if (keysOpen) return null;
  const { target } = event;
  if (target instanceof HTMLElement && usesKey(target, event.key)) return null;
  const press = {
    key: event.key,
    shift: event.shiftKey,
    ctrlOrMeta: event.ctrlKey || event.metaKey,
  };
  const shortcut = shortcutOf(press, singleKeys);
  // Space and Enter choose while a VM is being placed.
  return choosing !== null && shortcut?.do === 'primary' ? null : shortcut;
}

const movingKeys = /^(Arrow|Page|Home$|End$)/;

/** Whether the focused control does something of its own with the key. */
function usesKey(target: HTMLElement, key: string): boolean {
  if (target.isContentEditable || target.closest('dialog, textarea, select') !== null) return true;
  const input = target.closest('input');
  if (input !== null && input.type !== 'range' && input.type !== 'radio') return true;
  if (movingKeys.test(key)) {
    return (
      input !== null || target.closest('[role=slider], [role=tablist], [role=application]') !== null
    );
  }
  return key === ' ' && target.closest('button, a, summary, input') !== null;
}

interface Reach {
  readonly runStore: RunStore;
  readonly viewStore: ViewStore;
  readonly pace: StepPace;
  readonly primary: () => void;
}

function carryOut(shortcut: Shortcut, event: KeyboardEvent, reach: Reach): void {
  const { runStore, viewStore, pace } = reach;
  const { actions } = runStore;
  const choosing = createChoosing(runStore, viewStore);
  const view = viewStore.actions;
  const { selectedVm, drawerOpen } = viewStore.getState();
  switch (shortcut.do) {
    case 'primary':
      return hasCommands(runStore.getState()) ? actions.toggle() : reach.primary();
    case 'step':
    case 'round':
      if (isPlacing(reach)) return choosing.pointAtNext(shortcut.direction);
      if (!pace.mayStep(event.key, event.repeat, event.timeStamp)) return undefined;
      return actions.step(shortcut.do === 'step' ? 'batch' : 'round', shortcut.direction);
    case 'sentence':
      return toNextSentence(reach, shortcut.direction);
    case 'home':
      return actions.home();
    case 'end':
      return actions.end();
    case 'switchover':
      return actions.jumpToSwitchover(selectedVm);
    case 'speed':
      return actions.setSpeed(at(speeds, shortcut.place));
    case 'live-migrate':
      return choosing.startAtFirst();
    case 'map':
      return document.querySelector<HTMLElement>('[role=application]')?.focus();
    case 'inspector':
      return view.setDrawerOpen(!drawerOpen);
    case 'theme':
      return view.setTheme(nextTheme());
    case 'keys':
      return view.setKeysOpen(true);
    case 'escape':
      return isPlacing(reach) ? view.stopChoosing() : view.setDrawerOpen(false);
    default:
      return assertNever(shortcut);
  }
}

function isPlacing({ viewStore }: Reach): boolean {
  return viewStore.getState().choosing !== null;
}

function toNextSentence({ runStore, viewStore }: Reach, direction: 1 | -1): void {
  const state = runStore.getState();
  const moments = sentenceMoments(state.run, viewStore.getState().selectedVm);
  const now = timeNsOf(state);
  const next =
    direction === 1 ? moments.find((ns) => ns > now) : moments.findLast((ns) => ns < now);
  if (next !== undefined) runStore.actions.seek(next);
}
