/** Building a cluster in the page, and finding it again after a reload. */
import type { Page } from '@playwright/test';
import { expect, seriousFindings, test, type LabPage } from './labPage.ts';
import { small } from './smallCluster.ts';

const dialogOf = (page: Page) => page.getByRole('dialog');

async function openEditor({ page }: LabPage): Promise<void> {
  await page.getByRole('button', { name: 'Edit the cluster' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialogOf(page)).toBeVisible();
}

/** Goes on with Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const control = dialogOf(page).getByRole('button', { name, exact: true });
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never comes to ${name}`);
}

test('a cluster of four nodes is built by keyboard, used, and there again after a reload', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await page.keyboard.press('e');
  await tabTo(page, 'Add a node');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Spare');
  await page.keyboard.press('Tab');
  await page.keyboard.type('16');
  await tabTo(page, 'Use this cluster');
  await page.keyboard.press('Enter');
  await expect(dialogOf(page)).toBeHidden();
  const nodes = ['Node 1', 'Node 2', 'Node 3', 'Spare'];
  for (const name of nodes) await expect(lab.node(name)).toBeVisible();
  await lab.drawn();

  await page.reload();
  await lab.drawn();
  for (const name of nodes) await expect(lab.node(name)).toBeVisible();
  await expect(lab.node('Spare')).toContainText('0 of 16\u00a0GB');
  // Nothing was commanded yet, so it is the start of this cluster.
  await expect(lab.sentence).toHaveText('Move a running server without anyone noticing.');
});

test('a run with its commands comes back at the moment that was shown', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight');
  const [timeNs, digest] = [await lab.timeNs(), await lab.runDigest()];
  expect(timeNs).toBeGreaterThan(0);
  const sentence = await lab.sentence.innerText();
  await lab.page.goto('./');
  await lab.drawn();
  expect(await lab.timeNs()).toBe(timeNs);
  expect(await lab.runDigest()).toBe(digest);
  await expect(lab.sentence).toHaveText(sentence);
  expect(lab.page.url()).toContain('#/lab');
});

test('a scenario chosen anew replaces what was kept', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.openFile('small.json', small());
  await expect(lab.node('Wide')).toBeVisible();
  await lab.page.reload();
  await lab.drawn();
  await expect(lab.node('Wide')).toBeVisible();
  expect(await lab.timeNs()).toBe(0);
});

test('what was kept and is broken is ignored', async ({ lab }) => {
  await lab.page.addInitScript(() => localStorage.setItem('migrascope.run', '{"migrascope":1'));
  await lab.open();
  await expect(lab.node('Node 3')).toBeVisible();
});

test('a file that is dropped on the page becomes the run', async ({ lab }) => {
  await lab.open();
  const text = small().toString();
  const dropped = await lab.page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'small.json', { type: 'application/json' }));
    return transfer;
  }, text);
  await lab.page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(lab.node('Wide')).toBeVisible();
});

test('Esc warns before it gives changes up, and the focus goes back to where it was', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await openEditor(lab);
  await page.getByRole('button', { name: 'Add a node' }).click();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toContainText('Press Esc again to give up your changes.');
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Edit the cluster' })).toBeFocused();
  await expect(lab.node('Node 4')).toHaveCount(0);
});

test('keys of the page do nothing while the editor is open, wherever was clicked', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  await openEditor(lab);
  await dialogOf(page).getByRole('heading', { name: 'Edit the cluster' }).click();
  await page.keyboard.press('Space');
  await page.keyboard.press('9');
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#root')).toHaveAttribute('data-playing', 'false');
  await expect(lab.sentence).toHaveText('Move a running server without anyone noticing.');
});

const parts = ['Nodes', 'Volumes', 'VMs', 'Network and failover'] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the editor, ${colorScheme}`, async ({ lab }) => {
    const { page } = lab;
    await page.emulateMedia({ colorScheme });
    await lab.open();
    await openEditor(lab);
    for (const name of parts) {
      await page.getByRole('tab', { name }).click();
      const details = dialogOf(page).locator('summary').first();
      if (await details.isVisible()) await details.click();
      expect(await seriousFindings(page, 'dialog')).toEqual([]);
    }
  });
}

for (const [width, height] of [
  [1280, 720],
  [390, 844],
] as const) {
  test(`at ${width} x ${height} every part of the editor fits, and scrolls inside itself`, async ({
    lab,
  }) => {
    const { page } = lab;
    await page.setViewportSize({ width, height });
    await lab.open();
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await page.getByRole('button', { name: 'Edit the cluster…' }).click();
    for (const name of parts) {
      await page.getByRole('tab', { name }).click();
      const details = dialogOf(page).locator('summary').first();
      if (await details.isVisible()) await details.click();
      await expect(page.getByRole('button', { name: 'Use this cluster' })).toBeInViewport({
        ratio: 1,
      });
      const sideways = await dialogOf(page)
        .getByRole('tabpanel')
        .evaluate((panel) => panel.scrollWidth - panel.clientWidth);
      expect(sideways).toBeLessThanOrEqual(0);
      const heights = await dialogOf(page)
        .locator('button, select, input:not([type=checkbox]), label:has([type=checkbox]), summary')
        .evaluateAll((controls) =>
          controls.map((control) => control.getBoundingClientRect().height),
        );
      if (width < 640) expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    }
  });
}
