/** What stands above the idle cluster on the first page: what to do, and what else to start from. */
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { clientCount, nodeName } from '../../state/sentence.ts';
import { firstTarget, nodeOfVm } from '../../state/selectors.ts';
import { KeyCap } from '../shared/KeyCap.tsx';
import { useLab, useRun, useRunActions, useRunState, useView } from '../shared/lab.tsx';
import { OpenFileButton } from '../shared/OpenFileButton.tsx';
import { FirstAction } from '../shared/FirstAction.tsx';
import './start.css';

export function StartTitle({ onStart }: { readonly onStart: () => void }) {
  const state = useRunState();
  const vm = useView((view) => view.selectedVm);
  const spec = at(state.scenario.vms, vm);
  const home = nodeName(state.scenario, nodeOfVm(state, vm));
  const target = firstTarget(state, vm);
  const clients = clientCount(state.scenario, vm);
  const serves =
    clients === 0 ? '' : ` and serves ${clients} ${clients === 1 ? 'client' : 'clients'}`;
  const memory = memoryText(spec.memoryMiB);
  return (
    <div className="start-title">
      <h1>Move a running server without anyone noticing.</h1>
      <p>
        {spec.name} runs on {home}
        {serves}.{' '}
        {target !== null &&
          `Send it to ${nodeName(state.scenario, target)} and watch its ${memory} of memory go across, page by page, while it keeps answering.`}
      </p>
      <div className="start-title__action">
        <FirstAction large onStart={onStart} />
        <span className="start-title__key">
          or press <KeyCap name="Space" />
        </span>
      </div>
    </div>
  );
}

/** Scenarios to start from instead. */
export function StartList({ onChosen }: { readonly onChosen: () => void }) {
  const { presets } = useLab();
  const current = useRun((state) => state.scenario);
  const { loadScenario } = useRunActions();
  return (
    <nav className="start-list" aria-label="Scenarios to start from">
      <ul>
        {presets
          .filter(({ scenario }) => scenario.title !== current.title)
          .map(({ id, title, goal, scenario }) => (
            <li key={id}>
              <button
                type="button"
                className="start-list__item"
                onClick={() => {
                  loadScenario(scenario);
                  onChosen();
                }}
              >
                <b>{title}</b>
                <span>{goal}</span>
              </button>
            </li>
          ))}
        <li>
          <OpenFileButton className="start-list__item start-list__file" />
        </li>
      </ul>
    </nav>
  );
}
