/** The Compare screen in a browser: its figures, its one clock, what differs, and every window. */
import type { Locator, Page } from '@playwright/test';
import { expect, seriousFindings, test } from './labPage.ts';

function lane(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

function slider(page: Page): Locator {
  return page.getByRole('slider', { name: 'Shown time' });
}

async function differ(page: Page, name: string): Promise<void> {
  await page.getByLabel('What differs').selectOption(name);
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
}

test.beforeEach(async ({ lab, page }) => {
  await lab.open('./#/compare');
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
});

test('the default VM: quick 32 s and 12 of 12 Windows connections lost, live under 0.5 s and none', async ({
  page,
}) => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /^Quick, live or a crash: what do 27.clients notice\?$/,
  );
  const quick = lane(page, 'Quick Migration');
  await expect(quick).toContainText(/32\.0.s outage/);
  await expect(quick).toContainText('12 of 12 Windows connections lost');
  await expect(quick).toContainText('0 of 12 Linux connections lost');
  const live = lane(page, 'Live Migration');
  const outage = /(\d+\.\d+).s outage/.exec(
    await live.innerText().then((text) => text.replaceAll('\n', ' ')),
  );
  expect(Number(outage?.[1])).toBeLessThan(0.5);
  await expect(live).toContainText('0 of 12 Windows connections lost');
  await expect(live).toContainText('0 of 12 Linux connections lost');
  await expect(live).toContainText(/50\.3.s to 51\.3.s, \d+ times wider/);
  const crash = lane(page, 'Node crash');
  await expect(crash).toContainText(/68\.0.s outage/);
  await expect(crash).toContainText(/Memory lost\s*4.GB/);
  await expect(page.getByText(/^Live takes \d+\.\d.s longer in total/)).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
] as const) {
  test(`has every client of the three lanes in sight with the scrubber, ${width} x ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const name of ['Quick Migration', 'Live Migration', 'Node crash']) {
      const clients = lane(page, name).getByRole('img', { name: /Windows connections:/ });
      await expect(clients).toBeInViewport({ ratio: 1 });
    }
    await expect(slider(page)).toBeInViewport({ ratio: 1 });
    // Scrolled, the axis stays.
    await lane(page, 'Quick Migration').getByRole('button', { name: '12 Linux' }).click();
    await page.mouse.wheel(0, 5000);
    await expect(lane(page, 'Node crash').getByRole('heading')).toBeInViewport();
    await expect(slider(page)).toBeInViewport({ ratio: 1 });
  });
}

test('one scrubber moves all lanes, by drag, by a press on a plot and by keys', async ({
  page,
}) => {
  const box = await slider(page).boundingBox();
  if (box === null) throw new Error('no slider');
  // The handle is 28 px wide and begins at the start.
  const x = (share: number) => box.x + 14 + share * (box.width - 28);
  await page.mouse.move(x(1), box.y + 10);
  await page.mouse.down();
  await page.mouse.move(x(0.5), box.y + 10, { steps: 5 });
  await page.mouse.up();
  const half = Number(await slider(page).inputValue());
  expect(half).toBeGreaterThan(48);
  expect(half).toBeLessThan(55);
  await expect(lane(page, 'Quick Migration')).toContainText('web-01 runs on Node 2 after');
  await expect(lane(page, 'Node crash')).toContainText('web-01 boots on Node 3');
  // A press over the bytes of a lane.
  const plot = await lane(page, 'Quick Migration')
    .getByRole('img', { name: /written/ })
    .boundingBox();
  if (plot === null) throw new Error('no plot');
  await page.mouse.click(plot.x + plot.width * 0.2, plot.y + 20);
  await expect(lane(page, 'Quick Migration')).toContainText(/Node . (saves|reads)/);
  await expect(lane(page, 'Live Migration')).toContainText('Round 1 sends 1,048,576 pages');
  // In the magnifier the time is its own: the blackout lies in its left half.
  const glass = await lane(page, 'Live Migration')
    .getByRole('img', { name: /clients get no answer/ })
    .boundingBox();
  if (glass === null) throw new Error('no magnifier');
  await page.mouse.click(glass.x + 0.3 * glass.width, glass.y + 30);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^50\.[4-7].s\. /);
  await expect(lane(page, 'Live Migration')).toContainText('web-01 is paused');
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^0\.00.s\. Quick Migration: /);
  await page.keyboard.press('ArrowRight');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^1\.0.s\. /);
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^103\.1.s\. /);
});

test('plays from the start to the end', async ({ page }) => {
  await page.keyboard.press('9');
  await page.getByRole('button', { name: 'Run all again' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible({ timeout: 20_000 });
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^103\.1.s\. /);
});

test('any two set-ups against each other', async ({ page }) => {
  await differ(page, 'Migration network');
  await expect(page.getByText(/^With 10.Gbit\/s the outage is 0\.05.s shorter/)).toBeVisible();
  await differ(page, 'Storage');
  await expect(lane(page, 'A LUN of its own')).toContainText(/3\.3.s outage/);
  await differ(page, 'Round limit');
  await page.getByLabel('First run').selectOption('Other…');
  await page.getByLabel('First run').fill('2');
  await page.keyboard.press('Enter');
  await expect(lane(page, '2\u00a0rounds')).toContainText(/outage/);
  await expect(lane(page, '10\u00a0rounds')).toContainText(/0\.32.s outage/);
});

test('has its numbers as tables', async ({ page }) => {
  await page.getByRole('button', { name: 'Show numbers' }).click();
  const dialog = page.getByRole('dialog', { name: 'The runs, as a table' });
  const runs = dialog.getByRole('table', { name: 'The runs' });
  await expect(runs.getByRole('row', { name: /^Quick Migration/ })).toContainText('12');
  const stretches = dialog.getByRole('table', { name: 'What happens in each run' });
  await expect(stretches.getByRole('row', { name: /blackout/ })).toContainText('50.43');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('a large VM is worked out beside the Lab, which goes on meanwhile', async ({ lab, page }) => {
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await lab.openFile('large.json', largeVm());
  await lab.drawn();
  await lab.start();
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  // Answered by its own worker, while the other is at work.
  await lab.press('End');
  await expect(lab.sentence).toContainText('web-01');
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });
  await expect(lane(page, 'Quick Migration')).toContainText(/256\.0.s outage/);
});

test('a very large VM says how far its runs are worked out, and another choice goes before them', async ({
  lab,
  page,
}) => {
  test.slow();
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await lab.openFile('large.json', largeVm(65_536, 100_000));
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(lane(page, 'Live Migration')).toContainText(
    /Worked out to \d.*: round 1, [\d,]+ of 16,777,216 pages\./,
  );
  await expect(lane(page, 'Quick Migration')).toContainText(/512\.0.s outage/);
  await page.getByLabel('What differs').selectOption('Round limit');
  // The one of before was given up on the way: this is the first that is worked out now.
  await expect(page.getByText(/^Worked out to \d.*: round 1, /)).toBeVisible();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await expect(lane(page, '10\u00a0rounds')).toContainText(/s\s*outage/);
});

function largeVm(memoryMiB = 32_768, pagesPerSecond = 0): Buffer {
  const node = (id: string, name: string) => ({ id, name, memoryMiB: 2 * memoryMiB });
  const writers = pagesPerSecond === 0 ? [] : [{ kind: 'uniform', pagesPerSecond }];
  const vm = { id: 'web01', name: 'web-01', node: 'node1', volume: 'csv1', memoryMiB, writers };
  return Buffer.from(
    JSON.stringify({
      migrascope: 1,
      nodes: [node('node1', 'Node 1'), node('node2', 'Node 2')],
      volumes: [{ id: 'csv1', name: 'CSV 1', kind: 'csv', owner: 'node1' }],
      vms: [vm],
    }),
  );
}

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
    await differ(page, 'Migration network');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
    const low = await page
      .getByRole('main')
      .locator('button:visible, select:visible, a:visible')
      .evaluateAll((controls) =>
        controls
          .filter(
            (control) =>
              control.getBoundingClientRect().height < (window.innerWidth < 640 ? 44 : 16),
          )
          .map(({ textContent }) => textContent),
      );
    expect(low).toEqual([]);
    // Every way to another place is there.
    for (const place of ['Lab', 'LUNs']) {
      const link = page
        .getByRole('navigation', { name: 'Places' })
        .getByRole('link', { name: place });
      await link.scrollIntoViewIfNeeded();
      await expect(link).toBeInViewport();
    }
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    expect(await seriousFindings(page)).toEqual([]);
  });
}

test('is reached from the Lab, and leaves its run as it is', async ({ lab, page }) => {
  await lab.open('./');
  await lab.start();
  const before = await lab.timeline.getAttribute('aria-valuetext');
  await page.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('link', { name: 'Change the VM…' }).click();
  await lab.drawn();
  await expect(lab.timeline).toHaveAttribute('aria-valuetext', before ?? '');
});
