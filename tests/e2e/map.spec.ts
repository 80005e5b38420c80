/** The convergence map in a browser: it fills, its figures are those of the Lab, and any cell opens there. */
import { expect, seriousFindings, test } from './labPage.ts';
import { cellsDone, field, outageOf, panel, pointAt, progress, rowOf } from './mapPage.ts';

test('every cell of a small VM is run, and the page says with how many pages', async ({
  lab,
  page,
}) => {
  test.slow();
  await lab.open();
  await lab.choosePreset(/^Small/);
  await page.getByRole('link', { name: 'Map' }).click();
  await expect(progress(page)).toContainText('All 6,720 cells are run', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Show numbers' }).click();
  const table = page.getByRole('dialog').getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(113);
  await expect(table).not.toContainText('not run yet');
  await page.keyboard.press('Escape');
  for (const figure of ['Total time', 'Data moved']) {
    await page.getByRole('radio', { name: figure }).check();
    await expect(page.getByRole('region', { name: / now$/ })).toContainText(/in all|moved/);
  }
});

test('the figures of the VM as it is are those of the Lab', async ({ lab, page }) => {
  await lab.open('./#/map');
  const outage = await outageOf(page, 'web-01 now');
  const total = await rowOf(page, 'web-01 now', 'Total time');
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await page
    .getByRole('button', { name: /^Live-migrate web-01 to Node 2/ })
    .first()
    .click();
  await lab.press('End');
  const shown = async (name: string) => (await lab.readout(name).innerText()).replace(/\s+/g, ' ');
  expect(await shown('Outage so far')).toBe(outage);
  expect(await shown('Elapsed')).toBe(total);
});

test('a click opens the cell in the Lab, and its live migration gives what the cell showed', async ({
  lab,
  page,
}) => {
  await lab.open('./#/map');
  await expect(panel(page, 'web-01 now')).toContainText('Run with all');
  await pointAt(page, 0.8, 0.45);
  const outage = await outageOf(page, 'Under the pointer');
  const rate = await rowOf(page, 'Under the pointer', 'Dirty rate');
  const rounds = await rowOf(page, 'Under the pointer', 'Rounds');
  expect(rounds).toBe('10, the limit');
  await page.mouse.down();
  await page.mouse.up();
  await lab.drawn();
  await expect(page).toHaveURL(/#\/lab$/);
  await expect(lab.inspector.getByRole('button', { name: /^Dirty rate/ })).toContainText(rate);
  await page
    .getByRole('button', { name: /^Live-migrate web-01 to Node 2/ })
    .first()
    .click();
  await lab.press('End');
  expect((await lab.readout('Outage so far').innerText()).replace(/\s+/g, ' ')).toBe(outage);
});

test('a cell that was opened leaves the map as it was, also after its migration', async ({
  lab,
  page,
}) => {
  await lab.open('./#/map');
  await expect.poll(() => cellsDone(page), { timeout: 20_000 }).toBeGreaterThan(300);
  await pointAt(page, 0.8, 0.45);
  const done = await cellsDone(page);
  await page.mouse.down();
  await page.mouse.up();
  await lab.drawn();
  await page
    .getByRole('button', { name: /^Live-migrate web-01 to Node 2/ })
    .first()
    .click();
  await lab.press('End');
  await page.getByRole('link', { name: 'Map' }).click();
  expect(await cellsDone(page)).toBeGreaterThanOrEqual(done);
  expect(await rowOf(page, 'web-01 now', 'Dirty rate')).toBe('16,000 pages/s');
});

test('its parts are named by what the runs say: the round limit, and lost connections', async ({
  lab,
  page,
}) => {
  await lab.open('./#/map');
  const figure = page.getByRole('figure', { name: /^Outage by dirty rate/ });
  await expect(figure).toContainText('Round limit reached', { timeout: 20_000 });
  await expect(figure).toContainText('after 10 rounds the VM stops');
  await expect(figure).toContainText('Windows connections are lost');
  await expect(figure).toContainText('A Windows client sends its last repeat after 9.3 s.');
  await expect(figure).not.toContainText(/never|faster|18\.9/i);
});

test('it begins anew when the Lab has changed, and goes on where it stood when it has not', async ({
  lab,
  page,
}) => {
  await lab.open('./#/map');
  await expect.poll(() => cellsDone(page), { timeout: 20_000 }).toBeGreaterThan(300);
  const done = await cellsDone(page);
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await page.getByRole('link', { name: 'Map' }).click();
  expect(await cellsDone(page)).toBeGreaterThanOrEqual(done);
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  const rate = lab.inspector.getByRole('button', { name: /^Dirty rate/ });
  await rate.click();
  await lab.inspector.getByRole('textbox').fill('9000');
  await lab.inspector.getByRole('textbox').press('Enter');
  await lab.drawn();
  await page.getByRole('link', { name: 'Map' }).click();
  expect(await cellsDone(page)).toBeLessThan(done);
  await outageOf(page, 'web-01 now');
  expect(await rowOf(page, 'web-01 now', 'Dirty rate')).toBe('9,000 pages/s');
});

test('the arrow keys move the cell, it is told in words, and Enter opens it', async ({
  lab,
  page,
}) => {
  await lab.open('./#/map');
  await field(page).focus();
  await expect(panel(page, 'Under the pointer')).toContainText('16,000');
  const before = await rowOf(page, 'Under the pointer', 'Dirty rate');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => rowOf(page, 'Under the pointer', 'Dirty rate')).not.toBe(before);
  const rate = await rowOf(page, 'Under the pointer', 'Dirty rate');
  const network = await rowOf(page, 'Under the pointer', 'Migration network');
  await expect(field(page)).toContainText(/outage [\d.]+.s, after/, { timeout: 20_000 });
  const told = (await field(page).innerText()).replace(/\s+/g, ' ');
  expect(told).toContain(`${rate} at ${network}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/lab$/);
  await lab.drawn();
  await expect(lab.inspector.getByRole('button', { name: /^Dirty rate/ })).toContainText(rate);
});

test('M leads into the map, as it does in the Lab', async ({ lab, page }) => {
  await lab.open('./#/map');
  await field(page).waitFor();
  await page.keyboard.press('m');
  await expect(field(page)).toBeFocused();
  await expect(panel(page, 'Under the pointer')).toContainText('16,000');
  await page.keyboard.press('ArrowRight');
  await expect(panel(page, 'Under the pointer')).not.toContainText('16,000');
  await page.keyboard.press('Escape');
  await expect(field(page)).not.toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('or the convergence map');
});

test('a finger points with its first tap, and the button opens the cell', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  const page = await context.newPage();
  await page.goto('./#/map');
  await field(page).tap({ position: { x: 120, y: 60 } });
  await expect(page).toHaveURL(/#\/map$/);
  await panel(page, 'Under the pointer')
    .getByRole('button', { name: /^Open this point/ })
    .tap();
  await expect(page).toHaveURL(/#\/lab$/);
  await context.close();
});

test('where no node can take the VM the map says why', async ({ lab, page }) => {
  await lab.open();
  await lab.choosePreset(/^Two VMs on one LUN/);
  await page.getByRole('link', { name: 'Map' }).click();
  await expect(page.getByRole('main')).toContainText('has one owner');
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [900, 700],
  [390, 844],
  [320, 640],
] as const) {
  test(`the map fits a window of ${width} x ${height}`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height });
    await lab.open('./#/map');
    await outageOf(page, 'web-01 now');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
    const box = await field(page).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(200);
    if (width < 640) {
      const low = await page
        .getByRole('main')
        .locator('button:visible, label:visible')
        .evaluateAll((all) =>
          all
            .filter((each) => each.getBoundingClientRect().height < 44)
            .map(({ textContent }) => textContent),
        );
      expect(low).toEqual([]);
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the map, ${colorScheme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await lab.open('./#/map');
    await field(page).focus();
    await outageOf(page, 'Under the pointer');
    expect(await seriousFindings(page)).toEqual([]);
  });
}
