/** Names of any length and script stay inside their place, on every screen and in every window; their whole text is at hand. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, type LabPage } from './labPage.ts';

function caseOf(name: string): Buffer {
  return readFileSync(new URL(`../cases/${name}.json`, import.meta.url));
}

const windows = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

/** What is wrong on the screen: it is wider than the window, or a name is outside of its place or over another text. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) {
      const widest = Array.from(document.body.querySelectorAll('*'))
        .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 2)
        .slice(-3)
        .map((each) => `${each.tagName}.${each.getAttribute('class') ?? ''}`);
      found.push(`the page is ${wide} px too wide: ${widest.join(', ')}`);
    }
    const isNamed = (text: string): boolean =>
      /\S{30}|[\u0590-\u08ff]|\u{1f469}|\u0301|resrever|supercali/u.test(text);
    interface Piece {
      readonly text: string;
      readonly element: Element;
      readonly named: boolean;
      readonly box: { left: number; right: number; top: number; bottom: number };
    }
    const pieces: Piece[] = [];
    const stays = (element: Element): boolean => {
      const parent = element.parentElement;
      if (['fixed', 'sticky'].includes(getComputedStyle(element).position)) return true;
      return parent !== null && stays(parent);
    };
    const apart = document.querySelector('dialog[open], .menu');
    const walker = document.createTreeWalker(apart ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (element === null || text === '') continue;
      if (element.closest('.visually-hidden, option, title, style, script') !== null) continue;
      const style = getComputedStyle(element);
      if (style.visibility === 'hidden' || Number(style.opacity) === 0) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const own = element.getBoundingClientRect();
      const named = isNamed(text);
      for (const rect of range.getClientRects()) {
        const box = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
        for (let up: Element | null = element; up !== null; up = up.parentElement) {
          const outer = getComputedStyle(up);
          if (outer.overflowX === 'visible' && outer.overflowY === 'visible') continue;
          const clip = up.getBoundingClientRect();
          box.left = Math.max(box.left, clip.left);
          box.right = Math.min(box.right, clip.right);
          box.top = Math.max(box.top, clip.top);
          box.bottom = Math.min(box.bottom, clip.bottom);
        }
        if (box.right - box.left < 2 || box.bottom - box.top < 2) continue;
        pieces.push({ text, element, named, box });
        if (!named) continue;
        const isInline = style.display === 'inline' || element instanceof SVGElement;
        const out = isInline ? 0 : Math.max(box.right - own.right, own.left - box.left);
        const off = Math.max(box.right - window.innerWidth, -box.left);
        if (Math.max(out, off) > 2) {
          found.push(
            `${element.tagName} ${element.className} is ${Math.round(Math.max(out, off))} px out of its place: ${text.slice(0, 30)}`,
          );
        }
      }
    }
    for (const one of pieces.filter(({ named }) => named)) {
      for (const other of pieces) {
        if (other.element === one.element || other.element.contains(one.element)) continue;
        if (one.element.contains(other.element)) continue;
        // What stays in sight while the page scrolls covers what is below it.
        if (stays(one.element) !== stays(other.element)) continue;
        const width =
          Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height =
          Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Lines of text may touch.
        if (width > 3 && height > 6) {
          found.push(
            `${one.element.tagName}.${one.element.className} “${one.text.slice(0, 20)}” lies over ${other.element.tagName}.${other.element.className} “${other.text.slice(0, 30)}”`,
          );
        }
      }
    }
    return [...new Set(found)];
  });
}

const routes = [
  ['Start', '/'],
  ['Compare', '/compare'],
  ['LUNs', '/storage'],
  ['the map', '/map'],
] as const;

const dialogs = [
  ['the editor', 'e'],
  ['sharing', 'k'],
  ['the keys', '?'],
] as const;

/** Looks at every screen and dialog with the file open, and gives what is wrong on each. */
async function faultsEverywhere(lab: LabPage, name: string, width: number): Promise<string[]> {
  const { page } = lab;
  const found: string[] = [];
  const look = async (place: string): Promise<void> => {
    // A chart takes its new width in the frame after the window has its own.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    found.push(...(await faults(page)).map((fault) => `${place}: ${fault}`));
    const folder = process.env['NAMES_SHOTS'];
    if (folder === undefined) return;
    await page.screenshot({ path: `${folder}/${name}-${width}-${place.replaceAll(' ', '-')}.png` });
  };
  await look('the Lab while it moves');
  await lab.press('End');
  await look('the Lab at the end');
  const parts = page.getByRole('navigation', { name: 'Parts of the Lab' });
  for (const part of width < 640 ? ['Cluster', 'Memory', 'Rounds', 'Settings'] : []) {
    await parts.getByRole('button', { name: part }).click();
    await look(`the part ${part}`);
  }
  for (const [place, key] of dialogs) {
    await lab.drawn();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(place);
    for (const tab of await page.getByRole('dialog').getByRole('tab').all()) {
      await tab.click();
      await look(`${place}, ${(await tab.textContent()) ?? ''}`);
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: 'Scenario', exact: true }).click();
  await look('the menu');
  await page.keyboard.press('Escape');
  for (const [place, route] of routes) {
    await page.goto(`./#${route}`);
    await expect(page.locator('main')).toBeVisible();
    await expect(page.locator('main[aria-busy="true"]')).toHaveCount(0);
    if (route === '/map') await expect(page.locator('main')).toContainText('Run with all');
    if (route === '/compare') await expect(page.locator('main')).toContainText('Node crash');
    await look(place);
  }
  return found;
}

for (const name of ['names-of-a-hundred-characters', 'names-that-turn-the-text-round']) {
  for (const [width, height] of windows) {
    test(`${name} stay inside their place at ${width} x ${height}`, async ({ lab, page }) => {
      test.slow();
      await page.setViewportSize({ width: 1440, height: 900 });
      await lab.open('./#/lab');
      await lab.openFile(`${name}.json`, caseOf(name));
      await lab.drawn();
      await page.setViewportSize({ width, height });
      expect(await faultsEverywhere(lab, name, width)).toEqual([]);
    });
  }
}
