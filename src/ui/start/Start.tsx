/** What stands above the idle cluster on the first page: what to do, and what else to start from. */
import { isolated } from '../../base/isolated.ts';
import { Suspense } from 'react';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { firstAct } from '../../state/firstAct.ts';
import { clientCount, nodeName } from '../../state/names.ts';
import { hasEntries } from '../../state/recentStore.ts';
import type { RunState } from '../../state/runStore.ts';
import { firstMove, nodeOfVm } from '../../state/selectors.ts';
import { Button } from '../shared/Button.tsx';
import { KeyCap } from '../shared/KeyCap.tsx';
import { useLab, useRecent, useRun, useRunActions, useView } from '../shared/lab.tsx';
import { OpenFileButton } from '../shared/OpenFileButton.tsx';
import { createPart } from '../shared/parts.ts';
import { useStartAnew } from '../shared/useStartAnew.ts';
import { FirstAction } from '../shared/FirstAction.tsx';
import './start.css';

export function StartTitle({ onStart }: { readonly onStart: () => void }) {
  const vm = useView((view) => view.selectedVm);
  const spec = useRun(({ scenario }) => at(scenario.vms, vm));
  const home = useRun((state) => nodeName(state.scenario, nodeOfVm(state, vm)));
  const way = useRun((state) => wayText(state, vm));
  const clients = useRun(({ scenario }) => clientCount(scenario, vm));
  const serves =
    clients === 0 ? '' : ` and serves ${clients} ${clients === 1 ? 'client' : 'clients'}`;
  return (
    <div className="start-title">
      <h1>Move a running server without anyone noticing.</h1>
      <p>
        {isolated(spec.name)} runs on {home}
        {serves}. {way}
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

/** What the first act leads to, or what the first move does to the memory of the VM. */
function wayText(state: RunState, vm: number): string {
  const act = firstAct(state);
  if (act !== null) return act.invitation;
  const move = firstMove(state, vm);
  if (move === null) return '';
  const target = nodeName(state.scenario, move.to);
  const memory = memoryText(at(state.scenario.vms, vm).memoryMiB);
  return move.method === 'live'
    ? `Send it to ${target} and watch its ${memory} of memory go across, page by page, while it keeps answering.`
    : `Send it to ${target} and watch its ${memory} of memory go to the disk and back, page by page, while it stands still.`;
}

// Nobody who comes for the first time needs it.
const RecentList = createPart(async () => (await import('../shared/RecentList.tsx')).RecentList);

/** What somebody built here before, once there is something. */
export function StartRecent() {
  const isThere = useRecent(hasEntries);
  const startAnew = useStartAnew();
  if (!isThere) return null;
  return (
    <Suspense>
      <RecentList
        row
        tools={
          <Button look="link" onPress={startAnew}>
            New cluster…
          </Button>
        }
      />
    </Suspense>
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
                title={goal}
                onClick={() => {
                  loadScenario(scenario);
                  onChosen();
                }}
              >
                <PresetName title={title} />
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

/** "Hot cache: the same gigabyte again": the name at the left, what is special about it at the right. */
function PresetName({ title }: { readonly title: string }) {
  const [name = title, note] = title.split(': ');
  return (
    <>
      <b>
        {name}
        {note !== undefined && <span className="visually-hidden">: </span>}
      </b>
      {note !== undefined && <span className="start-list__note">{note}</span>}
    </>
  );
}
