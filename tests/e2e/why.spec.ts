/** Why: one sentence for log, heading and screen reader; the page card; numbers behind every drawing; what lights up together. */
import { expect, test, type LabPage } from './labPage.ts';

/** In round 4 of the calm web server, a few batches in. */
async function inRound4(lab: LabPage): Promise<void> {
  await lab.open();
  await lab.start();
  await lab.press('Home', ...toRound4);
}

/** From the start: two phases of set-up, three rounds, a few batches. */
const toRound4 = [
  ...Array.from({ length: 5 }, () => 'Shift+ArrowRight'),
  ...Array.from({ length: 3 }, () => 'ArrowRight'),
];

test('the heading begins with the line of the log, which has its cause and its numbers', async ({
  lab,
}) => {
  await inRound4(lab);
  const line = lab.log().and(lab.page.locator('[aria-current]'));
  await expect(line).toHaveText(
    /^[\d.]+\ss\s*Round 4 sends 39,183 pages: web-01 changed them during the 2\.8\ss of round 3\.$/,
  );
  const told = (await line.innerText()).replace(/^[\d.]+\ss\s*/, '');
  expect(await lab.sentence.innerText()).toBe(`${told} web-01 keeps running.`);
  await expect(lab.sentence).toHaveAttribute('aria-live', 'polite');
});

test('a page of the map says why it is orange, by mouse and by keyboard', async ({ lab, page }) => {
  await inRound4(lab);
  const map = page.getByRole('application', { name: 'Memory of web-01 on Node 1' });
  // Into the working set between 1 and 2 GB.
  await map.click({ position: { x: 110, y: 75 } });
  const pages = page.getByRole('application', { name: /^Pages of the cell/ });
  const title = lab.inspector.getByText(/^Cell [\d,]+, at/);
  const cell = await title.innerText();
  await map.hover({ position: { x: 20, y: 20 } });
  await lab.drawn();
  // The cell is held: the pointer may go to its pages.
  await expect(title).toHaveText(cell);
  const orange = pages.locator('path[data-code="2"], path[data-code="3"]').first();
  const corner = /^M(\d+) (\d+)/.exec((await orange.getAttribute('d')) ?? '');
  const box = await pages.locator('svg').boundingBox();
  // The drawing is 255 units wide; a square measures 15 by 10.
  const unit = (box?.width ?? 0) / 255;
  const position = {
    x: (Number(corner?.[1]) + 7) * unit,
    y: (Number(corner?.[2]) + 5) * unit,
  };
  await pages.locator('svg').click({ position });
  const card = lab.inspector.locator('.page-card__why');
  await expect(card).toHaveText(
    /^Page [\d,]+(, sent \d+ times,)? is (orange|dirty again): web-01 wrote it .* (sends it again|after round 4).*\.$/,
  );
  const facts = lab.inspector.locator('.page-card__facts');
  await expect(facts).toContainText(/Sent\s*(once|\d+ times)/);
  await expect(facts).toContainText(/Last sent\s*in round [1-4], at \d+\.\d\ss/);
  const told = await card.innerText();
  await pages.focus();
  await page.keyboard.press('ArrowRight');
  await expect(card).not.toHaveText(told);
  await page.keyboard.press('ArrowLeft');
  await expect(card).toHaveText(told, { useInnerText: true });
  // From where the arrow keys step the run: back to the start, and here again.
  await pages.evaluate((element) => (element as HTMLElement).blur());
  await lab.press('Home');
  await expect(card).toHaveCount(0);
  await lab.press(...toRound4);
  await expect(card).toHaveText(told, { useInnerText: true });
  await pages.press('Escape');
  await expect(card).toHaveCount(0);
});

test('a round lights its column, its segment and its lines, and a line its round', async ({
  lab,
  page,
}) => {
  await inRound4(lab);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  const segment = timeline.locator('[data-lit]');
  await lab.log().filter({ hasText: 'Round 2 sends' }).hover();
  await expect(segment).toHaveText(/^Round 2/);
  await expect(timeline.locator('[data-lit-moment]')).toHaveCount(1);
  await lab.sentence.hover();
  await expect(segment).toHaveCount(0);
  const chart = page.getByRole('application', { name: /^Columns of the chart/ });
  await chart.focus();
  await chart.press('ArrowRight');
  await expect(segment).toHaveText(/^Round 1/);
  await expect(chart.locator('[data-lit]')).toHaveCount(1);
  await expect(lab.log().and(page.locator('[data-lit]'))).toHaveText([
    /Round 1 sends 1,048,576 pages/,
    /The dirty bitmap of web-01 is on/,
  ]);
  await chart.press('Escape');
  await expect(segment).toHaveCount(0);
});

test('a round lights its cells on both maps, and a cell its rounds', async ({ lab, page }) => {
  await inRound4(lab);
  const stage = lab.page.locator('[data-map-stage="source"]');
  expect(await lab.veil('source')).toBe(0);
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await timeline.locator('[data-kind]', { hasText: 'Round 3' }).hover();
  await lab.drawn();
  const words = page.getByText(/^Not faded: cells with pages of round 3/).first();
  await expect(words).toBeVisible();
  const shown = await words.locator('xpath=following-sibling::*[@data-lit-count]').innerText();
  const cells = Number(shown.replaceAll(',', ''));
  expect(cells).toBeGreaterThan(0);
  expect(cells).toBeLessThan(8192);
  // Every other cell lies under the veil, in both maps.
  expect(await lab.veil('source')).toBe(8192 - cells);
  expect(await lab.veil('target')).toBe(8192 - cells);
  await stage.hover({ position: { x: 110, y: 75 } });
  await lab.drawn();
  expect(await lab.veil('source')).toBe(0);
  await expect(
    lab.inspector.getByText(/^128 of these pages go in round 1, \d+ in round 2/),
  ).toBeVisible();
  await expect(timeline.locator('[data-lit]').first()).toHaveText(/^Round 1/);
  expect(await timeline.locator('[data-lit]').count()).toBeGreaterThan(1);
});

test('every drawing has its numbers, by keyboard', async ({ lab, page }) => {
  await inRound4(lab);
  const tables = [
    ['Pages per round', /^Round 3\D*45\.1.*81,234/],
    ['Memory of web-01, by address', /^0.MB to 256.MB/],
    ['Clients of web-01', /^Windows12/],
  ] as const;
  const buttons = page.getByRole('button', { name: 'Show numbers' });
  await expect(buttons).toHaveCount(tables.length);
  const seen = new Set<string>();
  for (const button of await buttons.all()) {
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const name = (await dialog.getByRole('caption').innerText()).trim();
    seen.add(name);
    const row = tables.find(([caption]) => caption === name)?.[1] ?? /no such table/;
    await expect(dialog.getByRole('row').filter({ hasText: row })).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  }
  expect([...seen].toSorted()).toEqual(tables.map(([caption]) => caption).toSorted());
});
