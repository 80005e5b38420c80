/** A figure of the page as a PNG file, with words below it that say of which run and moment it is. */
import { secondsText } from '../../../base/numberText.ts';
import { NS_PER_S } from '../../../base/units.ts';
import type { RunState } from '../../../state/runStore.ts';
import { timeNsOf } from '../../../state/selectors.ts';
import { fileName } from '../../../state/tables.ts';
import { saveFile } from '../files.ts';
import { pictureOf } from './picture.ts';

/** "calm-web-server-12.3s-cluster.png"; screens beside the Lab have no moment of the run. */
export function savedName(run: RunState, isLab: boolean, what: string, ending: string): string {
  const title = isLab ? run.scenario.title : 'migrascope';
  const seconds = isLab ? timeNsOf(run) / NS_PER_S : null;
  return `${fileName(title, seconds, what)}.${ending}`;
}

/** "Calm web server, 12.3 s"; nothing beside the Lab. */
export function captionOf(run: RunState, isLab: boolean): string {
  return isLab ? `${run.scenario.title}, ${secondsText(timeNsOf(run) / NS_PER_S)}` : '';
}

/** With the sentence of the screen, or its question and what is shown for it: a figure alone holds neither. */
export function figureCaption(run: RunState, isLab: boolean): string {
  const words = [...document.querySelectorAll('h1, .screen-title p')].map(
    ({ textContent }) => textContent,
  );
  return [captionOf(run, isLab), words.join(' ')].filter((text) => text !== '').join(' · ');
}

/** @returns What became of it, in words. */
export async function savePicture(
  figure: HTMLElement,
  run: RunState,
  isLab: boolean,
): Promise<string> {
  const name = savedName(run, isLab, figure.dataset['picture'] ?? '', 'png');
  try {
    saveFile(name, await pictureOf(figure, figureCaption(run, isLab)));
    return `Saved ${name}.`;
  } catch (error) {
    return `${name} could not be made: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
