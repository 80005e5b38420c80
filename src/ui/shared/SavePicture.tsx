/** Saves the figure whose numbers are open as a picture. What draws it is loaded with the first press. */
import { useState } from 'react';
import { useLab } from './lab.tsx';
import { fetchWhileIdle } from './parts.ts';
import { openScreen } from './screenView.ts';

const loadSaving = fetchWhileIdle(() => import('./pictures/savePicture.ts'));

export function SavePicture({ figure }: { readonly figure: HTMLElement }) {
  const { runStore } = useLab();
  const [note, setNote] = useState('');
  const save = async (): Promise<void> => {
    const { savePicture } = await loadSaving();
    setNote(await savePicture(figure, runStore.getState(), openScreen() === null));
  };
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => void save().catch(() => setNote('The picture could not be made.'))}
      >
        Save picture
      </button>
      <output>{note}</output>
    </>
  );
}
