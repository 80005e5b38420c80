/** What a link says about the map: the figure it shows and the cell that is pointed at. */
import { COLUMNS, ROWS } from '../../state/convergenceGrid.ts';
import type { ConvergenceStore, ShownFigure } from '../../state/convergenceStore.ts';
import type { SharedScreen } from '../shared/screenView.ts';

const figures: readonly ShownFigure[] = ['outage', 'total', 'data'];

export function sharedMap({ getState, actions }: ConvergenceStore): SharedScreen {
  return {
    read() {
      const { figure, pointed } = getState();
      return { figure, pointed };
    },
    show(view) {
      const figure = figures.find((each) => each === view['figure']);
      if (figure !== undefined) actions.show(figure);
      const { pointed } = view;
      const isCell = typeof pointed === 'number' && Number.isInteger(pointed) && pointed >= 0;
      if (isCell && pointed < COLUMNS * ROWS) actions.point(pointed);
    },
    // The map has no clock.
    pause: () => undefined,
  };
}
