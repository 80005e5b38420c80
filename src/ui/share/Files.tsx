/** The run as files: the scenario with its commands, tables, and pictures of what is on screen. */
import { useEffect, useState } from 'react';
import { clientsTable, roundsTable } from '../../state/tables.ts';
import { Button } from '../shared/Button.tsx';
import { saveFile } from '../shared/files.ts';
import { useLab, useRun, useRunActions, useView } from '../shared/lab.tsx';
import { chartOf, chartText } from '../shared/pictures/chartText.ts';
import { pictureOf } from '../shared/pictures/picture.ts';
import { captionOf, figureCaption, savedName } from '../shared/pictures/savePicture.ts';

export function Files({ isLab }: { readonly isLab: boolean }) {
  const [note, setNote] = useState('');
  const save = useSave(isLab, setNote);
  return (
    <section className="share__part" aria-labelledby="files-title">
      <h3 id="files-title">Save as a file</h3>
      <ul className="share__files">
        {isLab && <RunFiles save={save} />}
        <Pictures save={save} isLab={isLab} />
      </ul>
      <output className="share__note">{note}</output>
    </section>
  );
}

/** @param what As in the name of the file. */
type Save = (what: string, ending: Ending, content: () => Promise<Blob> | Blob) => void;
type Ending = 'json' | 'csv' | 'svg' | 'png';

/** Saves under a name that says which run, when and what; says what became of it. */
function useSave(isLab: boolean, say: (note: string) => void): Save {
  const { runStore } = useLab();
  return (what, ending, content) => {
    const name = savedName(runStore.getState(), isLab, what, ending);
    const make = async (): Promise<void> => {
      saveFile(name, await content());
      say(`Saved ${name}.`);
    };
    make().catch((error: unknown) => {
      say(`${name} could not be made: ${error instanceof Error ? error.message : String(error)}.`);
    });
  };
}

function RunFiles({ save }: { readonly save: Save }) {
  const { recordingText } = useRunActions();
  const { runStore } = useLab();
  const hasRun = useRun(({ run }) => run !== null);
  const isComplete = useRun(({ run }) => run?.clientResults !== null && run !== null);
  const wait = 'The run is still being worked out. Wait a moment.';
  const table = (text: string): Blob => new Blob([text], { type: 'text/csv;charset=utf-8' });
  return (
    <>
      <FileRow
        name="Scenario with its commands"
        endings={['json']}
        onSave={() =>
          save('scenario', 'json', () => new Blob([recordingText()], { type: 'application/json' }))
        }
      />
      <FileRow
        name="Rounds"
        endings={['csv']}
        unavailable={hasRun ? null : wait}
        onSave={() => {
          const { run } = runStore.getState();
          if (run !== null) save('rounds', 'csv', () => table(roundsTable(run)));
        }}
      />
      <FileRow
        name="Clients"
        endings={['csv']}
        unavailable={isComplete ? null : wait}
        onSave={() => {
          const clients = runStore.getState().run?.clientResults ?? [];
          save('clients', 'csv', () => table(clientsTable(clients)));
        }}
      />
    </>
  );
}

function Pictures({ save, isLab }: { readonly save: Save; readonly isLab: boolean }) {
  const figures = useFigures();
  const { runStore } = useLab();
  const caption = (): string => captionOf(runStore.getState(), isLab);
  return (
    <>
      <FileRow
        name="This moment, with its sentence"
        endings={['png']}
        onSave={() => save('moment', 'png', () => pictureOf(screenElement(), caption()))}
      />
      {figures.map((figure) => {
        const name = figure.dataset['picture'] ?? '';
        const chart = chartOf(figure);
        return (
          <FileRow
            key={name}
            name={name}
            endings={chart === null ? ['png'] : ['png', 'svg']}
            onSave={(ending) =>
              save(name, ending, () =>
                ending === 'svg' && chart !== null
                  ? new Blob([chartText(chart, name, caption())], { type: 'image/svg+xml' })
                  : pictureOf(figure, figureCaption(runStore.getState(), isLab)),
              )
            }
          />
        );
      })}
    </>
  );
}

/** What is on screen behind the dialog and says that it can be a picture. */
function useFigures(): readonly HTMLElement[] {
  const hidden = useView((view) => view.hidden);
  const [figures, setFigures] = useState<readonly HTMLElement[]>([]);
  useEffect(() => {
    // As soon as the Lab stands as it was ticked.
    const frame = requestAnimationFrame(() => {
      setFigures([...document.querySelectorAll<HTMLElement>('[data-picture]')]);
    });
    return () => cancelAnimationFrame(frame);
  }, [hidden]);
  return figures;
}

/** @throws Error where there is no screen. */
function screenElement(): HTMLElement {
  const main = document.querySelector('main');
  if (main === null) throw new Error('there is nothing on the screen');
  return main;
}

interface FileRowProps {
  readonly name: string;
  readonly endings: readonly Ending[];
  readonly unavailable?: string | null;
  readonly onSave: (ending: Ending) => void;
}

function FileRow({ name, endings, unavailable = null, onSave }: FileRowProps) {
  return (
    <li className="share__file">
      <span>{name}</span>
      {endings.map((ending) => (
        <Button
          key={ending}
          label={`Save ${name} as ${ending.toUpperCase()}`}
          unavailable={unavailable}
          reasonAt="above-end"
          onPress={() => onSave(ending)}
        >
          {ending.toUpperCase()}
        </Button>
      ))}
    </li>
  );
}
