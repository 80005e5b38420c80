/** What the Lab shows, here at once and for everyone who opens the link: a class sees less, or all. */
import type { Panel } from '../../scenario/link/linkView.ts';
import { useView, useViewActions } from '../shared/lab.tsx';

const names: Readonly<Record<Panel, string>> = {
  readouts: 'Readouts',
  clients: 'Clients',
  volumes: 'Storage',
  rounds: 'Rounds chart',
  timeline: 'Timeline',
  inspector: 'Inspector',
  log: 'Log',
};
const panels = Object.keys(names) as Panel[];

export function PanelTicks() {
  const hidden = useView((view) => view.hidden);
  const { setHidden } = useViewActions();
  const tick = (panel: Panel, shown: boolean): void =>
    setHidden(panels.filter((each) => (each === panel ? !shown : hidden.includes(each))));
  return (
    <fieldset className="share__part share__panels">
      <legend>Shown in the Lab, here and by the link</legend>
      {panels.map((panel) => (
        <label key={panel} className="share__tick">
          <input
            type="checkbox"
            checked={!hidden.includes(panel)}
            onChange={({ target }) => tick(panel, target.checked)}
          />
          {names[panel]}
        </label>
      ))}
    </fieldset>
  );
}
