/** The Compare screen: the same VM in several runs on one clock, moved in different ways or with one thing changed. */
import { useEffect, useMemo } from 'react';
import { comparisonText } from '../../state/compareComparison.ts';
import type { Compared } from '../../state/compareDifferences.ts';
import { isOutdated, shownNsOf, valuesOf, type CompareState } from '../../state/compareStore.ts';
import { laneTitle, laneTold, questionText, sameText } from '../../state/compareWords.ts';
import { CalmAnnouncer } from '../shared/CalmAnnouncer.tsx';
import { useLab, useRun, useView } from '../shared/lab.tsx';
import { RunFailure } from '../shared/RunFailure.tsx';
import { useScreenClock } from '../shared/screenClock.ts';
import { ScreenTitle } from '../shared/ScreenTitle.tsx';
import { useSharedScreen } from '../shared/screenView.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { CompareProvider, compareStoreOf, useCompare, useCompareActions } from './compare.tsx';
import { CompareTransport } from './CompareTransport.tsx';
import { Lanes } from './Lanes.tsx';
import { PendingLanes, PendingNote } from './PendingLanes.tsx';
import { SetUp, TitleActions } from './SetUp.tsx';
import { sharedCompare } from './sharedCompare.ts';
import './compare.css';

export function CompareScreen() {
  const { outline } = useLab();
  const store = compareStoreOf(outline);
  useSharedScreen(
    '/compare',
    useMemo(() => sharedCompare(store), [store]),
  );
  return (
    <CompareProvider value={store}>
      <Screen />
    </CompareProvider>
  );
}

function Screen() {
  useOpenScreen();
  const hasRuns = useCompare((state) => state.runs !== null);
  const isWorking = useCompare((state) => state.isWorking && state.failure === null);
  const outdated = useCompare(isOutdated);
  return (
    <main className="compare" aria-busy={isWorking} data-picture="Comparison">
      <div className="compare__top">
        <Title />
        <TitleActions />
        <Conclusion />
        <div className="compare__bar">
          <SetUp />
          <CompareTransport />
        </div>
      </div>
      <Failure />
      {hasRuns && isWorking && <PendingNote />}
      {hasRuns && (
        <div className={outdated ? 'compare__outdated' : undefined}>
          <Lanes />
        </div>
      )}
      {isWorking && <PendingLanes />}
      <Announcer />
    </main>
  );
}

/** The VM that is selected in the Lab, in its cluster as it was loaded. */
function useCompared(): Compared {
  const scenario = useRun((state) => state.scenario);
  const vm = useView((view) => view.selectedVm);
  return useMemo(() => ({ scenario: { ...scenario, commands: [] }, vm }), [scenario, vm]);
}

/** While it is open, the keys of the clock are its own and the Lab rests. */
function useOpenScreen(): void {
  const compared = useCompared();
  const actions = useCompareActions();
  useScreenClock(actions);
  useEffect(() => actions.pause, [actions]);
  useEffect(() => {
    void actions.open(compared);
  }, [actions, compared]);
}

function question(state: CompareState): string {
  const { compared, view } = state;
  return compared === null ? '' : questionText(compared, view.differs, valuesOf(state));
}

function Title() {
  const text = useCompare(question);
  const same = useCompare(({ compared, view }) =>
    compared === null ? '' : sameText(compared, view.differs),
  );
  return <ScreenTitle title={text} text={same} />;
}

/** What all came to: the answer to the question. Its room is there before it is. */
function Conclusion() {
  const text = useCompare(({ runs, isWorking }) => (isWorking ? '' : comparisonText(runs ?? [])));
  return (
    <p className="compare__conclusion">
      <Unbroken text={text} />
    </p>
  );
}

function Failure() {
  const failure = useCompare((state) => state.failure);
  const { load } = useCompareActions();
  return (
    <RunFailure
      title="The runs could not be worked out"
      failure={failure}
      onRetry={() => void load()}
    />
  );
}

/** What happens in the lanes, for those who do not see them: once a phase. */
function Announcer() {
  const latest = useCompare((state) => {
    const ns = shownNsOf(state);
    return (state.runs ?? [])
      .map((run) => `${laneTitle(run.lane)}: ${laneTold(run, ns).text}`)
      .join(' ');
  });
  const isPlaying = useCompare((state) => state.playing);
  return <CalmAnnouncer text={latest} isPlaying={isPlaying} />;
}
