import decodeQr from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { layoutQr, MOST_CHARACTERS, type QrLayout } from '../../../../src/ui/share/qrLayout.ts';

const MODULE_PIXELS = 4;

/** What a camera sees of it: black on white. */
function photograph({ size, path }: QrLayout) {
  const width = size * MODULE_PIXELS;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < MODULE_PIXELS; row++) {
      for (let column = 0; column < MODULE_PIXELS; column++) {
        const pixel =
          (Number(y) * MODULE_PIXELS + row) * width + Number(x) * MODULE_PIXELS + column;
        data.fill(0, pixel * 4, pixel * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('layoutQr', () => {
  it.each([60, 746, 2000, MOST_CHARACTERS])(
    'gives a code that reads as the text: %i characters',
    (length) => {
      const link =
        `https://example.org/#/lab?1.calm.${'eJydVU2PmzAQ_SvIZ-1IZ8x'.repeat(200)}`.slice(
          0,
          length,
        );
      const layout = layoutQr(link);
      expect(layout).not.toBeNull();
      expect(
        layout && decodeQr(photograph(layout), { effort: Infinity, timeLimit: Infinity }),
      ).toBe(link);
    },
  );

  it('keeps four modules free on each side', () => {
    const layout = layoutQr('https://example.org/');
    const places = [...(layout?.path ?? '').matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe((layout?.size ?? 0) - 5);
  });

  it('is nothing for a text that no code holds', () => {
    expect(layoutQr('x'.repeat(MOST_CHARACTERS + 1))).toBeNull();
  });
});
