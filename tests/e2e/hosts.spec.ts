/** Hosts that withhold something: files, the connection, workers, storage, an origin. The page runs, or says why in a sentence. */
import { readdirSync, readFileSync } from 'node:fs';
import { test as base, type Page } from '@playwright/test';
import { expect, LabPage, test } from './labPage.ts';
import { cellsDone } from './mapPage.ts';

/** A page without the watch over its console: the browser itself tells of what did not come. */
async function openWithoutWatch(page: Page, path = './'): Promise<LabPage> {
  const lab = new LabPage(page);
  await lab.open(path);
  return lab;
}

/** What the page itself says on the console and in errors, without the browser's own words about the network. */
function ownFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    const isOwn = message.type() === 'error' && !/Failed to load|net::ERR/.test(message.text());
    if (isOwn) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return faults;
}

/** Everything that the page fetches while nothing else is to be done has come. */
async function fetchedAhead(page: Page): Promise<void> {
  const files = readdirSync('dist/assets').filter(
    (name) => /\.(?:js|css)$/.test(name) && !name.includes('.worker-'),
  );
  await expect
    .poll(async () => {
      const come = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1)),
      );
      return files.filter((file) => !come.includes(file));
    })
    .toEqual([]);
}

const screens = [
  { name: 'Compare', file: /\/CompareScreen-.*\.js/ },
  { name: 'LUNs and CSV', file: /\/StorageScreen-.*\.js/ },
  { name: 'Map', file: /\/MapScreen-.*\.js/ },
] as const;

const dialogs = [
  { key: 'e', told: 'The editor', file: /\/EditorDialog-.*\.js/ },
  { key: 'k', told: 'Share and save', file: /\/ShareDialog-.*\.js/ },
  { key: '?', told: 'The list of keys', file: /\/KeysDialog-.*\.js/ },
] as const;

base.describe('without a connection', () => {
  base('everything opens and works, since it was fetched before', async ({ page, context }) => {
    const faults = ownFaults(page);
    const lab = await openWithoutWatch(page);
    await fetchedAhead(page);
    await context.setOffline(true);
    await lab.start();
    for (const { key } of dialogs) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Scenarios' })).toBeVisible();
    await page.keyboard.press('Escape');
    for (const { name } of screens) {
      await page.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('main[aria-busy=true]')).toHaveCount(0, { timeout: 20_000 });
      await expect(page.getByRole('alert')).toHaveCount(0);
    }
    // In the page, since no worker comes.
    await expect.poll(() => cellsDone(page)).toBeGreaterThan(100);
    expect(faults).toEqual([]);
  });
});

base.describe('a file that does not come', () => {
  for (const { name, file } of screens) {
    base(`${name} says so and offers to reload, and comes when it can`, async ({ page }) => {
      const faults = ownFaults(page);
      await page.route(file, (route) => route.abort());
      const lab = await openWithoutWatch(page, './#/lab');
      await lab.start();
      await page.getByRole('link', { name }).click();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText(`${name} did not arrive`);
      await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible();
      // The rest of the page goes on.
      await page.getByRole('link', { name: 'Lab' }).click();
      await expect(alert).toHaveCount(0);
      await lab.click('End of the run');
      await page.unroute(file);
      await page.getByRole('link', { name }).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(alert).toHaveCount(0);
      expect(faults).toEqual([]);
    });
  }

  for (const { key, told, file } of dialogs) {
    base(`${told} says so, can be closed, and nothing is lost by the reload`, async ({ page }) => {
      const faults = ownFaults(page);
      await page.route(file, (route) => route.abort());
      const lab = await openWithoutWatch(page, './#/lab');
      await lab.start();
      const digest = await lab.runDigest();
      const timeNs = await lab.timeNs();
      await page.keyboard.press(key);
      const alert = page.getByRole('alert');
      await expect(alert).toContainText(`${told} did not arrive`);
      await alert.getByRole('button', { name: 'Close' }).click();
      await expect(alert).toHaveCount(0);
      await page.keyboard.press(key);
      await expect(alert).toContainText(`${told} did not arrive`);
      await page.unroute(file);
      await alert.getByRole('button', { name: 'Reload' }).click();
      await expect(alert).toHaveCount(0);
      await lab.drawn();
      expect(await lab.runDigest()).toBe(digest);
      expect(await lab.timeNs()).toBe(timeNs);
      expect(faults).toEqual([]);
    });
  }

  base('says what a reload does to the run where nothing is kept', async ({ page }) => {
    await page.addInitScript(withheld['no storage']);
    await page.route(/\/EditorDialog-.*\.js/, (route) => route.abort());
    await openWithoutWatch(page, './#/lab');
    await page.keyboard.press('e');
    await expect(page.getByRole('alert')).toContainText('this browser keeps nothing');
  });

  base(
    'without a connection comes by itself when there is one again',
    async ({ page, context }) => {
      // Nothing is fetched ahead.
      await page.addInitScript(() => {
        window.requestIdleCallback = () => 0;
      });
      await openWithoutWatch(page, './#/lab');
      await context.setOffline(true);
      await page.getByRole('link', { name: 'Map' }).click();
      const alert = page.getByRole('alert');
      await expect(alert).toContainText('There is no connection');
      // It would put the browser's own error in the place of the page.
      await expect(alert.getByRole('button', { name: 'Reload' })).toHaveCount(0);
      await context.setOffline(false);
      await expect(alert).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  );

  base('the menu of scenarios says so', async ({ page }) => {
    await page.route(/\/ScenarioMenu-.*\.js/, (route) => route.abort());
    await openWithoutWatch(page, './#/lab');
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('The menu of scenarios did not arrive');
  });

  base('the Lab says so', async ({ page }) => {
    await page.route(/\/Lab-.*\.js/, (route) => route.abort());
    await page.goto('./#/lab');
    await expect(page.getByRole('alert')).toContainText('The Lab did not arrive');
  });

  base('a style sheet counts too, and comes with the second attempt', async ({ page }) => {
    const sheet = /\/CompareScreen-.*\.css/;
    await page.route(sheet, (route) => route.abort());
    await openWithoutWatch(page, './#/compare');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('Compare did not arrive');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toContainText('Compare did not arrive');
    // The other screens do not wait for it.
    await page.getByRole('link', { name: 'LUNs and CSV' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(alert).toContainText('Compare did not arrive');
    await page.unroute(sheet);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(page.locator('.compare__top')).toHaveCSS('display', 'grid');
  });

  base('the page itself: its own sentence shows after some seconds', async ({ page }) => {
    await page.route(/\/index-.*\.js/, (route) => route.abort());
    await page.goto('./');
    const sentence = page.getByText('Migrascope has not started here');
    await expect(sentence).toBeHidden();
    await expect(sentence).toBeVisible({ timeout: 10_000 });
    await expect(page.getByRole('link', { name: 'Reload the page' })).toBeVisible();
    await expect(page.getByRole('link', { name: /window of its own/ })).toBeVisible();
  });

  base('the page itself breaks before it stands: its sentence shows at once', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'matchMedia', { value: null });
    });
    await page.goto('./');
    await expect(page.getByText('Migrascope has not started here')).toBeVisible({ timeout: 4000 });
  });
});

/** Changes what the browser offers before the page starts. */
const withheld = {
  'no Worker': () => {
    Object.defineProperty(window, 'Worker', { value: undefined });
  },
  'a Worker that throws': () => {
    window.Worker = class {
      constructor() {
        throw new DOMException('planted', 'SecurityError');
      }
    } as unknown as typeof Worker;
  },
  'no storage': () => {
    const refuse = {
      get: () => {
        throw new DOMException('planted', 'SecurityError');
      },
    };
    Object.defineProperty(window, 'localStorage', refuse);
    Object.defineProperty(window, 'sessionStorage', refuse);
    Object.defineProperty(window, 'indexedDB', refuse);
  },
  'a full storage': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('planted', 'QuotaExceededError');
    };
  },
} as const;

for (const [name, withhold] of Object.entries(withheld)) {
  test(`with ${name} the page runs: a move, Compare and Map`, async ({ lab }) => {
    const { page } = lab;
    await page.addInitScript(withhold);
    await lab.open();
    await lab.start();
    await lab.click('End of the run');
    await expect(lab.sentence).toContainText('web-01 moved to Node 2');
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(page.locator('main[aria-busy=false]')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Map' }).click();
    await expect(page.locator('.cmap__figure')).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a run without a Worker is that of the worker', async ({ lab, browser, baseURL }) => {
  await lab.page.addInitScript(withheld['no Worker']);
  await lab.open('./#/lab');
  await lab.start();
  const other = await browser.newPage({ ...(baseURL !== undefined && { baseURL }) });
  const withWorker = new LabPage(other);
  await withWorker.open('./#/lab');
  await withWorker.start();
  expect(await lab.runDigest()).toBe(await withWorker.runDigest());
  await other.close();
});

base.describe('in a frame of another page', () => {
  /** @param answersAll As hosts do that let every page read their files; module scripts need it in a frame without an origin. */
  const framed = async (page: Page, baseURL: string, answersAll: boolean): Promise<void> => {
    if (answersAll) {
      await page.route(`${baseURL}/**`, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), 'access-control-allow-origin': '*' };
        await route.fulfill({ response, headers });
      });
    }
    await page.route(`${baseURL}/frame.html`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<iframe sandbox="allow-scripts" src="./" width="1300" height="800"></iframe>',
      }),
    );
    await page.goto('./frame.html');
  };

  base('that gives it no origin, it runs', async ({ page, baseURL }) => {
    await framed(page, baseURL ?? '', true);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).click();
    await frame.getByRole('button', { name: 'Pause' }).click();
    await frame.getByRole('button', { name: 'End of the run' }).click();
    await expect(frame.getByRole('heading', { level: 1 })).toContainText('web-01 moved to Node 2');
    for (const { name } of screens) {
      await frame.getByRole('link', { name }).click();
      await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(frame.locator('main[aria-busy=true]')).toHaveCount(0, { timeout: 20_000 });
    }
    await expect(frame.getByRole('alert')).toHaveCount(0);
  });

  base(
    'where its files may not be read, it says so and offers a window',
    async ({ page, baseURL }) => {
      await framed(page, baseURL ?? '', false);
      const frame = page.frameLocator('iframe');
      await expect(frame.getByText('Migrascope has not started here')).toBeVisible({
        timeout: 10_000,
      });
      await expect(frame.getByRole('link', { name: /window of its own/ })).toHaveAttribute(
        'target',
        '_blank',
      );
    },
  );
});

base.describe('a worker that falls silent', () => {
  base('is told of, and starts again with the recording, at the shown moment', async ({ page }) => {
    let isSilent = false;
    const [name = ''] = readdirSync('dist/assets').filter((file) =>
      file.startsWith('simulation.worker'),
    );
    const real = readFileSync(`dist/assets/${name}`, 'utf8');
    await page.route(/simulation\.worker/, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        // Falls into a loop without end with the first step back.
        body: isSilent
          ? `addEventListener('message', ({ data }) => { while (data.type === 'step'); });${real}`
          : real,
      }),
    );
    isSilent = true;
    const lab = await openWithoutWatch(page, './#/lab');
    await lab.start();
    const [digest, timeNs] = [await lab.runDigest(), await lab.timeNs()];
    isSilent = false;
    await page.keyboard.press('ArrowLeft');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The simulation does not answer', { timeout: 20_000 });
    await alert.getByRole('button', { name: 'Start the worker again' }).click();
    await lab.drawn();
    await expect(alert).toHaveCount(0);
    expect(await lab.runDigest()).toBe(digest);
    expect(await lab.timeNs()).toBe(timeNs);
    await lab.click('End of the run');
    await expect(lab.sentence).toContainText('web-01 moved to Node 2');
  });
});
