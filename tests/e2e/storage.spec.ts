/** The storage screen in a browser: its clock plays, its keys and pointers work, and it fits every window. */
import type { Page } from '@playwright/test';
import { expect, seriousFindings, test } from './labPage.ts';

function lane(page: Page, over: string) {
  return page.getByRole('region').filter({ has: page.getByText(over) });
}

const title = 'You asked to move web-01. What else has to move?';

test.beforeEach(async ({ lab, page }) => {
  await lab.open('./#/storage');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
});

test('the move plays in both lanes on one clock, to its end', async ({ page }) => {
  await page.keyboard.press('9');
  await page.getByRole('button', { name: 'Move web-01' }).click();
  await expect(page.getByText('Only the storage differs.')).toContainText('96 s after');
  const both = lane(page, 'One LUN for both, Windows Server 2008');
  const csv = lane(page, 'CSV, Windows Server 2008 R2');
  await expect(both.getByRole('heading', { level: 2 })).toHaveText(
    'LUN 1 moves, so db-01 is dragged along.',
  );
  await expect(csv.getByRole('heading', { level: 2 })).toHaveText(
    'The volume stays. Only web-01 moves.',
  );
  // 8 s per GB: 32 s for 4 GB alone; two VMs share the path to the storage.
  await expect(csv.getByRole('img', { name: /^web-01: 32\.0/ })).toBeVisible();
  await expect(csv.getByRole('img', { name: /^db-01: 0/ })).toBeVisible();
  await expect(both.getByRole('img', { name: /^db-01: 96\.0/ })).toBeVisible();
  await expect(csv).toContainText(/A live migration cuts its 32\.0.s to 0\.\d\d.s/);
});

test('the marker can be dragged', async ({ page }) => {
  const [slider, other] = await page.getByRole('slider', { name: /^Shown time/ }).all();
  const box = await slider?.boundingBox();
  if (!slider || !other || !box) throw new Error('no slider');
  // The handle is 28 px wide and begins at the left end.
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 14, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  await page.mouse.up();
  await expect(slider).toHaveValue('60');
  await expect(other).toHaveValue('60');
  await expect(page.getByText('Only the storage differs.')).toContainText('60 s after');
  await slider.press('ArrowRight');
  await expect(other).toHaveValue('61');
});

test('a node without its path works through the coordinator, never through the volume', async ({
  page,
}) => {
  const csv = lane(page, 'CSV, Windows Server 2008 R2');
  await expect(csv.getByText('SAN path down')).toBeVisible();
  await expect(csv.locator('[data-wire=redirected]')).toHaveCount(1);
  await expect(csv.locator('[data-wire=cut]')).toHaveCount(1);
  await expect(csv.locator('[data-wire=direct]')).toHaveCount(2);
});

test('heads and cards of all nodes stand at the same height', async ({ page }) => {
  await page.keyboard.press('End');
  const tops = async (name: string): Promise<number[]> => {
    const cards = await page.locator('.lane-vm').filter({ hasText: name }).all();
    return Promise.all(cards.map(async (card) => (await card.boundingBox())?.y ?? -1));
  };
  for (const name of ['web-01', 'db-01']) {
    const all = await tops(name);
    expect(all.length).toBeGreaterThan(2);
    expect(new Set(all.map(Math.round)).size).toBe(1);
  }
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [900, 700],
  [700, 900],
  [390, 844],
  [320, 640],
] as const) {
  test(`fits a window of ${width} x ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.keyboard.press('End');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
    const low = await page
      .getByRole('main')
      .locator('button:visible')
      .evaluateAll((buttons) =>
        buttons
          .filter(
            (button) => button.getBoundingClientRect().height < (window.innerWidth < 640 ? 44 : 16),
          )
          .map(({ textContent }) => textContent),
      );
    expect(low).toEqual([]);
    // Nothing that is written on cards, tags and volumes is cut off.
    const clipped = await page
      .locator('.lane-vm, .lane-node__head, .lane-volume__files')
      .evaluateAll((elements) =>
        elements
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ textContent }) => textContent),
      );
    expect(clipped).toEqual([]);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.keyboard.press('End');
    await page.keyboard.press('PageUp');
    await expect(page.getByText('Only the storage differs.')).toContainText('80 s after');
    expect(await seriousFindings(page)).toEqual([]);
  });
}

test('is reached from the Lab, and leaves its run as it is', async ({ lab, page }) => {
  await lab.open('./');
  await lab.start();
  const before = await lab.timeline.getAttribute('aria-valuetext');
  await page.getByRole('link', { name: 'LUNs and CSV' }).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await lab.drawn();
  await expect(lab.timeline).toHaveAttribute('aria-valuetext', before ?? '');
});
