/** One link holds all of it: what it opens, what it says when it cannot, and the same run as files. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Download, Locator, Page } from '@playwright/test';
import { parseLink } from '../../src/scenario/link/shareLink.ts';
import { partsOfHash } from '../../src/state/sharing.ts';
import { expect, LabPage, test } from './labPage.ts';

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Share and save' });

/** The link, as the dialog shows it once it is made. */
async function linkOf(page: Page): Promise<string> {
  const field = dialogOf(page).getByRole('textbox');
  await expect(field).toHaveValue(/\?1\.[\w-]+\.[\w-]{40,}$/);
  return field.inputValue();
}

async function shareLink(lab: LabPage): Promise<string> {
  await lab.page.keyboard.press('k');
  const link = await linkOf(lab.page);
  await lab.page.keyboard.press('Escape');
  await expect(dialogOf(lab.page)).toBeHidden();
  return link;
}

/** Another person's browser: nothing is kept there. */
async function openElsewhere(context: BrowserContext, link: string): Promise<LabPage> {
  const browser = context.browser();
  if (browser === null) throw new Error('no browser');
  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const lab = new LabPage(await other.newPage());
  await watchWorkers(lab.page);
  await lab.open(link);
  return lab;
}

/** Tells the workers of a page apart from outside, before the page starts them. */
async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const started: Worker[] = [];
    Object.assign(window, { started });
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        if (String(address).includes('simulation')) started.push(this);
      }
    };
  });
}

interface Inspected {
  readonly timeNs: number;
  readonly digest: string;
}

/** Of all that the engine holds at the shown moment: it is asked itself, beside the page. */
function stateDigest({ page }: LabPage): Promise<Inspected> {
  return page.evaluate(() => {
    const [worker] = (window as unknown as { readonly started: readonly Worker[] }).started;
    return new Promise<Inspected>((resolve, reject) => {
      if (worker === undefined) return reject(new Error('no worker was started'));
      const requestId = 1;
      worker.addEventListener('message', ({ data }: MessageEvent<Record<string, unknown>>) => {
        if (data['type'] !== 'inspected' || data['requestId'] !== requestId) return;
        resolve({ timeNs: Number(data['timeNs']), digest: String(data['digest']) });
      });
      return worker.postMessage({ type: 'inspect', requestId });
    });
  });
}

/** With edits, a change on the way, and stopped in the middle of round 2. */
async function editedRun(lab: LabPage): Promise<void> {
  await lab.open('./#/lab');
  await lab.page.getByRole('button', { name: 'Scenario', exact: true }).click();
  await lab.page.getByRole('button', { name: /^Busy database/ }).click();
  await lab.drawn();
  await lab.pressAndStop('l', 'Enter');
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await lab.press('Shift+ArrowRight', 'ArrowRight', 'ArrowRight');
}

test('a link opens the same run at the same moment in another browser', async ({
  lab,
  context,
}) => {
  await watchWorkers(lab.page);
  await editedRun(lab);
  await lab.page.getByText('Linear', { exact: true }).click();
  const link = await shareLink(lab);
  expect(link.length).toBeLessThan(2000);
  const other = await openElsewhere(context, link);
  expect(await other.timeNs()).toBe(await lab.timeNs());
  expect(await lab.timeNs()).toBeGreaterThan(0);
  expect(await other.runDigest()).toMatch(/^[0-9a-f]{16}$/);
  expect(await other.runDigest()).toBe(await lab.runDigest());
  expect(await other.moment()).toEqual(await lab.moment());
  // Every page of every VM, not only what is drawn of them; a step on it is another state.
  const mine = await stateDigest(lab);
  expect(mine.timeNs).toBe(await lab.timeNs());
  expect(mine.digest).toMatch(/^[0-9a-f]{16}$/);
  expect(await stateDigest(other)).toEqual(mine);
  await other.press('ArrowRight');
  expect((await stateDigest(other)).digest).not.toBe(mine.digest);
  await lab.press('ArrowRight');
  expect(await stateDigest(other)).toEqual(await stateDigest(lab));
  await expect(other.page.getByRole('radio', { name: 'Linear' })).toBeChecked();
  await expect(other.transport.getByRole('button', { name: 'Play' })).toBeVisible();
  await other.page.context().close();
});

test('Copy puts the link into the clipboard, and selects it where that is not allowed', async ({
  lab,
  context,
}) => {
  await lab.open('./#/lab');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.page.getByRole('button', { name: 'Share and save' }).click();
  const dialog = dialogOf(lab.page);
  const link = await linkOf(lab.page);
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  await expect(dialog.getByText('Copied.')).toBeVisible();
  expect(await lab.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await lab.page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
  });
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  await expect(dialog.getByText(/^The link is selected/)).toBeVisible();
  expect(await lab.page.evaluate(() => getSelection()?.toString())).toBe(link);
});

test('panels that are left out are left out for those who open the link, until they want all', async ({
  lab,
  context,
}) => {
  await lab.open('./#/lab');
  await lab.pressAndStop('l', 'Enter');
  await lab.page.keyboard.press('k');
  const dialog = dialogOf(lab.page);
  for (const name of ['Inspector', 'Rounds chart', 'Clients']) {
    await dialog.getByRole('checkbox', { name }).uncheck();
  }
  await expect(lab.inspector).toBeHidden();
  const link = await linkOf(lab.page);
  const other = await openElsewhere(context, link);
  await expect(other.inspector).toBeHidden();
  await expect(other.page.getByText('Pages per round')).toBeHidden();
  await expect(other.page.getByRole('list', { name: /^Clients of/ })).toBeHidden();
  await expect(other.timeline).toBeVisible();
  const { scrollWidth, clientWidth } = await other.page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
  await other.page.getByRole('button', { name: 'Show all panels' }).click();
  await expect(other.inspector).toBeVisible();
  await expect(other.page.getByText('Pages per round')).toBeVisible();
  await expect(other.page.getByRole('button', { name: 'Show all panels' })).toBeHidden();
  await other.page.context().close();
});

test('a link can open at the start of the run, before anybody has seen it', async ({
  lab,
  context,
}) => {
  await editedRun(lab);
  await lab.page.keyboard.press('k');
  const moment = await linkOf(lab.page);
  await dialogOf(lab.page).getByText('at the start of the run').click();
  await expect(dialogOf(lab.page).getByRole('textbox')).not.toHaveValue(moment);
  const other = await openElsewhere(context, await linkOf(lab.page));
  expect(await other.timeNs()).toBe(0);
  expect(await other.runDigest()).toBe(await lab.runDigest());
  // What happens later is not told.
  for (const line of await other.log().allInnerTexts()) expect(line).toMatch(/^0\.0+/);
  await other.page.context().close();
});

test('a link holds the storage screen too: lanes, method and moment, which stands still', async ({
  lab,
  context,
}) => {
  await lab.page.goto('./#/storage');
  const { page } = lab;
  const clockOf = (each: Page) => each.getByRole('main').getByRole('slider').first();
  await page.getByRole('button', { name: 'Move web-01' }).waitFor();
  await page.getByText('Live', { exact: true }).click();
  // It plays while the link is asked for.
  await page.keyboard.press('Space');
  await expect(clockOf(page)).not.toHaveAttribute('aria-valuetext', /^before the move/);
  const link = await shareLink(lab);
  expect(link).toContain('#/storage?1.');
  const shown = await clockOf(page).getAttribute('aria-valuetext');
  const other = await openElsewhere(context, link);
  await expect(clockOf(other.page)).toHaveAttribute('aria-valuetext', shown ?? '');
  await expect(other.page.getByRole('radio', { name: 'Live' })).toBeChecked();
  await other.page.context().close();
});

test('a link holds the Compare screen too: what differs, both values and the moment', async ({
  lab,
  context,
}) => {
  const { page } = lab;
  await lab.open('./#/compare');
  await page.getByLabel('What differs').selectOption('Migration network');
  await page.getByLabel('Second run').selectOption('25');
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  const slider = { name: 'Shown time' };
  const shown = await page.getByRole('slider', slider).getAttribute('aria-valuetext');
  expect(shown).toContain('25');
  const other = await openElsewhere(context, await shareLink(lab));
  await expect(other.page.getByRole('slider', slider)).toHaveAttribute(
    'aria-valuetext',
    shown ?? '',
  );
  await other.page.context().close();
});

test('a damaged, a newer and a foreign link say why, and open the nearest preset', async ({
  lab,
}) => {
  const message = lab.page.getByRole('alert');
  await lab.open('./#/lab?1.drain.eJydVU2PmzAQ');
  await expect(message).toContainText('The link was not taken');
  await expect(message).toContainText('It is damaged');
  await expect(message).toContainText('“Drain a node: one VM after the other” is open instead.');
  await expect(lab.vm('erp-01').first()).toBeVisible();
  await lab.page.getByRole('button', { name: 'Go on with this run' }).click();
  await expect(message).toBeHidden();

  await lab.page.goto('./#/lab?2.one-lun.what-ever.comes');
  await expect(message).toContainText('It is of version 2, and this page reads version 1.');
  await expect(message).toContainText(
    '“Two VMs on one LUN: one cannot move alone” is open instead.',
  );

  await lab.page.goto(`./#/lab?1.nothing.${'a'.repeat(17_000)}`);
  await expect(message).toContainText('characters, and at most 16,384 are read');
  await expect(message).toContainText('“Calm web server” is open instead.');
});

test('the address holds what is shown while the run stands; back and forward change the screen', async ({
  lab,
}) => {
  const { page } = lab;
  await editedRun(lab);
  await expect.poll(() => momentInAddress(page)).toBe(await lab.timeNs());
  const before = await lab.moment();
  const address = page.url();
  await page.reload();
  await lab.drawn();
  expect(await lab.moment()).toEqual(before);
  await page.getByRole('link', { name: /^LUNs/ }).click();
  await expect(page).toHaveURL(/#\/storage$/);
  await page.goBack();
  await lab.drawn();
  expect(page.url()).toBe(address);
  expect(await lab.moment()).toEqual(before);
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('What else has to move?');
  await page.goBack();
  await lab.drawn();
  // Playing on makes the address one of the Lab alone: it would lead back.
  await page.keyboard.press('c');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/lab$/);
  await lab.drawn();
  await expect(page).toHaveURL(/#\/lab\?1\./);
  expect(page.url()).not.toBe(address);
});

/** What the link in the address leads to; null without one. */
async function momentInAddress(page: Page): Promise<number | null> {
  const { link } = partsOfHash(new URL(page.url()).hash);
  const result = link === null ? null : await parseLink(link);
  return result?.ok === true ? result.shared.shownNs : null;
}

async function download(page: Page, name: string): Promise<Download> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialogOf(page).getByRole('button', { name, exact: true }).click(),
  ]);
  return file;
}

async function contentOf(
  page: Page,
  name: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const file = await download(page, name);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('the run can be saved: scenario, tables, charts, maps and this moment', async ({ lab }) => {
  const { page } = lab;
  await lab.open('./#/lab');
  await lab.pressAndStop('l', 'Enter');
  await lab.press('End', 'PageUp', 'PageUp');
  const seconds = ((await lab.timeNs()) / 1e9).toFixed(1);
  await page.keyboard.press('k');

  const scenario = await contentOf(page, 'Save Scenario with its commands as JSON');
  expect(scenario.name).toBe(`calm-web-server-${seconds}s-scenario.json`);
  expect(JSON.parse(scenario.bytes.toString())).toMatchObject({
    migrascope: 1,
    commands: [{ do: 'live-migrate', vm: 'web01', to: 'node2' }],
  });

  const rounds = await contentOf(page, 'Save Rounds as CSV');
  expect(rounds.name).toBe(`calm-web-server-${seconds}s-rounds.csv`);
  const rows = rounds.bytes.toString().split('\r\n');
  expect(rows[0]).toMatch(/durationMs,pagesSent,pagesDirtied,pagesLeft$/);
  expect(rows.filter((row) => row.includes(',round,1,'))[0]).toContain(',1048576,');

  const clients = await contentOf(page, 'Save Clients as CSV');
  expect(clients.bytes.toString()).toMatch(
    /^vm,kind,count,kept,lost,longestSilenceMs\r\nweb01,windows-lan,12,12,0,/,
  );

  const chart = await contentOf(page, 'Save Pages per round as SVG');
  const svg = chart.bytes.toString();
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('>Calm web server, ');
  expect(svg).not.toContain('var(--');
  expect(svg).not.toContain('class=');

  for (const name of [
    'This moment, with its sentence',
    'Cluster',
    'Memory of web-01 on Node 1',
    'Pages per round',
  ]) {
    const picture = await contentOf(page, `Save ${name} as PNG`);
    expect(picture.name).toMatch(/^calm-web-server-[\d.]+s-.*\.png$/);
    expect(await coloursOf(page, picture.bytes)).toBeGreaterThan(20);
  }
});

test('a figure is saved beside its numbers, with the sentence that belongs to it', async ({
  lab,
}) => {
  const { page } = lab;
  const save = async (of: string): Promise<Download> => {
    const dialog = page.getByRole('dialog', { name: `${of}, as a table` });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save picture' }).click(),
    ]);
    await expect(dialog.getByRole('status')).toHaveText(`Saved ${file.suggestedFilename()}.`);
    expect(await coloursOf(page, readFileSync(await file.path()))).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    return file;
  };
  await lab.open('./#/lab');
  await lab.pressAndStop('l', 'Enter');
  await lab.press('End');
  await page.getByRole('button', { name: 'Show numbers' }).first().click();
  expect((await save('Pages per round')).suggestedFilename()).toMatch(
    /^calm-web-server-[\d.]+s-pages-per-round\.png$/,
  );
  await page.getByRole('link', { name: 'Map' }).click();
  await page.getByRole('button', { name: 'Show numbers' }).click();
  expect((await save('Outage along the dotted line, at 1\u00a0Gbit/s')).suggestedFilename()).toBe(
    'migrascope-convergence-map.png',
  );
});

/** How many colours a picture has: one that is blank has one. */
async function coloursOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    if (context === null) return 0;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, png.toString('base64'));
}

for (const theme of ['light', 'dark'] as const) {
  test(`the dialog has no barrier, and its code is dark on light (${theme})`, async ({ lab }) => {
    const { page } = lab;
    await page.emulateMedia({ colorScheme: theme });
    await lab.open('./#/lab');
    await page.keyboard.press('k');
    await linkOf(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    const code = page.getByRole('img', { name: 'QR code of the link' });
    const fills = await code
      .locator('rect, path')
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).fill));
    expect(fills).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  });
}

test('everything in the dialog is in reach of the keyboard', async ({ lab }) => {
  const { page } = lab;
  await lab.open('./#/lab');
  await page.getByRole('button', { name: 'Share and save' }).focus();
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page);
  await linkOf(page);
  const reached = new Set<string>();
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press('Tab');
    reached.add(
      await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
      }),
    );
  }
  for (const name of ['Copy the link', 'Code as large as the window', 'Save Rounds as CSV']) {
    expect([...reached]).toContain(name);
  }
  await dialog.getByRole('checkbox', { name: 'Log' }).focus();
  await page.keyboard.press('Space');
  await expect(dialog.getByRole('checkbox', { name: 'Log' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Share and save' })).toBeFocused();
});

test('on a phone the dialog fills the screen, and the way back to all panels is in the Lab', async ({
  lab,
}) => {
  const { page } = lab;
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('./#/lab');
  await page.getByRole('button', { name: 'Scenario', exact: true }).click();
  await page.getByRole('button', { name: 'Share…' }).click();
  await linkOf(page);
  for (const control of await dialogOf(page).getByRole('button').all()) {
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  await dialogOf(page).getByRole('checkbox', { name: 'Inspector' }).uncheck();
  await dialogOf(page).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'Show all panels' }).click();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
});

test('a link holds what Compare and the map are set to', async ({ lab, context }) => {
  const { page } = lab;
  await page.goto('./#/compare');
  await page.getByLabel('What differs').selectOption({ label: 'Migration network' });
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const question = await lab.sentence.innerText();
  const clock = page.getByRole('slider', { name: /time/i }).first();
  const shown = await clock.getAttribute('aria-valuetext');
  const other = await openElsewhere(context, await shareLink(lab));
  await expect(other.sentence).toHaveText(question);
  await expect(other.page.getByRole('slider', { name: /time/i }).first()).toHaveAttribute(
    'aria-valuetext',
    shown ?? '',
  );

  await page.goto('./#/map');
  await page.getByRole('radio', { name: 'Total time' }).check();
  await other.open(await shareLink(lab));
  await expect(other.page.getByRole('radio', { name: 'Total time' })).toBeChecked();
  await other.page.context().close();
});

test('a link to the map is about the guest as the sender saw it, after a command on the way', async ({
  lab,
  context,
}) => {
  const { page } = lab;
  const rowOf = (each: Page, panel: string, row: string) =>
    each
      .getByRole('region', { name: panel, exact: true })
      .getByRole('term')
      .filter({ hasText: row })
      .locator('xpath=following-sibling::dd');
  await lab.open('./#/lab');
  await lab.pressAndStop('l', 'Enter');
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await lab.inspector.getByRole('button', { name: /^Dirty rate/ }).click();
  await lab.inspector.getByRole('textbox').fill('9000');
  await lab.inspector.getByRole('textbox').press('Enter');
  await lab.drawn();
  expect(await lab.timeNs()).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Map' }).click();
  await expect(rowOf(page, 'web-01 now', 'Dirty rate')).toHaveText(/^9,000/);
  await page.keyboard.press('m');
  await page.keyboard.press('Shift+ArrowRight');
  const pointed = await rowOf(page, 'Under the pointer', 'Dirty rate').innerText();
  const other = await openElsewhere(context, await shareLink(lab));
  await expect(rowOf(other.page, 'web-01 now', 'Dirty rate')).toHaveText(/^9,000/);
  await expect(rowOf(other.page, 'Under the pointer', 'Dirty rate')).toHaveText(pointed);
  // And after a reload, from what was kept.
  await page.reload();
  await expect(rowOf(page, 'web-01 now', 'Dirty rate')).toHaveText(/^9,000/);
  await other.page.context().close();
});
