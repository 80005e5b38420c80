/**
 * A part of the page as a PNG. The browser draws it itself: a copy of the part, with the rules and fonts that hold now,
 * goes into an SVG image, and that onto a canvas. Nothing is fetched but the page's own fonts.
 */

import { dataAddress, fontRules, pageRules } from './pageRules.ts';

/** Device pixels for a CSS pixel: sharp on a slide. */
const SCALE = 2;
/** Around the part. */
const MARGIN_CSS = 12;
/** Below the part: of which run, at which moment. */
const CAPTION_CSS = 28;

/** @throws Error where the browser does not let a page read such a picture. */
export async function pictureOf(part: HTMLElement, caption: string): Promise<Blob> {
  const { width, height } = part.getBoundingClientRect();
  const size = {
    width: Math.ceil(width) + 2 * MARGIN_CSS,
    height: Math.ceil(height) + 2 * MARGIN_CSS + CAPTION_CSS,
  };
  const rules = await Promise.all([fontRules(), pageRules()]);
  const svg = svgAround(copyOf(part), part, [...rules, stillRules].join('\n'), caption, size);
  const image = new Image(size.width, size.height);
  image.src = await dataAddress(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size.width * SCALE;
  canvas.height = size.height * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser has no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the picture is too large'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** What is painted goes over as images; what only a person can use stays behind. */
function copyOf(part: HTMLElement): HTMLElement {
  const copy = part.cloneNode(true) as HTMLElement;
  const canvases = [...part.querySelectorAll('canvas')];
  [...copy.querySelectorAll('canvas')].forEach((painted, place) => {
    const canvas = canvases[place];
    if (canvas === undefined) return;
    const image = document.createElement('img');
    image.className = canvas.className;
    image.style.cssText = canvas.style.cssText;
    image.style.width = `${canvas.clientWidth}px`;
    image.style.height = `${canvas.clientHeight}px`;
    image.style.imageRendering = 'pixelated';
    if (canvas.width > 0 && canvas.height > 0) image.src = canvas.toDataURL();
    painted.replaceWith(image);
  });
  for (const control of copy.querySelectorAll('[data-control]')) control.remove();
  return copy;
}

/** Nothing moves in a picture. */
const stillRules = '*,*::before,*::after{animation:none!important;transition:none!important}';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The copy inside copies of what it stands in, so that the same rules hold for it. */
function svgAround(
  copy: HTMLElement,
  part: HTMLElement,
  rules: string,
  caption: string,
  { width, height }: Size,
): string {
  const box = part.getBoundingClientRect();
  copy.style.cssText += `;position:absolute;inset:${MARGIN_CSS}px auto auto ${MARGIN_CSS}px;margin:0;width:${box.width}px;height:${box.height}px;min-width:0;max-width:none;overflow:hidden`;
  let inner: HTMLElement = copy;
  for (
    let around = part.parentElement;
    around !== null && around !== document.documentElement;
    around = around.parentElement
  ) {
    const shell = around.cloneNode(false) as HTMLElement;
    shell.style.display = 'contents';
    shell.append(inner);
    inner = shell;
  }
  const words = document.createElement('p');
  words.textContent = [caption, 'Migrascope'].filter((text) => text !== '').join(' · ');
  words.style.cssText = `position:absolute;inset:auto auto ${MARGIN_CSS}px ${MARGIN_CSS}px;margin:0;color:var(--ink-2)`;
  inner.append(words);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  for (const [key, value] of Object.entries(document.documentElement.dataset)) {
    svg.dataset[key] = value;
  }
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.style.fill = 'var(--paper)';
  const html = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject');
  html.setAttribute('width', '100%');
  html.setAttribute('height', '100%');
  html.append(inner);
  svg.append(paper, html);
  // As text: the policy of the page would refuse an element with rules, even here.
  const style = `<style>${rules.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</style>`;
  const text = new XMLSerializer().serializeToString(svg).replace('>', () => `>${style}`);
  return text.replaceAll(NOT_XML, '');
}

/** Characters that a name may hold and XML may not. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
