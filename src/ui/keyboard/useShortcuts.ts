/** The keys of the page. None counts while something is typed or a control uses it itself. */
import { useLayoutEffect } from 'react';
import { at, assertNever } from '../../base/assert.ts';
import { activeMoment, sentenceMoments } from '../../state/moment.ts';
import { isUnderWay, timeNsOf } from '../../state/selectors.ts';
import type { RunStore } from '../../state/runStore.ts';
import { speeds } from '../../state/speeds.ts';
import type { ViewStore } from '../../state/viewStore.ts';
import { useLab } from '../shared/lab.tsx';
import { focusCameByPointer, watchPointerFocus } from '../shared/pointerFocus.ts';
import { openClock, type ScreenClock } from '../shared/screenClock.ts';
import { createChoosing } from '../shared/useChoosing.ts';
import { nextTheme } from '../shared/themeChoice.ts';
import { createStepPace, type StepPace } from './stepPace.ts';
import { shortcutOf, type Shortcut } from './shortcuts.ts';

/** @param primary What Space does while nothing has happened. */
export function useShortcuts(primary: () => void): void {
  const { runStore, viewStore } = useLab();
  // Before the page is first seen: no key that is pressed then is lost.
  useLayoutEffect(() => {
    const pace = createStepPace();
    const endWatch = watchPointerFocus();
    const onKeyDown = (event: KeyboardEvent): void => {
      const shortcut = meantBy(event, viewStore);
      if (shortcut === null) return;
      event.preventDefault();
      // Else what was clicked last is pressed again when the key goes up.
      if (focusCameByPointer() && event.key === ' ' && event.target instanceof HTMLElement)
        event.target.blur();
      const reach = { runStore, viewStore, pace, primary };
      const clock = openClock();
      if (clock === null) carryOut(shortcut, event, reach);
      else carryOutOn(clock, shortcut, event, reach);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      endWatch();
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [runStore, viewStore, primary]);
}

function meantBy(event: KeyboardEvent, viewStore: ViewStore): Shortcut | null {
  if (event.defaultPrevented || event.altKey) return null;
  const { singleKeys, choosing, keysOpen, editorOpen, shareOpen } = viewStore.getState();
  if (keysOpen || editorOpen || shareOpen) return null;
  const press = {
    key: event.key,
    shift: event.shiftKey,
    ctrlOrMeta: event.ctrlKey || event.metaKey,
  };
  const shortcut = shortcutOf(press, singleKeys);
  if (shortcut === null) return null;
  const { target } = event;
  if (target instanceof HTMLElement) {
    const isOwn = press.ctrlOrMeta
      ? isWrittenIn(target)
      : usesKey(target, event.key, focusCameByPointer());
    if (isOwn) return null;
  }
  // Space and Enter choose while a node is being chosen.
  return choosing !== null && shortcut.do === 'primary' ? null : shortcut;
}

/** Whether undo and redo are about its text. */
function isWrittenIn(target: HTMLElement): boolean {
  if (target.isContentEditable || target.closest('dialog, textarea') !== null) return true;
  const kind = target.closest('input')?.type;
  return kind !== undefined && !['range', 'radio', 'checkbox'].includes(kind);
}

/**
 * Whether the focused control does something of its own with the key.
 *
 * @param clicked  It has the focus because it was clicked: then only text, the arrows of a slider, and a list that is open go
 *   before the run.
 */
function usesKey(target: HTMLElement, key: string, clicked: boolean): boolean {
  if (target.isContentEditable || target.closest('dialog, textarea') !== null) return true;
  const isPageKey = key.startsWith('Page');
  const list = target.closest('select');
  if (list !== null) return !clicked || isOpen(list);
  const kind = target.closest('input')?.type;
  if (kind !== undefined && !['range', 'radio', 'checkbox'].includes(kind)) return true;
  if (key.startsWith('Arrow')) return usesArrows(target, kind, clicked);
  if (key === 'Home' || key === 'End') {
    return kind === 'range' || target.closest('[role=slider], [role=application]') !== null;
  }
  if (isPageKey) return kind === 'range' && !clicked;
  return key === ' ' && !clicked && target.closest('button, a, summary, input') !== null;
}

/** While its choices are shown, all keys are its own. */
function isOpen(list: HTMLSelectElement): boolean {
  return CSS.supports('selector(:open)') && list.matches(':open');
}

function usesArrows(target: HTMLElement, kind: string | undefined, clicked: boolean): boolean {
  if (kind === 'radio') return !clicked;
  const own = '[role=slider], [role=tablist], [role=application]';
  return kind === 'range' || target.closest(own) !== null;
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
      return isUnderWay(runStore.getState()) ? actions.toggle() : reach.primary();
    case 'step':
    case 'round':
      if (isChoosing(reach)) return choosing.pointAtNext(shortcut.direction);
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
    case 'undo':
    case 'redo':
      view.stopChoosing();
      return shortcut.do === 'undo' ? actions.undo() : actions.redo();
    case 'speed':
      return actions.setSpeed(at(speeds, shortcut.place));
    case 'choose':
      return startChoosing(reach, shortcut.what);
    case 'editor':
      return view.setEditorOpen(true);
    case 'share':
      return view.setShareOpen(true);
    case 'map':
      return document.querySelector<HTMLElement>('[role=application]')?.focus();
    case 'inspector':
      return view.setDrawerOpen(!drawerOpen);
    case 'theme':
      return view.setTheme(nextTheme());
    case 'keys':
      return view.setKeysOpen(true);
    case 'escape':
      return isChoosing(reach) ? view.stopChoosing() : view.setDrawerOpen(false);
    default:
      return assertNever(shortcut);
  }
}

/** On a screen with a clock of its own: what concerns the Lab alone does nothing. */
function carryOutOn(
  clock: ScreenClock,
  shortcut: Shortcut,
  event: KeyboardEvent,
  reach: Reach,
): void {
  switch (shortcut.do) {
    case 'primary':
      return clock.primary();
    case 'step':
      return reach.pace.mayStep(event.key, event.repeat, event.timeStamp)
        ? clock.step(shortcut.direction)
        : undefined;
    case 'round':
    case 'sentence':
      return clock.stepChange(shortcut.direction);
    case 'home':
      return clock.home();
    case 'end':
      return clock.end();
    case 'speed':
      return clock.setSpeed(at(speeds, shortcut.place));
    case 'map':
    case 'theme':
    case 'share':
    case 'keys':
      return carryOut(shortcut, event, reach);
    default:
      return undefined;
  }
}

/** Not while the VM is on its way already. */
function startChoosing({ runStore, viewStore }: Reach, what: 'live' | 'quick' | 'crash'): void {
  const { startAtFirst } = createChoosing(runStore, viewStore);
  if (what === 'crash') return startAtFirst({ what });
  const state = runStore.getState();
  const vm = viewStore.getState().selectedVm;
  if (activeMoment(state.run, vm, timeNsOf(state)) === null) startAtFirst({ what, vm });
}

function isChoosing({ viewStore }: Reach): boolean {
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
