/** What a person chose to look at: nothing here changes the run. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Panel, ScreenView, SharedView } from '../scenario/link/linkView.ts';
import type { Lit } from './lit.ts';
import { sameValue } from './sameValue.ts';
import type { Keepsake } from './storage.ts';

export type MapMode = SharedView['mapMode'];
export type TimeScale = SharedView['timeScale'];
export type PageScale = SharedView['pageScale'];
export type Theme = 'light' | 'dark';
export type PhoneTab = 'cluster' | 'memory' | 'rounds' | 'settings';

/** A node is being chosen for something. */
export type NodeChoice =
  /** Where a VM goes. */
  | { readonly what: 'live' | 'quick'; readonly vm: number }
  /** What stops without warning. */
  | { readonly what: 'crash' }
  /** Who owns a cluster disk, or coordinates a CSV. */
  | { readonly what: 'volume'; readonly volume: number };

/** `node` is pointed at, or null while none is. */
export type Choosing = NodeChoice & { readonly node: number | null };

/** What the editor of the cluster begins with: the cluster that is shown, or an almost empty one. */
export type EditorStart = 'shown' | 'new';

/** What a link says of a screen that has settings of its own. */
export interface LinkedScreen {
  /** As in the address: `/map`. */
  readonly screen: string;
  readonly view: ScreenView;
}

export interface ViewState {
  readonly selectedVm: number;
  readonly mapMode: MapMode;
  readonly timeScale: TimeScale;
  readonly pageScale: PageScale;
  readonly lensCell: number | null;
  /** The cell stays under the lens until another is chosen: the pointer may leave the map. */
  readonly lensHeld: boolean;
  /** The page of the page card. */
  readonly lensPage: number | null;
  /** What the pointer or the focus is on in the chart, the timeline, the log or the page card. */
  readonly lit: Lit | null;
  /** null: as the system has it. */
  readonly themeChoice: Theme | null;
  readonly drawerOpen: boolean;
  readonly keysOpen: boolean;
  readonly editorOpen: boolean;
  readonly editorStart: EditorStart;
  readonly shareOpen: boolean;
  /** Panels of the Lab that are left out. */
  readonly hidden: readonly Panel[];
  /** From a link, until the screen it is about takes it. */
  readonly linked: LinkedScreen | null;
  readonly phoneTab: PhoneTab;
  readonly choosing: Choosing | null;
  readonly singleKeys: boolean;
  /** A branch that is pointed at in the list, or null: it is the ghost meanwhile. */
  readonly pointedBranch: number | null;
  /** While nothing is copied: the second of the guest's clock whose writes are shown. */
  readonly idleSecond: number;
}

export interface ViewActions {
  readonly selectVm: (vm: number) => void;
  readonly setMapMode: (mode: MapMode) => void;
  readonly setTimeScale: (scale: TimeScale) => void;
  readonly setPageScale: (scale: PageScale) => void;
  /** @param chosen By click or key: the cell is held, or let go where it was held. Pointing at another changes nothing meanwhile. */
  readonly setLensCell: (cell: number, chosen: boolean) => void;
  readonly setLensPage: (page: number | null) => void;
  readonly setLit: (lit: Lit | null) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setDrawerOpen: (open: boolean) => void;
  readonly setKeysOpen: (open: boolean) => void;
  /** @param start Counts when it opens; the shown cluster when absent. */
  readonly setEditorOpen: (open: boolean, start?: EditorStart) => void;
  readonly setShareOpen: (open: boolean) => void;
  readonly setHidden: (hidden: readonly Panel[]) => void;
  /** The look of the page as a link to this screen has it. */
  readonly openView: (view: SharedView, screen: string) => void;
  readonly dropLinked: () => void;
  readonly setPhoneTab: (tab: PhoneTab) => void;
  readonly startChoosing: (choice: NodeChoice, node?: number | null) => void;
  readonly pointAtNode: (node: number | null) => void;
  readonly stopChoosing: () => void;
  readonly setSingleKeys: (on: boolean) => void;
  readonly pointAtBranch: (id: number | null) => void;
  readonly nextIdleSecond: () => void;
}

export type ViewStore = StoreApi<ViewState> & { readonly actions: ViewActions };

export function createViewStore(keepsake: Keepsake): ViewStore {
  const storedTheme = keepsake.read('theme');
  const store = createStore<ViewState>(() => ({
    selectedVm: 0,
    mapMode: 'state',
    timeScale: 'equal',
    pageScale: 'log',
    lensCell: null,
    lensHeld: false,
    lensPage: null,
    lit: null,
    themeChoice: storedTheme === 'light' || storedTheme === 'dark' ? storedTheme : null,
    drawerOpen: false,
    keysOpen: false,
    editorOpen: false,
    editorStart: 'shown',
    shareOpen: false,
    hidden: [],
    linked: null,
    phoneTab: 'memory',
    choosing: null,
    singleKeys: keepsake.read('singleKeys') !== 'off',
    pointedBranch: null,
    idleSecond: 0,
  }));
  return Object.assign(store, { actions: viewActions(store, keepsake) });
}

const noLens = { lensCell: null, lensHeld: false, lensPage: null };

function viewActions({ setState, getState }: StoreApi<ViewState>, keepsake: Keepsake): ViewActions {
  return {
    selectVm: (selectedVm) => setState({ selectedVm, choosing: null, lit: null, ...noLens }),
    setMapMode: (mapMode) => setState({ mapMode }),
    setTimeScale: (timeScale) => setState({ timeScale }),
    setPageScale: (pageScale) => setState({ pageScale }),
    setLensCell(cell, chosen) {
      const { lensCell, lensHeld } = getState();
      const isSame = cell === lensCell;
      if (chosen) setState({ lensCell: cell, lensHeld: !(lensHeld && isSame) });
      else if (!lensHeld && !isSame) setState({ lensCell: cell });
    },
    // Its card may go, and with it what the card lights.
    setLensPage: (lensPage) => setState({ lensPage, lit: null }),
    setLit(lit) {
      if (!sameValue(lit, getState().lit)) setState({ lit });
    },
    setTheme(themeChoice) {
      setState({ themeChoice });
      keepsake.write('theme', themeChoice);
    },
    setDrawerOpen: (drawerOpen) => setState({ drawerOpen }),
    setKeysOpen: (keysOpen) => setState({ keysOpen }),
    setEditorOpen: (editorOpen, editorStart = 'shown') => setState({ editorOpen, editorStart }),
    setShareOpen: (shareOpen) => setState({ shareOpen }),
    setHidden: (hidden) => setState({ hidden }),
    openView({ vm, screen: view, ...look }, screen) {
      const linked = { screen, view };
      setState({ ...look, selectedVm: vm, linked, choosing: null, lensCell: null });
    },
    dropLinked: () => setState({ linked: null }),
    setPhoneTab: (phoneTab) => setState({ phoneTab }),
    startChoosing: (choice, node = null) => setState({ choosing: { ...choice, node } }),
    pointAtNode(node) {
      const { choosing } = getState();
      if (choosing !== null && choosing.node !== node)
        setState({ choosing: { ...choosing, node } });
    },
    stopChoosing: () => setState({ choosing: null }),
    setSingleKeys(singleKeys) {
      setState({ singleKeys });
      keepsake.write('singleKeys', singleKeys ? 'on' : 'off');
    },
    pointAtBranch: (pointedBranch) => setState({ pointedBranch }),
    nextIdleSecond: () => setState(({ idleSecond }) => ({ idleSecond: idleSecond + 1 })),
  };
}
