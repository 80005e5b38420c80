/** Why: one sentence for log, heading and screen reader; the page card; numbers behind every drawing; what lights up together. */
import { expect, test, type LabPage } from './labPage.ts';

/** In round 4 of the calm web server, a few batches in. */
async function inRound4(lab: LabPage): Promise<void> {
  await lab.open();
  await lab.start();
  const rounds = Array.from({ length: 5 }, () => 'Shift+ArrowRight');
  await lab.press('Home', ...rounds, 'ArrowRight', 'ArrowRight', 'ArrowRight');
}

test('the heading begins with the line of the log, which has its cause and its numbers', async ({
  lab,
}) => {
  await inRound4(lab);
  const line = lab.log().and(lab.page.locator('[aria-current]'));
  await expect(line).toHaveText(
    /^[\d.]+\ss\s*Round 4 sends 39,183 pages: what web-01 wrote during the 2\.8\ss of round 3\.$/,
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
  await pages.locator('path[data-code="2"], path[data-code="3"]').first().waitFor();
  await pages.focus();
  const card = lab.inspector.locator('.page-card__why');
  for (let step = 0; step < 128; step++) {
    await page.keyboard.press('ArrowRight');
    await expect(card).toContainText('Page ');
    if (/orange|dirty again/.test(await card.innerText())) break;
  }
  await expect(card).toHaveText(
    /^Page [\d,]+(, sent \d+ times,)? is (orange|dirty again): web-01 wrote it .* (sends it again|after round 4).*\.$/,
  );
  const facts = lab.inspector.locator('.page-card__facts');
  await expect(facts).toContainText(/Sent\s*(once|\d+ times)/);
  await expect(facts).toContainText(/Last sent\s*in round [1-4], at \d+\.\d\ss/);
  const before = await facts.innerText();
  // From where the arrow keys step the run.
  await pages.evaluate((element) => (element as HTMLElement).blur());
  await lab.press('Shift+ArrowLeft');
  await expect(facts).not.toHaveText(before);
  await lab.press('Shift+ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await expect(facts).toHaveText(before, { useInnerText: true });
  await pages.press('Escape');
  await expect(card).toHaveCount(0);
  await pages.locator('svg').click({ position: { x: 8, y: 6 } });
  await expect(card).toContainText('Page ');
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
