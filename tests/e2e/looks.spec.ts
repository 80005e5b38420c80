/** Sizes, themes and access: nothing is cut off sideways, everything has a name. */
import { expect, seriousFindings, test } from './labPage.ts';

const sizes = [
  [1440, 900],
  [1280, 720],
  [900, 700],
  [700, 900],
  [390, 844],
  [320, 640],
] as const;

for (const [width, height] of sizes) {
  test(`at ${width} x ${height} the page never scrolls sideways`, async ({ lab }) => {
    await lab.page.setViewportSize({ width, height });
    await lab.open();
    const overflow = () =>
      lab.page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await lab.page.keyboard.press('Space');
    await expect(lab.page.locator('#root')).toHaveAttribute('data-playing', 'true');
    await lab.press('Space', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await lab.press('End');
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ lab }) => {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.setViewportSize({ width: 1440, height: 900 });
    await lab.open();
    expect(await seriousFindings(lab.page)).toEqual([]);
    await lab.start();
    expect(await seriousFindings(lab.page)).toEqual([]);
  });
}
