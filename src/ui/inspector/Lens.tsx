/** The pages of one map cell, and the card of the page that was chosen among them: why it has its colour. */
import { at } from '../../base/assert.ts';
import { litPage } from '../../state/lit.ts';
import { isPlaying } from '../../state/selectors.ts';
import { cellPassesText, pageBeside, pageWords, type PageWords } from '../../state/pageWords.ts';
import { Button } from '../shared/Button.tsx';
import { PageLens } from '../shared/charts/PageLens.tsx';
import { BackIcon, ForwardIcon } from '../shared/icons.tsx';
import { useRun, useView, useViewActions } from '../shared/lab.tsx';
import { MapNumbers } from './MapNumbers.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import './lens.css';

export function Lens({ vm }: { readonly vm: number }) {
  const lens = useRun((state) => state.summary?.lens ?? null);
  const phase = useRun((state) => state.summary?.migration?.phase ?? null);
  const memoryMiB = useRun((state) => at(state.scenario.vms, vm).memoryMiB);
  const isHeld = useView((view) => view.lensHeld);
  const page = useView((view) => view.lensPage);
  const { setLensPage } = useViewActions();
  return (
    <section className="panel" aria-labelledby="lens-title">
      <div className="panel__head">
        <h3 id="lens-title">Pages of a cell</h3>
        <MapNumbers vm={vm} />
      </div>
      {lens === null ? (
        <p className="inspector__hint">Point at a cell of a memory map.</p>
      ) : (
        <>
          <PageLens
            lens={lens}
            memoryMiB={memoryMiB}
            phase={phase}
            page={page}
            onPage={setLensPage}
          />
          <CellPasses />
          {page === null ? <LensHint isHeld={isHeld} /> : <PageCard page={page} />}
        </>
      )}
    </section>
  );
}

/** Which rounds send pages of the cell; chart, timeline and log mark them. */
function CellPasses() {
  const text = useRun(({ summary }) => cellPassesText(summary?.cellPasses ?? []));
  return text === '' ? null : <p className="lens__passes">{text}</p>;
}

function LensHint({ isHeld }: { readonly isHeld: boolean }) {
  return (
    <p className="lens__hint">
      {isHeld
        ? 'Choose a square to see why its page has this colour.'
        : 'Click a cell of the map to keep it here.'}
    </p>
  );
}

function PageCard({ page }: { readonly page: number }) {
  const words = useRun(pageWords);
  const isQuiet = useRun((state) => !isPlaying(state));
  const before = useRun(({ summary }) => pageBeside(summary, page, -1));
  const after = useRun(({ summary }) => pageBeside(summary, page, 1));
  const sent = useRun(({ run, summary }) => {
    const { page: facts = null, migration = null } = summary ?? {};
    return facts === null || migration === null ? null : litPage(run, migration.id, facts);
  });
  const pagesPerCell = useRun(({ summary }) => summary?.pagesPerCell ?? 0);
  const lensCell = useView((view) => view.lensCell);
  const { setLensPage, setLensCell, setLit } = useViewActions();
  const light = (): void => setLit(sent);
  const darken = (): void => setLit(null);
  const go = (to: number | null) => (): void => {
    if (to === null) return;
    setLensPage(to);
    // The maps go along, where the page lies in another cell.
    const cell = Math.floor(to / pagesPerCell);
    if (cell !== lensCell) setLensCell(cell, true);
  };
  return (
    <div
      className="page-card"
      onPointerEnter={light}
      onPointerLeave={darken}
      onFocus={light}
      onBlur={darken}
    >
      {words?.page === page ? (
        <Facts words={words} isQuiet={isQuiet} />
      ) : (
        <p className="page-card__why">Its writes and sends are being counted.</p>
      )}
      <div className="page-card__steps">
        <Button
          label="The page before"
          unavailable={before === null ? 'This is the first page' : null}
          reasonAt="above"
          onPress={go(before)}
        >
          <BackIcon />
        </Button>
        <Button
          label="The next page"
          unavailable={after === null ? 'This is the last page' : null}
          reasonAt="above"
          onPress={go(after)}
        >
          <ForwardIcon />
        </Button>
        <Button onPress={() => setLensPage(null)}>Close</Button>
      </div>
    </div>
  );
}

/** @param isQuiet While the run plays, the counts change too fast to be read out. */
function Facts({ words, isQuiet }: { readonly words: PageWords; readonly isQuiet: boolean }) {
  return (
    <>
      <p className="page-card__why" aria-live={isQuiet ? 'polite' : 'off'}>
        <Unbroken text={words.why} />
      </p>
      <dl className="page-card__facts" aria-label={words.title}>
        {words.rows.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Unbroken text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
