/** The page: its header, its places, and what holds everywhere (keys, dropped files, messages). */
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useRef,
  type ComponentType,
} from 'react';
import { Router, useLocation } from 'wouter';
import { firstAct } from '../state/firstAct.ts';
import { firstMove, hasCommands, isUnderWay, moveOperation } from '../state/selectors.ts';
import { BranchNews } from './BranchNews.tsx';
import { Header } from './header/Header.tsx';
import { useShortcuts } from './keyboard/useShortcuts.ts';
import { Messages } from './Messages.tsx';
import { openScenarioFile } from '../state/scenarioFile.ts';
import { useKeptFocus } from './shared/keptFocus.ts';
import { useLab, useRun, useRunActions, useView, useViewActions } from './shared/lab.tsx';
import { createPart, fetchPartsWhileIdle } from './shared/parts.ts';
import { useScreenLocation } from './shared/screenLocation.ts';
import { SkipLink } from './shared/SkipLink.tsx';
import { media, useMedia } from './shared/useMedia.ts';
import { Wing } from './shared/Wing.tsx';
import { StartScreen } from './StartScreen.tsx';
import './shared/tokens.css';
import './shared/base.css';
import './shared/controls.css';
import './shared/slider.css';
import './app.css';

const Lab = createPart(async () => (await import('./Lab.tsx')).Lab);
const CompareScreen = createPart(
  async () => (await import('./compare/CompareScreen.tsx')).CompareScreen,
);
const StorageScreen = createPart(
  async () => (await import('./storage/StorageScreen.tsx')).StorageScreen,
);
const MapScreen = createPart(async () => (await import('./map/MapScreen.tsx')).MapScreen);
const EditorDialog = createPart(
  async () => (await import('./editor/EditorDialog.tsx')).EditorDialog,
);
const ShareDialog = createPart(async () => (await import('./share/ShareDialog.tsx')).ShareDialog);
const KeysDialog = createPart(async () => (await import('./keyboard/KeysDialog.tsx')).KeysDialog);

export function App() {
  return (
    <Router hook={useScreenLocation}>
      <Page />
    </Router>
  );
}

interface PlaceApart {
  readonly Screen: ComponentType;
  /** In the title of the page. */
  readonly name: string;
}

/** Screens beside the Lab. */
const placesApart: Readonly<Record<string, PlaceApart>> = {
  '/compare': { Screen: CompareScreen, name: 'Compare' },
  '/storage': { Screen: StorageScreen, name: 'LUNs and CSV' },
  '/map': { Screen: MapScreen, name: 'Map' },
};

function Page() {
  const start = useStart();
  const drawer = useMedia(media.drawer);
  const theme = useTheme();
  useShortcuts(start);
  useKeptFocus();
  useDroppedFiles();
  useEffect(fetchPartsWhileIdle, []);
  // The Lab is large: it is made in small pieces of work, while the run plays already. Start stays until it is there.
  const atLab = useDeferredValue(useAtLab());
  const [location] = useLocation();
  const apart = placesApart[location];
  useTopOf(apart === undefined ? atLab : location);
  useTitle(apart?.name ?? (atLab ? 'Lab' : null));
  return (
    <div className="app">
      <SkipLink />
      <Wing name="The header" place="notice">
        <Header theme={theme} drawer={drawer && apart === undefined} />
      </Wing>
      <div className="notices">
        <Messages />
        <BranchNews />
        <Dialogs />
      </div>
      <Wing name={apart?.name ?? (atLab ? 'The Lab' : 'The first page')} place="screen">
        {apart !== undefined ? (
          <apart.Screen />
        ) : atLab ? (
          <Lab onStart={start} drawer={drawer} />
        ) : (
          <StartScreen onStart={start} />
        )}
      </Wing>
    </div>
  );
}

/** Each is over the page, wherever it stands in it. */
function Dialogs() {
  const keysOpen = useView((view) => view.keysOpen);
  const editorOpen = useView((view) => view.editorOpen);
  const shareOpen = useView((view) => view.shareOpen);
  const { setKeysOpen, setEditorOpen, setShareOpen } = useViewActions();
  return (
    <>
      {keysOpen && (
        <Wing name="The list of keys" place="notice" onClose={() => setKeysOpen(false)}>
          <KeysDialog />
        </Wing>
      )}
      {editorOpen && (
        <Wing name="The editor" place="notice" onClose={() => setEditorOpen(false)}>
          <EditorDialog />
        </Wing>
      )}
      {shareOpen && (
        <Wing name="Share and save" place="notice" onClose={() => setShareOpen(false)}>
          <ShareDialog />
        </Wing>
      )}
    </>
  );
}

/** Start is the Lab while nothing has happened; the address follows, unless another screen is open. */
function useAtLab(): boolean {
  const [location, navigate] = useLocation();
  const begun = useRun(hasCommands);
  useEffect(() => {
    if (begun && location !== '/lab' && placesApart[location] === undefined) {
      navigate('/lab', { replace: true });
    }
  }, [begun, location, navigate]);
  return begun || location === '/lab';
}

/** Does what the scenario is opened for, else sends the selected VM to the first node that can take it. */
function useStart(): () => void {
  const { runStore, viewStore } = useLab();
  return useCallback(() => {
    const state = runStore.getState();
    const vm = viewStore.getState().selectedVm;
    const move = firstMove(state, vm);
    const operation =
      firstAct(state)?.operation ?? (move === null ? null : moveOperation(state, vm, move));
    if (operation === null || isUnderWay(state)) return;
    viewStore.actions.stopChoosing();
    runStore.actions.operate(operation);
  }, [runStore, viewStore]);
}

/** Another screen begins at its top, where its heading says what it is. */
function useTopOf(screen: unknown): void {
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
  }, [screen]);
}

/** The title of the page says where somebody is, in tabs, in the history, and aloud. */
function useTitle(place: string | null): void {
  useEffect(() => {
    document.title = place === null ? 'Migrascope' : `${place} · Migrascope`;
  }, [place]);
}

/** The theme in force, on the root element. Order: what was chosen, the system, light. */
function useTheme(): 'light' | 'dark' {
  const choice = useView((view) => view.themeChoice);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const theme = choice ?? (systemIsDark ? 'dark' : 'light');
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}

/** A scenario file may be dropped anywhere on the page. */
function useDroppedFiles(): void {
  const actions = useRunActions();
  const [, navigate] = useLocation();
  const reach = useRef({ actions, navigate });
  useEffect(() => {
    reach.current = { actions, navigate };
  });
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => event.preventDefault();
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void take(file);
    };
    const take = async (file: File): Promise<void> => {
      if (await openScenarioFile(file, reach.current.actions)) reach.current.navigate('/lab');
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
}
