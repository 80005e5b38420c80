/** A file that somebody opens. It is untrusted, so its size is looked at before it is read. */
import { fileText, MOST_FILE_BYTES } from '../scenario/fileText.ts';
import type { RunActions } from './runStore.ts';

/** @returns Whether the file became the run; if not, the store holds the problems. */
export async function openScenarioFile(file: File, actions: RunActions): Promise<boolean> {
  if (file.size > MOST_FILE_BYTES) {
    actions.reject(
      file.name,
      'The file is too large: a scenario has at most 1,048,576 characters.',
    );
    return false;
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    actions.reject(file.name, 'The file could not be read.');
    return false;
  }
  return actions.openText(file.name, fileText(bytes));
}
