/** What a link says about the storage screen: the lanes, the way of moving, the shown moment. */
import { laneIds } from '../../state/storageLanes.ts';
import type { StorageActions, StorageStore } from '../../state/storageStore.ts';
import type { SharedScreen } from '../shared/screenView.ts';

const choices = [...laneIds, 'side'] as const;
const methods = ['quick', 'live'] as const;

export function sharedStorage({ getState, actions }: StorageStore): SharedScreen {
  return {
    read() {
      const { choice, method, shownNs } = getState();
      return { choice, method, shownNs };
    },
    show: (view) => actions.restore(fitting(view)),
    pause: actions.pause,
  };
}

function fitting(
  view: Parameters<SharedScreen['show']>[0],
): Parameters<StorageActions['restore']>[0] {
  const choice = choices.find((each) => each === view['choice']);
  const method = methods.find((each) => each === view['method']);
  const { shownNs } = view;
  const isMoment = typeof shownNs === 'number' && Number.isSafeInteger(shownNs) && shownNs >= 0;
  return {
    ...(choice !== undefined && { choice }),
    ...(method !== undefined && { method }),
    ...(isMoment && { shownNs }),
  };
}
