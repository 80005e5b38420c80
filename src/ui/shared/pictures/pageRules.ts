/** The look of the page as text, for a copy of a part of it that has to stand by itself. */

/**
 * The rules of the page, with the answers that its media queries have now, and the size that its window has: an image has
 * another. From the text of the style sheets, since the browser's own account of a rule leaves out some of what stands in it.
 */
export async function pageRules(): Promise<string> {
  const texts = await Promise.all([...document.styleSheets].map(textOfSheet));
  return texts
    .join('\n')
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/@media([^{]+)\{/g, (_, condition: string) =>
      window.matchMedia(condition).matches ? '@media all{' : '@media not all{',
    )
    .replaceAll(WINDOW_SHARES, (_, share: string, side: string) => {
      const whole = side === 'h' ? window.innerHeight : window.innerWidth;
      return `${(Number(share) / 100) * whole}px`;
    });
}

/** "100dvh", "50vw": hundredths of the window. */
const WINDOW_SHARES = /(?<![\w#-])(\d*\.?\d+)[dsl]?v([hw])\b/g;

async function textOfSheet({ href, ownerNode }: CSSStyleSheet): Promise<string> {
  return href === null ? (ownerNode?.textContent ?? '') : (await fetch(href)).text();
}

/** The faces in use, with the font itself inside: an image loads nothing. */
export async function fontRules(): Promise<string> {
  const used = new Set(
    [...document.fonts].filter(({ status }) => status === 'loaded').map(nameOfFace),
  );
  const rules = [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) =>
      used.has(
        nameOfFace({
          family: style.getPropertyValue('font-family'),
          unicodeRange: style.getPropertyValue('unicode-range'),
        }),
      ),
    );
  return (await Promise.all(rules.map(withFontInside))).join('\n');
}

function nameOfFace({ family, unicodeRange }: Pick<FontFace, 'family' | 'unicodeRange'>): string {
  return `${family.replaceAll(/["']/g, '')} ${unicodeRange.replaceAll(/\s/g, '').toUpperCase()}`;
}

async function withFontInside({ cssText, parentStyleSheet }: CSSFontFaceRule): Promise<string> {
  const [whole, path] = /url\("?([^")]+)"?\)/.exec(cssText) ?? [];
  if (whole === undefined || path === undefined) return '';
  const address = new URL(path, parentStyleSheet?.href ?? document.baseURI);
  const font = await (await fetch(address)).blob();
  // The image is drawn as soon as it is there, so another font may not stand in for this one.
  return cssText
    .replace(whole, `url("${await dataAddress(font)}")`)
    .replace('font-display: swap', 'font-display: block');
}

/** The content of a file as an address. */
export function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('it could not be read'));
    reader.readAsDataURL(blob);
  });
}
