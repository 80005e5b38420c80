/**
 * Translators and extensions that ask nobody put their own elements where the page has its text. They do no harm: on every
 * screen, while a run plays, the page goes on and its figures go on.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './labPage.ts';

/** How the text of the page gets into the elements of a translator. */
type Way =
  /** Its text nodes are put into them. */
  | 'wraps'
  /** They hold a copy, and the text nodes are thrown away: what translators do. */
  | 'replaces';

const ways: readonly Way[] = ['wraps', 'replaces'];

/** Puts the text of each text node into `<font><font>`, as the translators of Chrome and Edge do. */
async function translate(page: Page, way: Way): Promise<void> {
  await page.evaluate((how) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode() !== null) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (text.data.trim() === '' || text.parentElement?.closest('script, style, font')) continue;
      const font = document.createElement('font');
      const inner = font.appendChild(document.createElement('font'));
      text.replaceWith(font);
      inner.append(how === 'wraps' ? text : document.createTextNode(text.data));
    }
  }, way);
}

/** The figure goes on, and there is one of it. */
async function expectElapsedGoesOn(page: Page): Promise<void> {
  const elapsed = page
    .getByRole('term')
    .filter({ hasText: 'Elapsed' })
    .locator('xpath=following::dd[1]');
  const before = await elapsed.innerText();
  expect(before).toMatch(/^[\d.,]+\s?s$/);
  await expect(elapsed).not.toHaveText(before);
  expect(await elapsed.innerText()).toMatch(/^[\d.,]+\s?s$/);
}

test('the page asks translators to leave it alone, and says its language', async ({ lab }) => {
  await lab.open();
  const html = lab.page.locator('html');
  await expect(html).toHaveAttribute('translate', 'no');
  await expect(html).toHaveAttribute('lang', 'en');
  await expect(lab.page.locator('meta[name=google]')).toHaveAttribute('content', 'notranslate');
});

for (const way of ways) {
  test(`a translator that ${way} text: Start, the Lab while it plays, and back`, async ({
    lab,
  }) => {
    const { page } = lab;
    const toldAtTheEnd = async () => ({
      elapsed: await lab.readout('Elapsed').innerText(),
      sentence: await lab.sentence.innerText(),
    });
    await lab.open();
    await translate(page, way);
    await page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).click();
    await expect(lab.transport).toBeVisible();
    for (let turn = 0; turn < 3; turn += 1) {
      await translate(page, way);
      await expectElapsedGoesOn(page);
    }
    await translate(page, way);
    await page.getByRole('link', { name: 'Migrascope' }).click();
    await page.getByRole('link', { name: 'Lab' }).click();
    await expect(lab.transport).toBeVisible();
    await expectElapsedGoesOn(page);
    await lab.click('End of the run');
    await translate(page, way);
    await lab.click('Start of the run');
    await translate(page, way);
    await lab.click('End of the run');
    const told = await toldAtTheEnd();
    // Opens there again, and nobody has translated it.
    await page.reload();
    await lab.drawn();
    expect(told).toEqual(await toldAtTheEnd());
  });

  test(`a translator that ${way} text: Compare, LUNs and Map while they work and play`, async ({
    lab,
  }) => {
    const { page } = lab;
    await lab.open('./#/lab');
    await lab.start();
    for (const name of [
      'Compare',
      'LUNs and CSV',
      'Map',
      'Lab',
      'Map',
      'LUNs and CSV',
      'Compare',
    ]) {
      await translate(page, way);
      await page.getByRole('link', { name }).click();
      await expect(page.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await translate(page, way);
      await expect(page.locator('main[aria-busy=true]')).toHaveCount(0);
      await translate(page, way);
      const play = page.getByRole('button', { name: 'Play', exact: true });
      if (await play.isVisible()) await play.click();
      for (let turn = 0; turn < 3; turn += 1) {
        await page.waitForTimeout(120);
        await translate(page, way);
      }
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });

  test(`a translator that ${way} text: menu, editor, share and keys`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('./#/lab');
    await translate(page, way);
    await page.getByRole('button', { name: 'Scenario', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Scenarios' })).toBeVisible();
    await translate(page, way);
    await page.getByRole('button', { name: /^Hot cache/ }).click();
    await lab.drawn();
    for (const key of ['e', 'k', '?']) {
      await translate(page, way);
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      await translate(page, way);
      for (const tab of await dialog.getByRole('tab').all()) {
        await tab.click();
        await translate(page, way);
      }
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
    await translate(page, way);
    await page.getByRole('button', { name: 'Edit the cluster' }).click();
    await translate(page, way);
    const name = page.getByRole('dialog').getByRole('textbox').first();
    await name.fill('another name');
    await translate(page, way);
    await name.blur();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(lab.sentence).toBeVisible();
  });
}
