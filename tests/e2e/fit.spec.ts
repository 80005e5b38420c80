/** What fits on the screen: on low ones the timeline above the transport, of many nodes a hint that there are more. */
import { expect, test, type LabPage } from './labPage.ts';

/** Lower edge of the timeline and upper edge of the chart, both from the upper edge of the transport; positive is above it. */
async function above(lab: LabPage): Promise<{ timeline: number; chart: number }> {
  const [timeline, chart, transport] = await Promise.all([
    lab.timeline.boundingBox(),
    lab.page.getByRole('figure', { name: /^Pages per round/ }).boundingBox(),
    lab.transport.boundingBox(),
  ]);
  if (timeline === null || chart === null || transport === null) throw new Error('not drawn');
  return {
    timeline: transport.y - (timeline.y + timeline.height),
    chart: transport.y - chart.y,
  };
}

const sizes = [
  { width: 1280, height: 720 },
  { width: 900, height: 700 },
];

for (const viewport of sizes) {
  test.describe(`at ${viewport.width} x ${viewport.height}`, () => {
    test.use({ viewport });

    test('the timeline stands above the transport, with redirected I/O and while a node is chosen', async ({
      lab,
    }) => {
      await lab.open();
      await lab.start();
      await lab.press('Home', 'Shift+ArrowRight');
      const mid = await above(lab);
      expect(mid.timeline).toBeGreaterThanOrEqual(0);
      expect(mid.chart).toBeGreaterThan(80);
      await lab.press('c');
      expect((await above(lab)).timeline).toBeGreaterThanOrEqual(0);
      await lab.press('Escape', 'i');
      await lab.openClusterPanel();
      await lab.inspector
        .getByRole('button', { name: 'Cut the storage path of Node 1' })
        .press('Enter');
      await lab.drawn();
      await lab.press('i');
      expect((await above(lab)).timeline).toBeGreaterThanOrEqual(0);
    });
  });
}

test.describe('at 1280 x 720', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('the page does not scroll in mid-run', async ({ lab }) => {
    await lab.open();
    await lab.start();
    await lab.press('Home', 'Shift+ArrowRight');
    const scrolls = () =>
      lab.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(await scrolls()).toBe(0);
    await lab.press('c');
    expect(await scrolls()).toBe(0);
  });

  test('the steps after a crash are said whole', async ({ lab }) => {
    await lab.open();
    await lab.choosePreset(/^Crash a node/);
    await lab.pressAndStop('c', 'Enter');
    await lab.press('End');
    const cut = await lab.page
      .getByRole('list', { name: 'Steps after the crash' })
      .getByRole('listitem')
      .evaluateAll((items) => items.filter((item) => item.scrollHeight > item.clientHeight).length);
    expect(cut).toBe(0);
    // No word lies under the timeline.
    const words = lab.page.getByRole('list', { name: 'Steps after the crash' });
    const [box, line] = [await words.boundingBox(), await lab.timeline.boundingBox()];
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((line?.y ?? 0) + 1);
  });
});

test('of nodes further down in their list a line says how many there are', async ({ lab }) => {
  const nodes = Array.from({ length: 16 }, (_, i) => ({ id: `n${i + 1}`, memoryMiB: 8192 }));
  const file = {
    migrascope: 1,
    nodes,
    volumes: [{ id: 'csv', kind: 'csv', owner: 'n1' }],
    vms: [{ id: 'web', node: 'n1', memoryMiB: 64, volume: 'csv' }],
  };
  await lab.open('./#/lab');
  await lab.openFile('many.json', Buffer.from(JSON.stringify(file)));
  await lab.drawn();
  const hint = lab.page.getByText(/^\d+ more below$/);
  // Rows of four.
  await expect(hint).toHaveText(/^(4|8|12) more below$/);
  await lab.node('n16').scrollIntoViewIfNeeded();
  await expect(hint).toHaveCount(0);
});
