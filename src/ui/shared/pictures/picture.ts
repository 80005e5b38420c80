/**
 * A part of the page as a PNG. The browser draws it itself: a copy of the part, with the rules and fonts that hold now,
 * goes into an SVG image, and that onto a canvas. Nothing is fetched but the page's own styles and fonts.
 */
import { dataAddress, fontRules, pageRules } from './pageRules.ts';

/** Device pixels for a CSS pixel: sharp on a slide. */
const SCALE = 2;
/** Around the part. */
const MARGIN_CSS = 12;
/** Narrower than this, words below the part are hard to read. */
const LEAST_WIDTH_CSS = 360;

/** Nothing moves in a picture. */
const stillRules = '*,*::before,*::after{animation:none!important;transition:none!important}';

/** @throws Error where the browser does not let a page read such a picture. */
export async function pictureOf(part: HTMLElement, caption: string): Promise<Blob> {
  const box = { width: part.offsetWidth, height: Math.max(part.offsetHeight, part.scrollHeight) };
  const width = Math.max(box.width, LEAST_WIDTH_CSS) + 2 * MARGIN_CSS;
  const words = wordsBelow(caption, width);
  const height = box.height + 3 * MARGIN_CSS + heightOf(words);
  const whole = inShells(placed(copyOf(part), box), part);
  whole.append(words);
  const rules = await Promise.all([fontRules(), pageRules()]);
  const svg = svgText(whole, [...rules, stillRules].join('\n'), width, height);
  const image = new Image(width, height);
  image.src = await dataAddress(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  return painted(image, width * SCALE, height * SCALE);
}

/** What is painted goes over as images; what only a person can use stays behind. */
function copyOf(part: HTMLElement): HTMLElement {
  const copy = part.cloneNode(true) as HTMLElement;
  const originals = [...part.querySelectorAll<HTMLElement>('*')];
  [...copy.querySelectorAll<HTMLElement>('*')].forEach((element, place) => {
    const original = originals[place];
    if (original === undefined) return;
    // A picture does not scroll, so nothing in it stays at an edge.
    if (getComputedStyle(original).position === 'sticky') element.style.position = 'static';
    if (original instanceof HTMLCanvasElement) element.replaceWith(imageOf(original));
    keepValue(original, element);
  });
  for (const control of copy.querySelectorAll('[data-control]')) control.remove();
  return copy;
}

/** What was chosen or typed is no part of a copy. */
function keepValue(original: HTMLElement, copy: HTMLElement): void {
  if (original instanceof HTMLSelectElement) {
    copy.querySelectorAll('option').forEach((option, place) => {
      option.toggleAttribute('selected', place === original.selectedIndex);
    });
  } else if (original instanceof HTMLInputElement) {
    copy.setAttribute('value', original.value);
    copy.toggleAttribute('checked', original.checked);
  }
}

function imageOf(canvas: HTMLCanvasElement): HTMLImageElement {
  const image = document.createElement('img');
  image.className = canvas.className;
  image.style.cssText = canvas.style.cssText;
  // Rules for a canvas do not hold for an image.
  const { position, left, top, display } = getComputedStyle(canvas);
  Object.assign(image.style, { position, inset: `${top} auto auto ${left}`, display });
  image.style.width = `${canvas.clientWidth}px`;
  image.style.height = `${canvas.clientHeight}px`;
  image.style.imageRendering = 'pixelated';
  if (canvas.width > 0 && canvas.height > 0) image.src = canvas.toDataURL();
  return image;
}

interface Box {
  readonly width: number;
  readonly height: number;
}

/** As large as on the page, whatever it stands in. */
function placed(copy: HTMLElement, { width, height }: Box): HTMLElement {
  const at = `position:absolute;inset:${MARGIN_CSS}px auto auto ${MARGIN_CSS}px;margin:0`;
  const size = `width:${width}px;height:${height}px;min-width:0;max-width:none;max-height:none`;
  copy.style.cssText += `;${at};${size};overflow:visible`;
  return copy;
}

/** Inside copies of all that the part stands in, which take no room: so the same rules hold for it. */
function inShells(copy: HTMLElement, part: HTMLElement): HTMLElement {
  let whole = copy;
  let around = part.parentElement;
  while (around !== null && around !== document.documentElement) {
    const shell = around.cloneNode(false) as HTMLElement;
    shell.style.display = 'contents';
    shell.append(whole);
    whole = shell;
    around = around.parentElement;
  }
  return whole;
}

/** @param width  Of the whole picture. */
function wordsBelow(caption: string, width: number): HTMLElement {
  const words = document.createElement('p');
  words.textContent = [caption, 'Migrascope'].filter((text) => text !== '').join(' · ');
  words.style.cssText = `position:absolute;inset:auto auto ${MARGIN_CSS}px ${MARGIN_CSS}px;width:${width - 2 * MARGIN_CSS}px;margin:0;color:var(--ink-2);font-size:14px;line-height:20px`;
  return words;
}

/** As many lines as the words need, in CSS pixels. */
function heightOf(words: HTMLElement): number {
  words.style.visibility = 'hidden';
  document.body.append(words);
  const { offsetHeight } = words;
  words.remove();
  words.style.visibility = '';
  return offsetHeight;
}

/** As text: the policy of the page would refuse an element with rules, even one that is never shown. */
function svgText(whole: HTMLElement, rules: string, width: number, height: number): string {
  const { theme = 'light' } = document.documentElement.dataset;
  const { fontSize } = getComputedStyle(document.documentElement);
  const style = rules.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const content = new XMLSerializer().serializeToString(whole).replaceAll(NOT_XML, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" data-theme="${theme}" style="font-size:${fontSize}">
<style>${style}</style>
<rect width="100%" height="100%" style="fill:var(--paper)"/>
<foreignObject width="100%" height="100%">${content}</foreignObject>
</svg>`;
}

/** Characters that a name may hold and XML may not. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function painted(image: HTMLImageElement, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large'));
      else resolve(blob);
    }, 'image/png');
  });
}
