/** The text size that a person has set in the browser: all text grows with it, and nothing is cut off. */
import type { Page } from '@playwright/test';
import { expect, test, type LabPage } from './labPage.ts';

const USUAL_PX = 16;

async function setTextSize(page: Page, size: number): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Page.setFontSizes', { fontSizes: { standard: size, fixed: size } });
}

interface ShownText {
  readonly text: string;
  readonly size: number;
  /** How many CSS pixels of it lie outside what cuts it off. */
  readonly cut: number;
}

/** Every text that is drawn, but for what only screen readers read and what says itself that it is cut, by an ellipsis. */
function shownTexts(page: Page): Promise<ShownText[]> {
  return page.evaluate(() => {
    const texts: ShownText[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '' || element.closest('style, script, option') !== null)
        continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 1 || box.height < 1) continue;
      let cut = Math.max(0, box.right - window.innerWidth, -box.left);
      let isHidden = false;
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        const style = getComputedStyle(around);
        if (style.clipPath !== 'none' || style.textOverflow === 'ellipsis') isHidden = true;
        const edge = around.getBoundingClientRect();
        if (/hidden|clip/.test(style.overflowX)) {
          cut = Math.max(cut, box.right - edge.right, edge.left - box.left);
        }
        if (/hidden|clip/.test(style.overflowY)) {
          cut = Math.max(cut, box.bottom - edge.bottom, edge.top - box.top);
        }
        if (style.position === 'fixed' || /auto|scroll/.test(style.overflowY)) break;
      }
      if (!isHidden)
        texts.push({ text, size: Number.parseFloat(getComputedStyle(element).fontSize), cut });
    }
    return texts;
  });
}

/** Lines are a little lower than their letters' boxes. */
const LINE_PX = 6;

function cutOff(texts: readonly ShownText[]): string[] {
  return texts.filter(({ cut }) => cut > LINE_PX).map(({ text, cut }) => `${text} (${cut} px)`);
}

/** What is said in which size, where the text size of the browser is `zoom` times the usual one. */
function sayings(texts: readonly ShownText[], zoom: number): string[] {
  return texts.map(({ text, size }) => `${(size / zoom).toFixed(2)} px: ${text}`);
}

function usedSizes(texts: readonly ShownText[], zoom: number): string[] {
  return [...new Set(texts.map(({ size }) => (size / zoom).toFixed(2)))].toSorted();
}

interface Screen {
  readonly open: (lab: LabPage) => Promise<void>;
  /** Figures that change while one looks, and words that are there where they have room, are left out. */
  readonly compare: typeof sayings;
}

const screens: Readonly<Record<string, Screen>> = {
  Start: { open: (lab) => lab.open(), compare: sayings },
  Lab: {
    async open(lab) {
      await lab.open();
      await lab.start();
      await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
    },
    compare: sayings,
  },
  Compare: {
    async open(lab) {
      await lab.open('./#/compare');
      await expect(lab.page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
    },
    compare: usedSizes,
  },
  LUNs: {
    async open(lab) {
      await lab.open('./#/storage');
      await expect(lab.page.getByText('One LUN for both').nth(1)).toBeVisible();
    },
    compare: sayings,
  },
  Map: {
    async open(lab) {
      await lab.open('./#/map');
      await expect(
        lab.page.getByRole('application', { name: 'Cells by dirty rate' }),
      ).toBeVisible();
    },
    compare: usedSizes,
  },
};

for (const [name, { open, compare }] of Object.entries(screens)) {
  for (const size of [20, 24, 32]) {
    test(`${name}: text grows with the text size of the browser, ${size} px, and none is cut off`, async ({
      lab,
      page,
    }) => {
      const zoom = size / USUAL_PX;
      // The usual text in a window that has as much room for it: what fits there has to fit here.
      await page.setViewportSize({
        width: Math.round(1440 / zoom),
        height: Math.round(900 / zoom),
      });
      await open(lab);
      const usual = await shownTexts(page);
      expect(cutOff(usual)).toEqual([]);
      await setTextSize(page, size);
      await page.setViewportSize({ width: 1440, height: 900 });
      await lab.drawn();
      await expect
        .poll(async () => compare(await shownTexts(page), zoom))
        .toEqual(compare(usual, 1));
      expect(cutOff(await shownTexts(page))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
    });
  }
}
