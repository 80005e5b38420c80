/** Where the focus goes when its button is gone, and what is in view: at large zoom, in narrow windows, after every choice. */
import type { Page } from '@playwright/test';
import { expect, test, type LabPage } from './labPage.ts';

/** The heading of the screen, which says what came of the press. */
async function expectHeadingFocused(page: Page): Promise<void> {
  await expect(page.locator('main h1')).toBeFocused();
}

test.describe('the focus is on the heading', () => {
  test('after the start button', async ({ lab, page }) => {
    await lab.open();
    await page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).press('Enter');
    await expectHeadingFocused(page);
    await expect(page).toHaveURL(/#\/lab/);
    await expectHeadingFocused(page);
  });

  test('after the start button of the Lab', async ({ lab, page }) => {
    await lab.open('./#/lab');
    await lab.transport.getByRole('button', { name: /^Live-migrate web-01/ }).press('Enter');
    await expectHeadingFocused(page);
  });

  test('after a set-up was chosen at the start, or in the menu', async ({ lab, page }) => {
    await lab.open();
    const starts = page.getByRole('navigation', { name: 'Scenarios to start from' });
    await starts.getByRole('button', { name: /^Crash a node/ }).press('Enter');
    await expectHeadingFocused(page);
    await page.getByRole('button', { name: 'Scenario', exact: true }).press('Enter');
    await page.locator('.menu button').first().press('Enter');
    await expectHeadingFocused(page);
  });

  test('after a message was dismissed', async ({ lab, page }) => {
    await lab.open('./#/lab');
    await lab.openFile('bad.json', Buffer.from('{"migrascope":1,"colour":"red"}'));
    await page.getByRole('button', { name: 'Keep the run as it is' }).press('Enter');
    await expectHeadingFocused(page);
  });

  test('after all panels are shown again', async ({ lab, page }) => {
    await lab.open('./#/lab');
    await page.keyboard.press('k');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Log').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all panels' }).press('Enter');
    await expectHeadingFocused(page);
  });

  test('after a dialog that a key of the page has opened', async ({ lab, page }) => {
    await lab.open('./#/lab');
    for (const key of ['e', 'k', '?']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expectHeadingFocused(page);
      await page.locator('main h1').blur();
    }
  });

  test('after a new cluster, which comes with the first screen', async ({ lab, page }) => {
    await lab.open('./#/lab');
    await page.getByRole('button', { name: 'Scenario', exact: true }).press('Enter');
    await page
      .locator('.menu')
      .getByText(/^New cluster/)
      .press('Enter');
    await page.getByRole('button', { name: 'Use this cluster' }).press('Enter');
    await expect(page).not.toHaveURL(/#\/lab/);
    await expectHeadingFocused(page);
  });

  test('after the way back to another screen', async ({ lab, page }) => {
    await lab.open('./#/compare');
    await page.getByRole('link', { name: 'Map' }).press('Enter');
    await page.getByRole('application', { name: /^Cells by/ }).focus();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Quick, live or a crash/);
    await expectHeadingFocused(page);
  });
});

test('a dialog gives the focus back to the button that opened it', async ({ lab, page }) => {
  await lab.open('./#/lab');
  for (const name of ['Edit the cluster', 'Share and save', 'Keys']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  }
});

test('in the editor, the focus stays there when an entry is removed', async ({ lab, page }) => {
  await lab.open('./#/lab');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'VMs' }).click();
  await dialog.getByRole('button', { name: /^Remove app-01/ }).press('Enter');
  await expect(dialog.locator(':focus')).toHaveCount(1);
});

test('who gave the focus up keeps it nowhere', async ({ lab, page }) => {
  await lab.open();
  await page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).focus();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/#\/lab/);
  await expect(lab.transport.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.locator('body')).toBeFocused();
});

const places = {
  Start: './',
  Lab: './#/lab',
  Compare: './#/compare',
  LUNs: './#/storage',
  Map: './#/map',
};

for (const [name, place] of Object.entries(places)) {
  test(`${name}: the first Tab leads past the header`, async ({ lab, page }) => {
    await lab.open(place);
    const skip = page.getByRole('button', { name: 'Skip to the content' });
    const isSeen = () => skip.evaluate((link) => getComputedStyle(link).clipPath === 'none');
    expect(await isSeen()).toBe(false);
    await page.keyboard.press('Tab');
    await expect(skip).toBeFocused();
    expect(await isSeen()).toBe(true);
    await page.keyboard.press('Enter');
    await expectHeadingFocused(page);
    await page.keyboard.press('Tab');
    expect(await page.locator('header :focus').count()).toBe(0);
  });

  test(`${name}: at 320 px nothing lies beside the window`, async ({ lab, page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await lab.open(place);
    if (name === 'Compare') {
      await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
    }
    await expectNoSideways(page);
    // No strip that is moved by the finger hides the ways to the other screens.
    const hidden = await page
      .locator('header nav')
      .evaluate((nav) => nav.scrollWidth - nav.clientWidth);
    expect(hidden).toBe(0);
  });
}

async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBe(
    await page.evaluate(() => window.innerWidth),
  );
  // The body hides what is wider; it must not be there.
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => {
        if (element.closest('.visually-hidden, svg, canvas') !== null) return false;
        const { right, width } = element.getBoundingClientRect();
        if (width < 2 || right <= window.innerWidth + 1) return false;
        for (let around = element.parentElement; around !== null; around = around.parentElement) {
          if (around === document.body) return true;
          const { overflowX } = getComputedStyle(around);
          if (
            overflowX !== 'visible' &&
            around.getBoundingClientRect().right <= window.innerWidth + 1
          ) {
            return false;
          }
        }
        return true;
      })
      .map((element) => element.outerHTML.slice(0, 90)),
  );
  expect(wide).toEqual([]);
}

/** The first line of the heading is in the window, and nothing lies over it. */
async function expectHeadingInView(page: Page): Promise<void> {
  const seen = () =>
    page.locator('main h1').evaluate((heading) => {
      const words = document.createRange();
      words.selectNodeContents(heading);
      const [line] = words.getClientRects();
      if (line === undefined || line.top < 0 || line.bottom > window.innerHeight) return false;
      const shown = document.elementFromPoint(line.left + 4, line.top + line.height / 2);
      return shown !== null && (heading.contains(shown) || shown === heading);
    });
  await expect.poll(seen).toBe(true);
}

/** What stands over the page stays under a third of the window. */
async function expectRoom(page: Page): Promise<void> {
  const share = await page.evaluate(() => {
    const bars = [...document.querySelectorAll('main *, footer, header')].filter((element) =>
      /sticky|fixed/.test(getComputedStyle(element).position),
    );
    return (
      bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0) / window.innerHeight
    );
  });
  expect(share).toBeLessThan(1 / 3);
}

const windows = [
  { width: 720, height: 450, zoom: 200 },
  { width: 360, height: 225, zoom: 400 },
  { width: 640, height: 360, zoom: 225 },
];

for (const { width, height, zoom } of windows) {
  test.describe(`at ${zoom} % zoom, ${width} x ${height}`, () => {
    test.use({ viewport: { width, height } });

    async function toTheFoot(lab: LabPage): Promise<void> {
      await lab.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    }

    test('all of the menu can be reached', async ({ lab, page }) => {
      await lab.open('./#/lab');
      await page.getByRole('button', { name: 'Scenario', exact: true }).click();
      for (const button of await page.locator('.menu button').all()) {
        await button.scrollIntoViewIfNeeded();
        await expect(button).toBeInViewport({ ratio: 0.9 });
      }
    });

    test('the heading is in view after every choice', async ({ lab, page }) => {
      await lab.open();
      const starts = page.getByRole('navigation', { name: 'Scenarios to start from' });
      await starts.getByRole('button', { name: /^Quorum/ }).click();
      await lab.drawn();
      await expectHeadingInView(page);
      await expectRoom(page);
      await page.getByRole('link', { name: 'Migrascope' }).click();
      await lab.drawn();
      await page.locator('.first-action').click();
      await expect(page).toHaveURL(/#\/lab/);
      await expectHeadingInView(page);
      await lab.transport.getByRole('button', { name: 'Pause' }).click();
      await lab.drawn();
      for (const place of [places.Compare, places.LUNs, places.Map, places.Lab]) {
        await toTheFoot(lab);
        await page.evaluate((hash) => {
          window.location.hash = hash;
        }, place.slice(2));
        await lab.drawn();
        await expectHeadingInView(page);
        await expectRoom(page);
      }
    });
  });
}
