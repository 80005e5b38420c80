/** Keys and what they do, as data: the handler and the list in the dialog read the same table. */
import { speeds } from '../../state/speeds.ts';

export type Shortcut =
  | { readonly do: 'primary' }
  | { readonly do: 'step'; readonly direction: 1 | -1 }
  | { readonly do: 'round'; readonly direction: 1 | -1 }
  | { readonly do: 'sentence'; readonly direction: 1 | -1 }
  | { readonly do: 'home' | 'end' | 'switchover' }
  | { readonly do: 'undo' | 'redo' }
  | { readonly do: 'speed'; readonly place: number }
  | { readonly do: 'choose'; readonly what: 'live' | 'quick' | 'crash' }
  | { readonly do: 'editor' | 'share' | 'map' | 'inspector' | 'theme' | 'keys' | 'escape' };

export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly ctrlOrMeta: boolean;
}

/** What a key press means, or null. @param singleKeys Whether letters and digits count. */
export function shortcutOf(press: KeyPress, singleKeys: boolean): Shortcut | null {
  if (press.ctrlOrMeta) return historyShortcut(press);
  const named = namedShortcut(press);
  if (named !== null) return named;
  return singleKeys ? singleKeyShortcut(press.key) : null;
}

/** Ctrl or Cmd with Z; again with Shift and Z, or Y. */
function historyShortcut({ key, shift }: KeyPress): Shortcut | null {
  switch (key.toLowerCase()) {
    case 'z':
      return { do: shift ? 'redo' : 'undo' };
    case 'y':
      return shift ? null : { do: 'redo' };
    default:
      return null;
  }
}

function namedShortcut({ key, shift }: KeyPress): Shortcut | null {
  switch (key) {
    case ' ':
      return { do: 'primary' };
    case 'ArrowRight':
      return { do: shift ? 'round' : 'step', direction: 1 };
    case 'ArrowLeft':
      return { do: shift ? 'round' : 'step', direction: -1 };
    case 'PageDown':
      return { do: 'sentence', direction: 1 };
    case 'PageUp':
      return { do: 'sentence', direction: -1 };
    case 'Home':
      return { do: 'home' };
    case 'End':
      return { do: 'end' };
    case 'Escape':
      return { do: 'escape' };
    default:
      return null;
  }
}

function singleKeyShortcut(key: string): Shortcut | null {
  switch (key.toLowerCase()) {
    case 'j':
      return { do: 'switchover' };
    case 'l':
      return { do: 'choose', what: 'live' };
    case 'q':
      return { do: 'choose', what: 'quick' };
    case 'c':
      return { do: 'choose', what: 'crash' };
    case 'e':
      return { do: 'editor' };
    case 'k':
      return { do: 'share' };
    case 'm':
      return { do: 'map' };
    case 'i':
      return { do: 'inspector' };
    case 't':
      return { do: 'theme' };
    case '?':
      return { do: 'keys' };
    default:
      return speedShortcut(key);
  }
}

function speedShortcut(key: string): Shortcut | null {
  const place = Number(key) - 1;
  return /^[1-9]$/.test(key) && place < speeds.length ? { do: 'speed', place } : null;
}

export interface ListedKey {
  readonly keys: readonly string[];
  readonly does: string;
}

export const listedKeys: readonly ListedKey[] = [
  { keys: ['Space'], does: 'Play or pause; before the start: the first move' },
  { keys: ['→', '←'], does: 'A step on, a step back' },
  { keys: ['Shift', '→', '←'], does: 'A round on, a round back' },
  { keys: ['PageDown', 'PageUp'], does: 'To where the sentence changes' },
  { keys: ['Home', 'End'], does: 'Start and end of the run' },
  { keys: ['J'], does: 'Jump to switchover' },
  { keys: ['1', '…', '9'], does: `Speed, from ${speeds[0]} to ${speeds.at(-1)} times` },
  { keys: ['L', 'Q'], does: 'Live or quick migrate: then arrows and Enter choose the node' },
  { keys: ['C'], does: 'Crash a node: then arrows and Enter choose it' },
  {
    keys: ['M'],
    does: 'Into the memory map or the convergence map: arrows move the cell, Esc leaves',
  },
  { keys: ['Ctrl', 'Z'], does: 'Undo the last command; on a Mac with Cmd' },
  { keys: ['Ctrl', 'Shift', 'Z'], does: 'Give it again; also Ctrl Y' },
  { keys: ['I'], does: 'Inspector' },
  { keys: ['E'], does: 'Edit the cluster' },
  { keys: ['K'], does: 'Share this moment as a link, or save it' },
  { keys: ['T'], does: 'Light or dark' },
  { keys: ['?'], does: 'This list' },
  { keys: ['Esc'], does: 'Close, or give up a choice' },
];
