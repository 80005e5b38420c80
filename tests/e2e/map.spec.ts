/** The convergence map in a browser: it fills, its figures are those of the Lab, and any cell opens there. */
import type { Page } from '@playwright/test';
import { expect, seriousFindings, test } from './labPage.ts';

const field = (page: Page) => page.getByRole('application', { name: 'Cells by dirty rate' });
const progress = (page: Page) => page.locator('main output');
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** "0.32 s outage" of a panel, once it was run with all pages. */
async function outageOf(page: Page, name: string): Promise<string> {
  const own = panel(page, name);
  await expect(own).toContainText('Run with all', { timeout: 20_000 });
  const text = (await own.innerText()).replace(/\s+/g, ' ');
  return /[\d.]+ s(?= outage)/.exec(text)?.[0] ?? text;
}

async function rowOf(page: Page, name: string, row: string): Promise<string> {
  const term = panel(page, name).getByRole('term').filter({ hasText: row });
  return (await term.locator('xpath=following-sibling::dd').innerText()).replace(/\s+/g, ' ');
}

/** Waits for the full run of the cell that is pointed at, whatever figure is shown. */
async function outageRow(page: Page): Promise<string> {
  await expect(panel(page, 'Under the pointer')).toContainText('Run with all', { timeout: 20_000 });
  return rowOf(page, 'Under the pointer', 'Outage');
}

async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const box = await field(page).boundingBox();
  if (box === null) throw new Error('no field');
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

/** Counts on the progress line: "1,550 of 6,720 cells are sketched". */
async function cellsDone(page: Page): Promise<number> {
  const [count = '0'] = (await progress(page).innerText()).match(/[\d,]+/) ?? [];
  return Number(count.replaceAll(',', ''));
}

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

/**
 * Lengths of the tasks of threads with these names while `watch` runs, in milliseconds of the processor: a trace knows them, and
 * what else the machine does is not the page's.
 */
async function taskLengths(
  page: Page,
  threads: readonly string[],
  watch: () => Promise<void>,
): Promise<number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('no browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await watch();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const meant = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && threads.includes(args.name ?? ''))
      .map(thread),
  );
  return traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && meant.has(thread(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

test('a map of 4 GB shows a useful picture after less than a second of work', async ({
  lab,
  page,
}) => {
  await lab.open('./#/lab');
  const lengths = await taskLengths(
    page,
    ['CrRendererMain', 'DedicatedWorker thread'],
    async () => {
      await page.getByRole('link', { name: 'Map' }).click();
      // Every fourth cell in both directions: the last of them is painted.
      await page.waitForFunction(
        () => {
          const canvas = document.querySelector<HTMLCanvasElement>('.cmap__canvas');
          const context = canvas?.getContext('2d');
          if (!canvas || !context) return false;
          const x = Math.floor((108.5 / 112) * canvas.width);
          const y = Math.floor((56.5 / 60) * canvas.height);
          return (context.getImageData(x, y, 1, 1).data[3] ?? 0) > 0;
        },
        null,
        { polling: 'raf' },
      );
    },
  );
  // The page and its workers together: one after the other they would still be in time.
  const sum = lengths.reduce((all, length) => all + length, 0);
  expect(sum).toBeGreaterThan(50);
  expect(sum).toBeLessThan(1000);
});

test('while a map of 4 GB fills, no task takes the page 50 ms of the processor', async ({
  lab,
  page,
}) => {
  test.setTimeout(240_000);
  await lab.open('./#/lab');
  const lengths = await taskLengths(page, ['CrRendererMain'], async () => {
    await page.getByRole('link', { name: 'Map' }).click();
    // All sketches, and then the cells that are run again, of which there are thousands.
    await expect(progress(page)).toContainText('are within 2% of a run', { timeout: 100_000 });
    const final = await cellsDone(page);
    await expect.poll(() => cellsDone(page), { timeout: 100_000 }).toBeGreaterThan(final + 200);
    await page.getByRole('radio', { name: 'Total time' }).check();
    await pointAt(page, 0.8, 0.45);
    await outageRow(page);
  });
  expect(lengths.length).toBeGreaterThan(100);
  expect(Math.max(...lengths)).toBeLessThan(50);
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
