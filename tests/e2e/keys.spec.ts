/** What keys do on controls: arrows walk every slider, and Space plays after any choice made with the mouse. */
import type { Locator, Page } from '@playwright/test';
import { expect, test, type LabPage } from './labPage.ts';

/** The shown figure of a slider, in the smallest of its units. */
async function figureOf(slider: Locator): Promise<number> {
  const text = (await slider.getAttribute('aria-valuetext')) ?? '';
  const [, figure = '', unit = ''] = /([\d.,]+)\s*([A-Za-z]*)/.exec(text) ?? [];
  return Number(figure.replaceAll(',', '')) * (unit === 'GB' ? 1024 : 1);
}

/** The most that are pressed in a walk: the whole of every slider but the finest, whose whole range a component test walks. */
const MOST_PRESSES = 50;

/** Figures on the way to the end of the range, while a key is held down. */
async function walk(page: Page, slider: Locator, key: string): Promise<number[]> {
  const figures = [await figureOf(slider)];
  for (let press = 0; press < MOST_PRESSES; press++) {
    await page.keyboard.down(key);
    const figure = await figureOf(slider);
    if (figure === figures.at(-1)) break;
    figures.push(figure);
  }
  await page.keyboard.up(key);
  return figures;
}

function rising(figures: readonly number[]): boolean {
  return figures.every((figure, place) => place === 0 || figure > (figures[place - 1] ?? 0));
}

const screens: Readonly<Record<string, { readonly open: string; readonly sliders: number }>> = {
  Lab: { open: './#/lab', sliders: 5 },
  Compare: { open: './#/compare', sliders: 2 },
  LUNs: { open: './#/storage', sliders: 3 },
};

for (const [name, { open, sliders }] of Object.entries(screens)) {
  test(`${name}: arrows walk every slider up and down, step by step, and lead to both ends`, async ({
    lab,
    page,
  }) => {
    await lab.open(open);
    const all = page.locator('input[type=range]');
    await expect(all).toHaveCount(sliders);
    for (const slider of await all.all()) {
      await slider.focus();
      await page.keyboard.press('Home');
      const least = await figureOf(slider);
      const up = await walk(page, slider, 'ArrowRight');
      expect(up.length).toBeGreaterThan(8);
      expect(rising(up)).toBe(true);
      expect(await walk(page, slider, 'ArrowDown')).toEqual(up.toReversed());
      expect(await figureOf(slider)).toBe(least);
      await page.keyboard.press('End');
      const most = await figureOf(slider);
      expect(most).toBeGreaterThanOrEqual(up.at(-1) ?? 0);
      expect(rising((await walk(page, slider, 'ArrowLeft')).toReversed())).toBe(true);
      await page.keyboard.press('End');
      await walk(page, slider, 'ArrowUp');
      expect(await figureOf(slider)).toBe(most);
    }
  });
}

test('Page keys move a slider of values by ten steps', async ({ lab, page }) => {
  await lab.open('./#/lab');
  const slider = lab.inspector.getByRole('slider', { name: 'Dirty rate' });
  await slider.focus();
  await page.keyboard.press('PageUp');
  await expect(slider).toHaveAttribute('aria-valuetext', '26,000\u00a0pages/s');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await expect(slider).toHaveAttribute('aria-valuetext', '9,600\u00a0pages/s');
});

test('the ring of the focus leaves the label of a slider whole', async ({ lab, page }) => {
  await lab.open('./#/lab');
  for (const label of ['Memory', 'Dirty rate', 'Working set', 'Migration network']) {
    const slider = lab.inspector.getByRole('slider', { name: label });
    await slider.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(slider).toBeFocused();
    const gap = await slider.evaluate((input) => {
      const style = getComputedStyle(input);
      const ring = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
      const words = document.createRange();
      words.selectNodeContents(input.parentElement!.querySelector('.typed__label')!);
      return input.getBoundingClientRect().top - ring - words.getBoundingClientRect().bottom;
    });
    expect(gap).toBeGreaterThanOrEqual(-1);
  }
});

test('the wheel changes no value', async ({ lab, page }) => {
  await lab.open('./#/lab');
  const values = () =>
    page
      .locator('main input, main select, dialog input, dialog select')
      .evaluateAll((controls) =>
        controls.map((control) => (control as HTMLInputElement | HTMLSelectElement).value),
      );
  const turnOver = async (controls: Locator) => {
    for (const control of await controls.all()) {
      await control.focus();
      await control.hover();
      await page.mouse.wheel(0, 120);
    }
  };
  const before = await values();
  await turnOver(page.locator('main select, main input[type=range]'));
  expect(await values()).toEqual(before);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit the cluster' });
  for (const tab of ['Nodes', 'VMs', 'Network and failover']) {
    await dialog.getByRole('tab', { name: tab }).click();
    const edited = await values();
    const fields = dialog.locator('input:visible');
    expect(await fields.count()).toBeGreaterThan(2);
    await turnOver(fields);
    // The browser takes its time to turn a wheel into a change.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    expect(await values()).toEqual(edited);
  }
});

async function isPlaying(lab: LabPage): Promise<boolean> {
  return lab.transport.getByRole('button', { name: 'Pause' }).isVisible();
}

/** Presses Space: the run plays, and stops again. */
async function playsWithSpace(lab: LabPage): Promise<void> {
  await lab.page.keyboard.press('Space');
  await expect(lab.transport.getByRole('button', { name: 'Pause' })).toBeVisible();
  await lab.page.keyboard.press('Space');
  await expect(lab.transport.getByRole('button', { name: 'Play' })).toBeVisible();
}

const chosenByMouse =
  ':is(main, aside) :is(select, input[type=radio], input[type=checkbox], input[type=range], [role=tab], summary)';

test('Space plays after every choice that was made with the mouse', async ({ lab, page }) => {
  test.setTimeout(90_000);
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  const count = await page.locator(chosenByMouse).count();
  expect(count).toBeGreaterThan(8);
  for (let place = 0; place < count; place++) {
    const control = page.locator(chosenByMouse).nth(place);
    if (!(await control.isVisible())) continue;
    const isList = (await control.evaluate(({ tagName }) => tagName)) === 'SELECT';
    // What is drawn for a radio button or a tick is its label.
    await (
      (await control.evaluate((input) => input.matches('[type=radio], [type=checkbox]')))
        ? control.locator('xpath=ancestor::label').first()
        : control
    ).click({ force: true });
    if (isList) {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await lab.drawn();
    await lab.press('Home', 'Shift+ArrowRight');
    await test.step((await control.getAttribute('aria-label')) ?? `control ${place}`, () =>
      playsWithSpace(lab),
    );
  }
});

test('Space is the own key of what was reached with Tab', async ({ lab, page }) => {
  await lab.open();
  await lab.start();
  const list = lab.inspector.getByRole('combobox').first();
  await list.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(list).toBeFocused();
  await page.keyboard.press('Space');
  expect(await isPlaying(lab)).toBe(false);
  await page.keyboard.press('Escape');
  const button = lab.transport.getByRole('button', { name: 'Start of the run' });
  await button.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await lab.drawn();
  expect(await isPlaying(lab)).toBe(false);
  expect(await lab.timeNs()).toBe(0);
});
