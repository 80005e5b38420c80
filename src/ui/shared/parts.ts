/**
 * Parts of the page that are files of their own. They are fetched while nothing else is to be done, so that they open at once
 * and without a connection; one that does not come throws a `MissingPart`, which the boundary around it tells.
 */
import { createElement, lazy, type ComponentType, type FunctionComponent } from 'react';

/** The file of a part did not come: there is no connection, or the server has a newer release. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}

interface PartFile {
  /** Asks for the file ahead of its use; where it does not come now, it is asked for again when it is to be shown. */
  readonly fetchAhead: () => Promise<void>;
  /** A file that did not come may be asked for again. */
  readonly forgetMissing: () => void;
}

const files: PartFile[] = [];

/** @param load Imports the file. */
export function createPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): FunctionComponent<P> {
  let coming: Promise<{ default: ComponentType<P> }> | null = null;
  let shown: ComponentType<P> | null = null;
  let isMissing = false;
  let attempts = 0;
  const come = (): Promise<{ default: ComponentType<P> }> => {
    coming ??= fetchFile(async () => ({ default: await load() }), ++attempts).catch(
      (cause: unknown) => {
        isMissing = true;
        throw cause;
      },
    );
    return coming;
  };
  const forgetMissing = (): void => {
    if (isMissing) [coming, shown, isMissing] = [null, null, false];
  };
  files.push({ forgetMissing, fetchAhead: () => come().then(() => undefined, forgetMissing) });
  return function Part(props) {
    shown ??= lazy(come) as ComponentType<P>;
    return createElement(shown, props);
  };
}

/** A file that is no component. @returns Loads it, now or later. */
export function fetchWhileIdle<T>(load: () => Promise<T>): () => Promise<T> {
  files.push({
    forgetMissing: () => undefined,
    fetchAhead: () => load().then(noted, noted),
  });
  return load;
}

/** What is fetched ahead is used later, and what did not come is asked for again then. */
function noted(): void {}

/** What did not come is asked for again when it is shown next. */
export function forgetMissingParts(): void {
  for (const file of files) file.forgetMissing();
}

/** One after the other, each when the page has nothing else to do. @returns Ends it. */
export function fetchPartsWhileIdle(): () => void {
  let ended = false;
  const fetchAll = async (): Promise<void> => {
    for (const { fetchAhead } of files) {
      await idleTime();
      if (ended) return;
      await fetchAhead();
    }
  };
  void fetchAll();
  return () => {
    ended = true;
  };
}

/** Without `requestIdleCallback` (Safari) a moment in which the first screen is there. */
const WITHOUT_IDLE_CALLBACK_MS = 200;

function idleTime(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
    else setTimeout(resolve, WITHOUT_IDLE_CALLBACK_MS);
  });
}

async function fetchFile<T>(load: () => Promise<T>, attempt: number): Promise<T> {
  try {
    if (attempt > 1) await fetchStylesAgain();
    return await withStyleErrors(load);
  } catch (cause) {
    throw new MissingPart(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Style sheets of parts that did not come. What loads a part asks for its sheets once: at the second attempt it would
 * show the part without them.
 */
const brokenStyles = new Set<HTMLLinkElement>();

async function withStyleErrors<T>(load: () => Promise<T>): Promise<T> {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') brokenStyles.add(target);
  };
  window.addEventListener('error', note, true);
  try {
    return await load();
  } finally {
    window.removeEventListener('error', note, true);
  }
}

async function fetchStylesAgain(): Promise<void> {
  const again = [...brokenStyles].map(
    (broken) =>
      new Promise<void>((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.onload = () => {
          brokenStyles.delete(broken);
          resolve();
        };
        link.onerror = () => {
          link.remove();
          reject(new Error(`${broken.href} did not come`));
        };
        link.href = broken.href;
        document.head.append(link);
      }),
  );
  await Promise.all(again);
}
