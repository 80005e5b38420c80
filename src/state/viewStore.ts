/** What a person chose to look at: nothing here changes the run. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Keepsake } from './storage.ts';

export type MapMode = 'state' | 'content';
export type TimeScale = 'equal' | 'to-scale';
export type PageScale = 'log' | 'linear';
export type Theme = 'light' | 'dark';
export type PhoneTab = 'cluster' | 'memory' | 'rounds' | 'settings';

/** A VM is being placed: the node it would go to, or null while none is pointed at. */
export interface Choosing {
  readonly vm: number;
  readonly node: number | null;
}

export interface ViewState {
  readonly selectedVm: number;
  readonly mapMode: MapMode;
  readonly timeScale: TimeScale;
  readonly pageScale: PageScale;
  readonly lensCell: number | null;
  /** null: as the system has it. */
  readonly themeChoice: Theme | null;
  readonly drawerOpen: boolean;
  readonly keysOpen: boolean;
  readonly phoneTab: PhoneTab;
  readonly choosing: Choosing | null;
  readonly singleKeys: boolean;
  /** While nothing is copied: the second of the guest's clock whose writes are shown. */
  readonly idleSecond: number;
}

export interface ViewActions {
  readonly selectVm: (vm: number) => void;
  readonly setMapMode: (mode: MapMode) => void;
  readonly setTimeScale: (scale: TimeScale) => void;
  readonly setPageScale: (scale: PageScale) => void;
  readonly setLensCell: (cell: number | null) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setDrawerOpen: (open: boolean) => void;
  readonly setKeysOpen: (open: boolean) => void;
  readonly setPhoneTab: (tab: PhoneTab) => void;
  readonly startChoosing: (vm: number) => void;
  readonly pointAtNode: (node: number | null) => void;
  readonly stopChoosing: () => void;
  readonly setSingleKeys: (on: boolean) => void;
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
    themeChoice: storedTheme === 'light' || storedTheme === 'dark' ? storedTheme : null,
    drawerOpen: false,
    keysOpen: false,
    phoneTab: 'memory',
    choosing: null,
    singleKeys: keepsake.read('singleKeys') !== 'off',
    idleSecond: 0,
  }));
  return Object.assign(store, { actions: viewActions(store, keepsake) });
}

function viewActions({ setState, getState }: StoreApi<ViewState>, keepsake: Keepsake): ViewActions {
  return {
    selectVm: (selectedVm) => setState({ selectedVm, choosing: null, lensCell: null }),
    setMapMode: (mapMode) => setState({ mapMode }),
    setTimeScale: (timeScale) => setState({ timeScale }),
    setPageScale: (pageScale) => setState({ pageScale }),
    setLensCell: (lensCell) => {
      if (lensCell !== getState().lensCell) setState({ lensCell });
    },
    setTheme(themeChoice) {
      setState({ themeChoice });
      keepsake.write('theme', themeChoice);
    },
    setDrawerOpen: (drawerOpen) => setState({ drawerOpen }),
    setKeysOpen: (keysOpen) => setState({ keysOpen }),
    setPhoneTab: (phoneTab) => setState({ phoneTab }),
    startChoosing: (vm) => setState({ choosing: { vm, node: null } }),
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
    nextIdleSecond: () => setState(({ idleSecond }) => ({ idleSecond: idleSecond + 1 })),
  };
}
