/** Nothing that somebody built is lost: over a reload, beside other tabs, and where the browser keeps nothing. */
import type { BrowserContext, Page } from '@playwright/test';
import { presets } from '../../src/scenario/presets.ts';
import { printScenario } from '../../src/scenario/print.ts';
import { expect, LabPage, seriousFindings, test } from './labPage.ts';

const recentOf = (page: Page) => page.getByRole('region', { name: 'Recent', exact: true });
const entriesOf = (page: Page) => recentOf(page).getByRole('listitem');

async function openTab(context: BrowserContext): Promise<LabPage> {
  const lab = new LabPage(await context.newPage());
  await lab.open();
  return lab;
}

/** The editor makes a cluster with another node. */
async function addNode({ page }: LabPage): Promise<void> {
  await page.getByRole('button', { name: 'Edit the cluster' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add a node' }).click();
  await dialog.getByRole('button', { name: 'Use this cluster' }).click();
  await expect(dialog).toBeHidden();
}

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Scenario', exact: true }).click();
}

test('each tab keeps its own cluster, and another tab finds both in Recent', async ({
  lab,
  context,
}) => {
  await lab.open();
  await addNode(lab);
  await expect(lab.node('Node 4')).toBeVisible();
  const other = await openTab(context);
  await expect(entriesOf(other.page)).toHaveCount(1);
  await expect(other.node('Node 4')).toHaveCount(0);
  await other.start();
  await lab.page.reload();
  await lab.drawn();
  await expect(lab.node('Node 4')).toBeVisible();
  await other.page.reload();
  await other.drawn();
  await expect(other.node('Node 4')).toHaveCount(0);
  expect(await other.timeNs()).toBeGreaterThan(0);

  const third = await openTab(context);
  await expect(entriesOf(third.page)).toHaveCount(2);
  await expect(entriesOf(third.page).first()).toContainText(/Calm web server.*today \d\d:\d\d/);
  await recentOf(third.page).getByRole('button').nth(1).press('Enter');
  await expect(third.node('Node 4')).toBeVisible();
});

test('a reload while it plays comes back to the shown moment, paused', async ({ lab }) => {
  await lab.open();
  await lab.start();
  const pausedNs = await lab.timeNs();
  // The address holds the moment at which it stood.
  await expect(lab.page).toHaveURL(/#\/lab\?/);
  await lab.transport.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => lab.timeNs()).toBeGreaterThan(pausedNs + 5e9);
  const shownNs = await lab.timeNs();
  await lab.page.reload();
  await lab.drawn();
  expect(await lab.timeNs()).toBeGreaterThanOrEqual(shownNs);
  expect(await lab.timeNs()).toBeLessThan(shownNs + 5e9);
  await expect(lab.page.locator('#root')).toHaveAttribute('data-playing', 'false');
});

test('a tab that is copied parts from its original with the first change', async ({
  lab,
  context,
}) => {
  await lab.open();
  await lab.start();
  const [copy] = await Promise.all([
    context.waitForEvent('page'),
    lab.page.evaluate(() => void window.open(window.location.href)),
  ]);
  const copied = new LabPage(copy);
  await copied.drawn();
  expect(await copied.runDigest()).toBe(await lab.runDigest());
  await copied.pressAndDraw('c', 'Enter');
  const [own, other] = [await lab.runDigest(), await copied.runDigest()];
  expect(other).not.toBe(own);
  await lab.press('Shift+ArrowRight');
  await lab.pressAndDraw('c', 'Enter');
  const later = await lab.runDigest();
  await copy.reload();
  await copied.drawn();
  expect(await copied.runDigest()).toBe(other);
  await lab.page.reload();
  await lab.drawn();
  expect(await lab.runDigest()).toBe(later);
  await openMenu(lab.page);
  await expect(entriesOf(lab.page)).toHaveCount(2);
});

test('a preset, a file and a link replace nothing that was built', async ({ lab, context }) => {
  await lab.open();
  await addNode(lab);
  await lab.choosePreset(/^Small/);
  const message = lab.page.getByRole('status').filter({ hasText: 'is in Recent' });
  await expect(message).toContainText('“Calm web server” is in Recent.');
  await message.getByRole('button', { name: 'Go back to it' }).click();
  await expect(lab.node('Node 4')).toBeVisible();
  await expect(message).toHaveCount(0);

  const { scenario } = presets[6]!;
  await lab.openFile('small.json', Buffer.from(printScenario(scenario)));
  await expect(message).toBeVisible();
  await message.getByRole('button', { name: 'Go on' }).click();
  await expect(message).toHaveCount(0);

  const giver = await openTab(context);
  await giver.start();
  await expect(giver.page).toHaveURL(/#\/lab\?/);
  await lab.page.goto(giver.page.url());
  await lab.drawn();
  await lab.pressAndDraw('c', 'Enter');
  await openMenu(lab.page);
  // The cluster, the run that the link was made of, and what became of the link here.
  await expect(entriesOf(lab.page)).toHaveCount(3);
});

test('"Clear all" clears for all tabs, "New cluster" shows nothing of others', async ({
  lab,
  context,
}) => {
  await lab.open();
  await lab.start();
  const other = await openTab(context);
  await expect(entriesOf(other.page)).toHaveCount(1);
  await recentOf(other.page).getByRole('button', { name: 'New cluster…' }).click();
  await other.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(entriesOf(other.page)).toHaveCount(0);
  await expect(other.page.locator('body')).not.toContainText('web-01');
  await other.page.reload();
  await other.drawn();
  await expect(other.page.locator('body')).not.toContainText('web-01');

  await openMenu(lab.page);
  await recentOf(lab.page).getByRole('button', { name: 'Clear all' }).click();
  await recentOf(lab.page).getByRole('button', { name: 'Clear it for ever' }).click();
  await expect(entriesOf(lab.page)).toHaveCount(0);
  await other.page.reload();
  await other.drawn();
  await expect(recentOf(other.page)).toHaveCount(0);
});

test('a browser that keeps nothing runs all the same, and says so where it matters', async ({
  lab,
}) => {
  const { page } = lab;
  await page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }
  });
  await lab.open();
  await addNode(lab);
  await openMenu(page);
  await expect(recentOf(page)).toContainText('This browser keeps nothing for this page.');
  await page.getByRole('button', { name: /^Small: / }).click();
  await expect(page.getByText('is closed. This browser does not keep it.')).toBeVisible();
  await page.getByRole('button', { name: 'Go back to it' }).click();
  await expect(lab.node('Node 4')).toBeVisible();
});

test('a run that stopped the page is left out the next time, and can be tried again', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await addNode(lab);
  await lab.drawn();
  // As a page leaves it that is ended while it works the run out.
  await page.addInitScript(() => {
    if (window.name === 'marked') return;
    window.name = 'marked';
    window.sessionStorage.setItem('migrascope.opening', 'yes');
  });
  await page.reload();
  await lab.drawn();
  await expect(lab.node('Node 4')).toHaveCount(0);
  await expect(page.getByText('stopped the page the last time')).toContainText('It is in Recent.');
  await page.getByRole('button', { name: 'Try it again' }).click();
  await expect(lab.node('Node 4')).toBeVisible();
  await page.reload();
  await lab.drawn();
  await expect(lab.node('Node 4')).toBeVisible();
});

test('what the last release kept is shown, and stays in Recent', async ({ lab, context }) => {
  const { scenario } = presets[0]!;
  const run = printScenario({
    ...scenario,
    commands: [{ do: 'live-migrate', vm: 'web01', to: 'node2', atMs: 0 }],
  });
  await lab.page.addInitScript((text) => {
    if (window.name === 'written') return;
    window.name = 'written';
    window.localStorage.setItem('migrascope.run', text);
    window.localStorage.setItem('migrascope.shownNs', '9000000000');
  }, run);
  await lab.open();
  expect(await lab.timeNs()).toBe(9e9);
  await expect
    .poll(() => lab.page.evaluate(() => window.localStorage.getItem('migrascope.run')))
    .toBeNull();
  await lab.page.reload();
  await lab.drawn();
  expect(await lab.timeNs()).toBe(9e9);
  const other = await openTab(context);
  await expect(entriesOf(other.page)).toHaveCount(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Recent fits and can be read, ${colorScheme}`, async ({ lab, context }) => {
    const { page } = lab;
    await page.emulateMedia({ colorScheme });
    await lab.open();
    await addNode(lab);
    const other = await openTab(context);
    await other.page.emulateMedia({ colorScheme });
    await expect(entriesOf(other.page)).toHaveCount(1);
    for (const [width, height] of [
      [1440, 900],
      [1280, 720],
      [390, 844],
    ] as const) {
      await other.page.setViewportSize({ width, height });
      expect(await seriousFindings(other.page)).toEqual([]);
      const sideways = await other.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(sideways).toBeLessThanOrEqual(0);
      const sizes = await recentOf(other.page)
        .getByRole('button')
        .evaluateAll((buttons) => buttons.map((each) => each.getBoundingClientRect().height));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(width < 640 ? 44 : 24);
    }
  });
}
