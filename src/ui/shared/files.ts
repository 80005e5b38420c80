/** Files out: what the page has made goes to the browser as a download. */
import type { RunStore } from '../../state/runStore.ts';
import { fileName } from '../../state/tables.ts';

/** Hands a file to the browser as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** The run with its commands, as a scenario file. */
export function saveRecording({ getState, actions }: RunStore): void {
  saveFile(
    `${fileName(getState().scenario.title, null, 'scenario')}.json`,
    new Blob([actions.recordingText()], { type: 'application/json' }),
  );
}
