/** Files in and out: a file is untrusted, so its size is looked at before it is read. */
import type { RunActions, RunStore } from '../../state/runStore.ts';
import { fileName } from '../../state/tables.ts';

/** 1 MiB, the longest scenario file. */
const LARGEST_BYTES = 1_048_576;

/** @returns Whether the file became the run; if not, the store holds the problems. */
export async function openScenarioFile(file: File, actions: RunActions): Promise<boolean> {
  if (file.size > LARGEST_BYTES) {
    actions.reject(
      file.name,
      'The file is larger than 1 MB, a scenario is a text of at most 1 MB.',
    );
    return false;
  }
  try {
    return actions.openText(file.name, await file.text());
  } catch {
    actions.reject(file.name, 'The file could not be read.');
    return false;
  }
}

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
