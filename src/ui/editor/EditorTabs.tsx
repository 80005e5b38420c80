import type { KeyboardEvent } from 'react';
import { at } from '../../base/assert.ts';

const tabs = [
  { id: 'nodes', text: 'Nodes' },
  { id: 'volumes', text: 'Volumes' },
  { id: 'vms', text: 'VMs' },
  { id: 'settings', text: 'Network and failover' },
] as const;

export type EditorTab = (typeof tabs)[number]['id'];

export interface EditorTabsProps {
  readonly tab: EditorTab;
  readonly onChoose: (tab: EditorTab) => void;
}

/** The parts of the editor; one stop for Tab, the arrows go from one to the next. */
export function EditorTabs({ tab, onChoose }: EditorTabsProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = tabs.findIndex(({ id }) => id === tab) + step;
    const next = at(tabs, (place + tabs.length) % tabs.length).id;
    onChoose(next);
    document.getElementById(`editor-tab-${next}`)?.focus();
  };
  return (
    <div className="editor-tabs" role="tablist" aria-label="Parts">
      {tabs.map(({ id, text }) => (
        <button
          key={id}
          id={`editor-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls="editor-panel"
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onChoose(id)}
          onKeyDown={onKeyDown}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
