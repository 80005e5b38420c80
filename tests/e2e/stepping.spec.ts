/** Forward, back, scrub, jump: any moment, exactly. */
import { expect, test } from './labPage.ts';

for (const [unit, forward, back] of [
  ['step', 'A step on', 'Back a step'],
  ['round', 'Next round', 'Back a round'],
] as const) {
  test(`a ${unit} forward and back leads through the same pictures`, async ({ lab }) => {
    await lab.open();
    await lab.start();
    await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
    const seen: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      seen.push(await lab.moment());
      await lab.click(forward);
    }
    expect(new Set(seen.map((moment) => JSON.stringify(moment))).size).toBe(5);
    for (const moment of seen.toReversed()) {
      await lab.click(back);
      expect(await lab.moment()).toEqual(moment);
    }
  });
}

test('dragging along the timeline goes to that moment and pauses', async ({ lab }) => {
  await lab.open();
  await lab.start();
  const box = await lab.timeline.boundingBox();
  if (box === null) throw new Error('no timeline');
  const { mouse } = lab.page;
  await mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await mouse.down();
  for (const share of [0.3, 0.5, 0.42]) {
    await mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 4 });
  }
  await mouse.up();
  await lab.drawn();
  const scrubbed = await lab.moment();
  const ns = await lab.timeNs();
  expect(ns).toBeGreaterThan(30e9);
  await lab.press('End', 'Home');
  expect(await lab.timeNs()).toBe(0);
  const again = await lab.timeline.boundingBox();
  expect(again).toEqual(box);
  await mouse.click(box.x + box.width * 0.42, box.y + box.height / 2);
  await lab.drawn();
  expect(await lab.timeNs()).toBe(ns);
  expect(await lab.moment()).toEqual(scrubbed);
});

test('the timeline is a slider for the keyboard, and says where it stands', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.timeline.focus();
  await lab.press('Home');
  await expect(lab.timeline).toHaveAttribute('aria-valuetext', /^Setup, 0%/);
  await lab.press('End');
  await expect(lab.timeline).toHaveAttribute('aria-valuetext', /100%/);
});

test('jump to switchover shows the VM paused, the next steps the blackout, then the resumed VM', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  await lab.press('j');
  await expect(lab.sentence).toContainText(/paus/);
  await expect(lab.node('Node 1').getByText('blackout')).toBeVisible();
  await lab.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(lab.sentence).toContainText('web-01 runs on Node 2 after a blackout');
});

test('a line of the log leads to its moment', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('End');
  await lab.log().filter({ hasText: 'Round 3 sends' }).click();
  await lab.drawn();
  await expect(lab.sentence).toContainText('Round 3 sends');
});

test('pointing at a cell lights it in both maps and opens its pages', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('End', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft');
  const map = lab.page.getByRole('application', { name: 'Memory of web-01 on Node 1' });
  await map.hover({ position: { x: 30, y: 30 } });
  await lab.drawn();
  const lens = lab.inspector.getByRole('region', { name: 'Pages of a cell' });
  await expect(lens).toContainText(/Cell [\d,]+, at [\d,.]+\sMB: \d+ of 128 dirty/);
  await map.focus();
  const before = await lens.innerText();
  await lab.press('ArrowRight');
  await expect(lens).not.toHaveText(before);
});
