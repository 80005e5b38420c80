/** What a link says about the Compare screen: what differs, the two values, the shown moment. */
import { valueKinds, type CompareValue, type Differs } from '../../state/compareDifferences.ts';
import { valuesOf, type CompareStore, type CompareView } from '../../state/compareStore.ts';
import type { SharedScreen } from '../shared/screenView.ts';

type ScreenView = ReturnType<SharedScreen['read']>;

const differences: readonly Differs[] = ['method', ...valueKinds];

export function sharedCompare({ getState, actions }: CompareStore): SharedScreen {
  return {
    read() {
      const state = getState();
      const { differs, shownNs } = state.view;
      if (differs === 'method') return { differs, shownNs };
      const [first, second] = valuesOf(state);
      return { differs, first, second, shownNs };
    },
    show: (view) => void actions.setView(viewOf(view)),
    pause: actions.pause,
  };
}

/** Values that the cluster cannot have are left to the store, which knows it. */
function viewOf({ differs, first, second, shownNs }: ScreenView): CompareView {
  const isMoment = typeof shownNs === 'number' && Number.isSafeInteger(shownNs) && shownNs >= 0;
  return {
    differs: differences.find((each) => each === differs) ?? 'method',
    values: isValue(first) && isValue(second) ? [first, second] : null,
    shownNs: isMoment ? shownNs : null,
  };
}

function isValue(value: ScreenView[string] | undefined): value is CompareValue {
  return typeof value === 'number' || typeof value === 'string';
}
