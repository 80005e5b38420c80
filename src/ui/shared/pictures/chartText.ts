/**
 * A chart drawn as SVG, as a file of its own: its styles are written into its elements, since a file has no style sheet,
 * and its name and the moment stand above it.
 */

/** What a style sheet may have set on the elements of a chart. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'letter-spacing',
  'visibility',
  'display',
] as const;

/** Above the chart, in CSS pixels. */
const HEAD_CSS = 44;
const MARGIN_CSS = 12;

/** The drawing of a figure; null where it consists of more, or is painted or laid out otherwise. */
export function chartOf(figure: Element): SVGSVGElement | null {
  const [chart = null, ...more] = figure.querySelectorAll<SVGSVGElement>('svg[role=img]');
  return more.length > 0 || figure.querySelector('canvas') !== null ? null : chart;
}

/** @param name  What is drawn, at the top. @param caption  Of which run, at which moment. */
export function chartText(chart: SVGSVGElement, name: string, caption: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = [chart, ...chart.querySelectorAll<SVGElement>('*')];
  [copy, ...copy.querySelectorAll<SVGElement>('*')].forEach((element, place) => {
    const original = originals[place];
    if (original !== undefined) writeStyles(element, getComputedStyle(original));
  });
  const { width, height } = chart.getBoundingClientRect();
  const page = getComputedStyle(chart.ownerDocument.body);
  const outer = element('svg', {
    width: width + 2 * MARGIN_CSS,
    height: height + HEAD_CSS + MARGIN_CSS,
  });
  const text = { x: MARGIN_CSS, fill: page.color, 'font-family': page.fontFamily };
  copy.setAttribute('x', String(MARGIN_CSS));
  copy.setAttribute('y', String(HEAD_CSS));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  outer.append(
    element('rect', { width: '100%', height: '100%', fill: page.backgroundColor }),
    element('text', { ...text, y: 20, 'font-size': 15, 'font-weight': 700 }, name),
    element('text', { ...text, y: 38, 'font-size': 13 }, caption),
    copy,
  );
  return new XMLSerializer().serializeToString(outer);
}

function writeStyles(element: SVGElement, style: CSSStyleDeclaration): void {
  element.removeAttribute('class');
  for (const property of PROPERTIES) {
    const value = style.getPropertyValue(property);
    if (value !== '') element.setAttribute(property, value);
  }
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, text = '') {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}
