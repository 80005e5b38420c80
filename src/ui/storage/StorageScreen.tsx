/** The storage screen: one move on the same cluster with different storage, side by side on one clock. */
import { useEffect, useMemo } from 'react';
import type { LaneId } from '../../state/storageLanes.ts';
import { runsOf, type StorageState } from '../../state/storageStore.ts';
import { askedName, laneSentence, laneTitles, whenText } from '../../state/storageWords.ts';
import { CalmAnnouncer } from '../shared/CalmAnnouncer.tsx';
import { useLab } from '../shared/lab.tsx';
import { RunFailure } from '../shared/RunFailure.tsx';
import { useScreenClock } from '../shared/screenClock.ts';
import { ScreenTitle } from '../shared/ScreenTitle.tsx';
import { useSharedScreen } from '../shared/screenView.ts';
import { media, useMedia } from '../shared/useMedia.ts';
import { Lane } from './Lane.tsx';
import { LunCounter } from './LunCounter.tsx';
import { StorageProvider, storageStoreOf, useStorage, useStorageActions } from './storage.tsx';
import { sharedStorage } from './sharedStorage.ts';
import { LaneChoiceBar, StorageTransport } from './StorageTransport.tsx';
import './storage.css';
import './lane.css';
import './bars.css';

export function StorageScreen() {
  const { outline } = useLab();
  const store = storageStoreOf(outline);
  useSharedScreen(
    '/storage',
    useMemo(() => sharedStorage(store), [store]),
  );
  return (
    <StorageProvider value={store}>
      <Screen />
    </StorageProvider>
  );
}

function Screen() {
  useOpenScreen();
  const isReady = useStorage((state) => runsOf(state) !== null);
  const isLive = useStorage((state) => state.method === 'live');
  const lanes = useShownLanes();
  return (
    <main className={isLive ? 'storage storage--live' : 'storage'} aria-busy={!isReady}>
      <div className="storage__top">
        <Title />
        <LaneChoiceBar />
        <StorageTransport />
      </div>
      <Failure />
      {isReady ? (
        <div className={`storage__lanes storage__lanes--${lanes.length}`}>
          {lanes.map((id) => (
            <Lane key={id} id={id} />
          ))}
        </div>
      ) : (
        <p className="storage__wait">Working out the runs…</p>
      )}
      <LunCounter />
      <Announcer lanes={lanes} />
    </main>
  );
}

/** While it is open, the keys of the clock are its own and the Lab rests. */
function useOpenScreen(): void {
  const actions = useStorageActions();
  useScreenClock(actions);
  useEffect(() => {
    void actions.load();
    return actions.pause;
  }, [actions]);
}

function useShownLanes(): readonly LaneId[] {
  const choice = useStorage((state) => state.choice);
  const isWide = useMedia(media.wide);
  if (choice !== 'side') return [choice];
  return isWide ? ['own', 'both', 'csv'] : ['both', 'csv'];
}

/** Every lane asks for the same VM. */
function nameOf(state: StorageState): string {
  const runs = runsOf(state);
  return runs === null ? 'a VM' : askedName(runs.both);
}

function Title() {
  const name = useStorage(nameOf);
  const when = useStorage(({ method, shownNs }) => whenText(method, wholeSeconds(shownNs)));
  const title = `You asked to move ${name}. What else has to move?`;
  return <ScreenTitle title={title} text={when} />;
}

/** Tenths of a second that fly by cannot be read. */
function wholeSeconds(shownNs: number | null): number | null {
  return shownNs === null ? null : Math.floor(shownNs / 1e9) * 1e9;
}

function Failure() {
  const failure = useStorage((state) => state.failure);
  const { load } = useStorageActions();
  return (
    <RunFailure
      title="The runs could not be worked out"
      failure={failure}
      onRetry={() => void load()}
    />
  );
}

/** What happens in the lanes, for those who do not see them: once a phase. */
function Announcer({ lanes }: { readonly lanes: readonly LaneId[] }) {
  const latest = useStorage((state) => {
    const runs = runsOf(state);
    if (runs === null) return '';
    return lanes
      .map((id) => `${laneTitles[id]}: ${laneSentence(runs[id], state.shownNs)}`)
      .join(' ');
  });
  const isPlaying = useStorage((state) => state.playing);
  return <CalmAnnouncer text={latest} isPlaying={isPlaying} />;
}
