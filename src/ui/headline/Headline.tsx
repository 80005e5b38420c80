/** The sentence that leads, and three readouts. */
import { useEffect, useRef, useState } from 'react';
import type { RunState } from '../../state/runStore.ts';
import { isPlaying } from '../../state/selectors.ts';
import { sentence, type Sentence } from '../../state/sentence.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import { copyFigure, elapsedFigure, outageFigure, passFigure, type Figure } from './readouts.ts';
import './headline.css';

export function Headline({ short = false }: { readonly short?: boolean }) {
  const vm = useView((view) => view.selectedVm);
  const latest = useRun(({ run, summary, scenario }) => sentence(run, summary, scenario, vm));
  const words = useSteady(latest, useRun(isFast));
  const text = short ? words.short : words.text;
  const isLong = text.length > LONG || words.over.length > LONG;
  const whole = (of: string): string | undefined => (isLong ? of : undefined);
  return (
    <div className={isLong ? 'headline headline--long' : 'headline'}>
      {!short && (
        <p className="headline__over" title={whole(words.over)}>
          {words.over}
        </p>
      )}
      <h1 className="headline__sentence" aria-live="polite" title={whole(text)}>
        <Unbroken text={text} />
      </h1>
    </div>
  );
}

/** Characters of a sentence that only long names make: the stage needs the room. */
const LONG = 180;

/** Simulated seconds per second from which rounds follow each other too quickly to be read. */
const FAST = 2;

function isFast(state: RunState): boolean {
  return isPlaying(state) && state.speed >= FAST;
}

/** Shortest time that a sentence stands while the run plays fast. Chosen so that it can be read and spoken. */
const STAND_MS = 3000;

/** While playing fast a sentence stands for a while, unless the next one is urgent. */
function useSteady(latest: Sentence, fast: boolean): Sentence {
  const [shown, setShown] = useState(latest);
  const shownAtMs = useRef(-Infinity);
  useEffect(() => {
    if (shown.text === latest.text && shown.over === latest.over) return undefined;
    const show = (): void => {
      shownAtMs.current = performance.now();
      setShown(latest);
    };
    const waitMs = shownAtMs.current + STAND_MS - performance.now();
    // About another VM or another move: that is what somebody asked for.
    const asked = shown.over !== latest.over;
    if (!fast || latest.urgent || asked || waitMs <= 0) {
      show();
      return undefined;
    }
    const timer = setTimeout(show, waitMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- `latest` is computed anew at every render; only its words count
  }, [latest.text, latest.over, latest.urgent, shown.text, shown.over, fast]);
  return shown;
}

export function Readouts() {
  const vm = useView((view) => view.selectedVm);
  const elapsed = useRun((state) => elapsedFigure(state, vm));
  const copied = useRun((state) => copyFigure(state, vm));
  const outage = useRun((state) => outageFigure(state, vm));
  return (
    <dl className="readouts">
      <Readout {...elapsed} />
      <Readout {...copied} />
      <Readout {...outage} />
    </dl>
  );
}

/** On a phone: how far the present pass has come instead of a count of pages. */
export function ShortReadouts() {
  const vm = useView((view) => view.selectedVm);
  const elapsed = useRun((state) => elapsedFigure(state, vm));
  const pass = useRun((state) => passFigure(state, vm));
  const outage = useRun((state) => outageFigure(state, vm));
  return (
    <dl className="readouts">
      <Readout {...elapsed} />
      <Readout {...pass} />
      <Readout {...outage} name="Outage" />
    </dl>
  );
}

function Readout({ name, figure, unit }: Figure) {
  return (
    <div className="readout">
      <dt>{name}</dt>
      <dd>
        {figure}
        {unit !== undefined && <span className="readout__unit">{`\u00a0${unit}`}</span>}
      </dd>
    </div>
  );
}
