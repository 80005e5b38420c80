/** The one clock of all lanes. */
import {
  compareSpeedNow,
  isAtCompareEnd,
  shownNsOf,
  type CompareState,
} from '../../state/compareStore.ts';
import { ClockSpeed, ClockSteps } from '../shared/ClockTransport.tsx';
import { useCompare, useCompareActions } from './compare.tsx';
import { CompareNumbers } from './CompareNumbers.tsx';

export function notReady(state: CompareState): string | null {
  return state.isWorking ? 'The runs are being worked out.' : null;
}

function whyNotBack(state: CompareState): string | null {
  return notReady(state) ?? (shownNsOf(state) <= 0 ? 'This is the start.' : null);
}

function whyNotOn(state: CompareState): string | null {
  return notReady(state) ?? (isAtCompareEnd(state) ? 'This is the end of the runs.' : null);
}

export function CompareTransport() {
  const isPlaying = useCompare((state) => state.playing);
  const speed = useCompare((state) => state.speed);
  const isSlowed = useCompare((state) => state.playing && compareSpeedNow(state) < state.speed);
  const actions = useCompareActions();
  return (
    <section className="clock-transport" aria-label="Transport" data-control="">
      <div className="clock-transport__set">
        <CompareNumbers />
        <ClockSpeed speed={speed} isSlowed={isSlowed} onChange={actions.setSpeed} />
      </div>
      <ClockSteps
        isPlaying={isPlaying}
        start="Start"
        whyNotPlay={useCompare(notReady)}
        whyNotBack={useCompare(whyNotBack)}
        whyNotOn={useCompare(whyNotOn)}
        clock={actions}
        onToggle={actions.toggle}
      />
    </section>
  );
}
