/** Edits the cluster without code. What is done becomes a new run at the end, or nothing at all. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Scenario } from '../../engine/scenario.ts';
import { newCluster } from '../../state/newCluster.ts';
import { isBuilt } from '../../state/openedRun.ts';
import { recordingOf } from '../../state/runStore.ts';
import { sameValue } from '../../state/sameValue.ts';
import { useLab, useRun, useRunActions, useView, useViewActions } from '../shared/lab.tsx';
import { useShownModal } from '../shared/useShownModal.ts';
import { DraftProvider, useNewDraft } from './draft.ts';
import { EditorTabs, type EditorTab } from './EditorTabs.tsx';
import { NodesPanel } from './NodesPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { VmsPanel } from './VmsPanel.tsx';
import { VolumesPanel } from './VolumesPanel.tsx';
import './editor.css';
import './fields.css';

const panels = {
  nodes: NodesPanel,
  volumes: VolumesPanel,
  vms: VmsPanel,
  settings: SettingsPanel,
} as const satisfies Readonly<Record<EditorTab, () => unknown>>;

export function EditorDialog() {
  const dialog = useShownModal();
  const { setEditorOpen } = useViewActions();
  const start = useStart();
  const draft = useNewDraft(start);
  const [tab, setTab] = useState<EditorTab>('nodes');
  const [warnedOf, setWarnedOf] = useState<Scenario | null>(null);
  const warned = warnedOf === draft.scenario;
  const isNew = useView((view) => view.editorStart === 'new');
  const changed = isNew || !sameValue(draft.scenario, start);
  const use = useCluster(draft.scenario);
  const Panel = panels[tab];
  return (
    <dialog
      ref={dialog}
      className="modal editor"
      aria-labelledby="editor-title"
      onClose={() => setEditorOpen(false)}
      onCancel={(event) => {
        if (warned || sameValue(draft.scenario, start)) return;
        event.preventDefault();
        setWarnedOf(draft.scenario);
      }}
    >
      <header className="editor__head">
        <h2 id="editor-title">{isNew ? 'New cluster' : 'Edit the cluster'}</h2>
        <EditorTabs tab={tab} onChoose={setTab} />
      </header>
      <DraftProvider value={draft}>
        <div
          // Each part begins at its top.
          key={tab}
          className="editor__panel"
          id="editor-panel"
          role="tabpanel"
          aria-labelledby={`editor-tab-${tab}`}
        >
          <Panel />
        </div>
      </DraftProvider>
      <EditorFoot
        changed={changed}
        warned={warned}
        // The browser gives the focus back to where it was.
        onCancel={() => dialog.current?.close()}
        onUse={() => {
          if (changed) use();
          dialog.current?.close();
        }}
      />
    </dialog>
  );
}

/** What is edited: the shown cluster without the commands of its run, or an almost empty one. */
function useStart(): Scenario {
  const isNew = useView((view) => view.editorStart === 'new');
  const shown = useRun((state) => state.scenario);
  const [start, setStart] = useState(() => ({ shown, scenario: startOf(shown, isNew) }));
  if (start.shown === shown) return start.scenario;
  const next = { shown, scenario: startOf(shown, false) };
  setStart(next);
  return next.scenario;
}

function startOf(shown: Scenario, isNew: boolean): Scenario {
  return isNew ? newCluster() : { ...shown, commands: [] };
}

/** Makes the draft the run, seen from the VM that was selected. */
function useCluster(scenario: Scenario): () => void {
  const { runStore, viewStore } = useLab();
  const { loadBuilt } = useRunActions();
  const [, navigate] = useLocation();
  return () => {
    const { selectedVm, editorStart } = viewStore.getState();
    const selected = runStore.getState().scenario.vms[selectedVm]?.id;
    loadBuilt(scenario);
    const place = scenario.vms.findIndex(({ id }) => id === selected);
    if (place !== selectedVm) viewStore.actions.selectVm(Math.max(0, place));
    // A new cluster begins at the start, like the first visit.
    if (editorStart === 'new') navigate('/');
  };
}

interface EditorFootProps {
  readonly changed: boolean;
  /** Esc was pressed over changes. */
  readonly warned: boolean;
  readonly onCancel: () => void;
  readonly onUse: () => void;
}

/** What becomes of the run that is shown, and the two ways out. */
function EditorFoot({ changed, warned, onCancel, onUse }: EditorFootProps) {
  const commands = useRun((state) => recordingOf(state).commands.length);
  const isWork = useRun(isBuilt);
  const count = `${commands} ${commands === 1 ? 'command' : 'commands'}`;
  const fate = isWork ? 'stays in Recent' : 'is dropped';
  const dropped =
    commands === 0
      ? ''
      : `What was done in the run so far (${count}) belongs to the old cluster and ${fate}.`;
  return (
    <footer className="editor__foot">
      <output className="editor__consequence">
        {warned ? 'Press Esc again to give up your changes.' : changed && dropped}
      </output>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
      <button type="button" className="button button--primary" onClick={onUse}>
        Use this cluster
      </button>
    </footer>
  );
}
