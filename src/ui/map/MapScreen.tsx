/** Where pre-copy stops working: the live migration of one VM at every dirty rate and bandwidth, each cell a complete run. */
import { vmName } from '../../state/names.ts';
import { useEffect, useMemo } from 'react';
import { useLocation } from 'wouter';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import type { ConvergenceQuestion } from '../../protocol/convergenceMessages.ts';
import { labPoint, type ShownFigure } from '../../state/convergenceStore.ts';
import { figureNames, openedScenario, spokenProgress } from '../../state/convergenceWords.ts';
import { RunFailure } from '../shared/RunFailure.tsx';
import { CalmAnnouncer } from '../shared/CalmAnnouncer.tsx';
import { Choice } from '../shared/Choice.tsx';
import { useLab, useRun, useRunActions, useView } from '../shared/lab.tsx';
import { Message } from '../shared/Message.tsx';
import { useScreenClock, type ScreenClock } from '../shared/screenClock.ts';
import { ScreenTitle } from '../shared/ScreenTitle.tsx';
import { useSharedScreen } from '../shared/screenView.ts';
import { convergenceStoreOf, MapProvider, useMap, useMapActions } from './map.tsx';
import { MapFigure } from './MapFigure.tsx';
import { CurrentPanel, PointedPanel } from './PointPanel.tsx';
import { sharedMap } from './sharedMap.ts';
import './map.css';

export function MapScreen() {
  const { convergence } = useLab();
  const store = convergenceStoreOf(convergence);
  useSharedScreen(
    '/map',
    useMemo(() => sharedMap(store), [store]),
  );
  return (
    <MapProvider value={store}>
      <Screen />
    </MapProvider>
  );
}

function Screen() {
  const isKnown = useOpenScreen();
  const question = useMap((state) => state.question);
  const refusal = useMap((state) => state.asked?.refusal ?? null);
  if (question === null || !isKnown) return <Waiting />;
  return (
    <main className="cmap">
      <div className="cmap__top">
        <Title question={question} />
        <FigureChoice />
      </div>
      <Failure />
      {refusal === null ? <Body /> : <Refused question={question} refusal={refusal} />}
    </main>
  );
}

/** The map has no clock: the keys of the Lab's do nothing here. */
const noClock: ScreenClock = {
  primary: () => undefined,
  step: () => undefined,
  stepChange: () => undefined,
  home: () => undefined,
  end: () => undefined,
  setSpeed: () => undefined,
};

/**
 * It asks about the Lab as it stands, and the workers rest when it is left.
 *
 * @returns Whether it is known how the Lab stands.
 */
function useOpenScreen(): boolean {
  const { runStore } = useLab();
  const vm = useView((view) => view.selectedVm);
  // Another run, or another moment of it, may come by a link while the map is open.
  const point = useRun((state) => labPoint(state, vm));
  const actions = useMapActions();
  useScreenClock(noClock);
  useEffect(() => {
    if (point === null) return undefined;
    actions.open(runStore.getState(), vm);
    return actions.close;
  }, [actions, runStore, vm, point]);
  return point !== null;
}

/** The run has to reach the shown moment first. */
function Waiting() {
  return (
    <main className="cmap" aria-busy="true">
      <div className="cmap__waiting">
        <ScreenTitle title={TITLE} text="The run is being worked out up to the shown moment…" />
      </div>
    </main>
  );
}

const TITLE = 'Where does pre-copy stop working?';

function Title({ question }: { readonly question: ConvergenceQuestion }) {
  const { scenario, vm } = question;
  const { memoryMiB } = at(scenario.vms, vm);
  const name = vmName(scenario, vm);
  const figure = useMap((state) => state.figure);
  const shows = { outage: 'its outage', total: 'its total time', data: 'the data it moves' };
  return (
    <ScreenTitle
      title={TITLE}
      text={`Each cell is one complete live migration of ${name} (${memoryText(memoryMiB)}). Colour shows ${shows[figure]}.`}
    />
  );
}

const figures: readonly ShownFigure[] = ['outage', 'total', 'data'];
const options = figures.map((value) => ({ value, text: figureNames[value] }));

function FigureChoice() {
  const figure = useMap((state) => state.figure);
  const { show } = useMapActions();
  return <Choice label="The map shows" options={options} value={figure} onChoose={show} />;
}

function Failure() {
  const failure = useMap((state) => state.failure);
  const { retry } = useMapActions();
  return <RunFailure title="The map could not be worked out" failure={failure} onRetry={retry} />;
}

interface RefusedProps {
  readonly question: ConvergenceQuestion;
  readonly refusal: string;
}

function Refused({ question, refusal }: RefusedProps) {
  const name = vmName(question.scenario, question.vm);
  return (
    <Message kind="info" title={`No node can take ${name} by live migration`}>
      <p>{refusal}. Choose another VM in the Lab, or change the cluster.</p>
    </Message>
  );
}

function Body() {
  const openPoint = useOpenPoint();
  const spoken = useMap(spokenProgress);
  return (
    <div className="cmap__body">
      <div className="cmap__figure">
        <MapFigure onOpen={openPoint} />
        <CalmAnnouncer text={spoken} isPlaying={false} />
      </div>
      <div className="cmap__points">
        <CurrentPanel />
        <PointedPanel onOpen={openPoint} />
      </div>
    </div>
  );
}

/** The Lab gets the scenario of a cell, before its start: its live migration gives what the cell showed. */
function useOpenPoint(): (cell: number) => void {
  const { convergence } = useLab();
  const { loadScenario } = useRunActions();
  const { leaveTo } = useMapActions();
  const question = useMap((state) => state.question);
  const full = useMap((state) => state.full);
  const [, navigate] = useLocation();
  return useMemo(
    () => (cell) => {
      if (question === null) return;
      const known = full.get(cell)?.totalNs ?? convergence.cells.totalNs[cell] ?? 0;
      const opened = openedScenario(question, cell, known > 0 ? known : null);
      leaveTo(opened);
      loadScenario(opened);
      navigate('/lab');
    },
    [convergence, full, leaveTo, loadScenario, navigate, question],
  );
}
