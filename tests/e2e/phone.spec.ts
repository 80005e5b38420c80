/** The page on a phone: tabs, a transport that stays, targets large enough for a thumb. */
import { expect, test } from './labPage.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, deviceScaleFactor: 2 });

test('a migration is started, stepped and read through the tabs', async ({ lab }) => {
  await lab.open();
  await lab.page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).tap();
  await lab.transport.getByRole('button', { name: 'Pause' }).tap();
  await lab.drawn();
  const parts = lab.page.getByRole('navigation', { name: 'Parts of the Lab' });
  for (const name of ['Cluster', 'Rounds', 'Settings', 'Memory']) {
    const part = parts.getByRole('button', { name });
    await part.tap();
    await expect(part).toHaveAttribute('aria-current', 'true');
    await expect(lab.transport).toBeInViewport({ ratio: 1 });
  }
  await expect(
    lab.page.getByRole('application', { name: 'Memory of web-01 on Node 2' }),
  ).toBeVisible();
  const before = await lab.timeNs();
  await lab.transport.getByRole('button', { name: 'A step on' }).tap();
  await lab.drawn();
  expect(await lab.timeNs()).toBeGreaterThan(before);
});

test('what is tapped is at least 44 px high and wide', async ({ lab }) => {
  await lab.open();
  await lab.page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).tap();
  await lab.transport.getByRole('button', { name: 'Pause' }).tap();
  await lab.drawn();
  const targets = [
    ...(await lab.transport.getByRole('button').all()),
    ...(await lab.page.getByRole('navigation').getByRole('button').all()),
    ...(await lab.page.getByRole('banner').getByRole('button').all()),
  ];
  expect(targets.length).toBeGreaterThanOrEqual(12);
  for (const target of targets) {
    const box = await target.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThanOrEqual(44);
  }
});

test('a quick migration fits on the screen in all its phases', async ({ lab }) => {
  await lab.open('./#/lab');
  const parts = lab.page.getByRole('navigation', { name: 'Parts of the Lab' });
  await parts.getByRole('button', { name: 'Cluster' }).tap();
  await lab.page.getByRole('button', { name: 'Quick migrate…' }).tap();
  await lab.node('Node 2').getByRole('button', { name: 'drop web-01 here' }).tap();
  await lab.transport.getByRole('button', { name: 'Pause' }).tap();
  await parts.getByRole('button', { name: 'Memory' }).tap();
  await lab.drawn();
  await lab.press('Home');
  // Saving, reading back, and after it.
  for (let phase = 0; phase < 3; phase++) {
    const [outage, timeline] = await Promise.all([
      lab.readout('Outage').boundingBox(),
      lab.timeline.boundingBox(),
    ]);
    if (outage === null || timeline === null) throw new Error('not drawn');
    // The readouts below the maps stand above the timeline.
    expect(outage.y + outage.height, await lab.sentence.innerText()).toBeLessThan(timeline.y);
    await lab.press('PageDown');
  }
});
