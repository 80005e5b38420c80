/** From the landing button to the end of the run. */
import { readFile } from 'node:fs/promises';
import { simulate } from '../../src/engine/index.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { expect, test } from './labPage.ts';

test('one press really migrates a VM of 4 GB, and both memories are the same', async ({ lab }) => {
  await lab.open();
  await expect(lab.sentence).toHaveText('Move a running server without anyone noticing.');
  await lab.page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).click();
  await expect(lab.sentence).toContainText('Round 1 sends 1,048,576 pages: all that web-01 holds');
  await lab.press('9');
  await expect(lab.page.locator('#root')).toHaveAttribute('data-playing', 'false', {
    timeout: 20_000,
  });
  await expect(lab.sentence).toContainText('web-01 moved to Node 2');
  await expect(lab.sentence).toContainText('Both memories are the same');
  const outage = Number.parseFloat(await lab.readout('Outage so far').innerText());
  expect(outage).toBeGreaterThan(0);
  expect(outage).toBeLessThan(0.5);
  await expect(lab.node('Node 2').getByRole('button', { name: /^web-01/ })).toBeVisible();
});

test('Space does the same as the button', async ({ lab }) => {
  await lab.open();
  await lab.page.keyboard.press('Space');
  await expect(lab.page.locator('#root')).toHaveAttribute('data-playing', 'true');
  await lab.press('Space');
  await expect(lab.sentence).toContainText('web-01');
});

test('the saved recording gives the same digest on the command line and when it is opened again', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  await lab.page.getByRole('button', { name: 'Scenario', exact: true }).click();
  const [download] = await Promise.all([
    lab.page.waitForEvent('download'),
    lab.page.getByText(/^Save/).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const digest = await lab.runDigest();
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(simulate(parsed.scenario).digest).toBe(digest);

  await lab.open();
  await lab.openFile('again.json', Buffer.from(text));
  await expect.poll(() => lab.runDigest()).toBe(digest);
});

for (const [name, gigabytes] of [
  [/^Small/, '4,096 pages'],
  [/^Big but calm/, '16,777,216 pages'],
] as const) {
  test(`a VM of ${gigabytes} is moved too (${name.source})`, async ({ lab }) => {
    await lab.open();
    await lab.choosePreset(name);
    const action = lab.page.getByRole('button', { name: /^Live-migrate \S+ to Node 2/ }).first();
    await action.click();
    await lab.transport.getByRole('button', { name: 'Pause' }).click();
    await lab.drawn();
    await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await expect(lab.sentence).toContainText(gigabytes);
    await lab.press('End');
    await expect(lab.sentence).toContainText('Both memories are the same');
  });
}

test('a run that does not converge ends by the round limit and says so', async ({ lab }) => {
  await lab.open();
  await lab.choosePreset(/^Busy database/);
  await lab.page
    .getByRole('button', { name: /^Live-migrate \S+ to Node 2/ })
    .first()
    .click();
  await lab.transport.getByRole('button', { name: 'Pause' }).click();
  await lab.drawn();
  await lab.press('j');
  await expect(lab.sentence).toContainText('after 10 rounds');
  await lab.press('End');
  expect(Number.parseFloat(await lab.readout('Outage so far').innerText())).toBeGreaterThan(15);
});

test('the list of keys leads to the licences of what the page ships, in a window of their own', async ({
  lab,
}) => {
  await lab.open();
  await lab.press('?');
  const [opened] = await Promise.all([
    lab.page.waitForEvent('popup'),
    lab.page.getByRole('dialog', { name: 'Keys' }).getByRole('link', { name: 'Licences' }).click(),
  ]);
  await expect(opened.getByText('SIL OPEN FONT LICENSE').first()).toBeVisible();
  await expect(opened.getByText('## zustand')).toBeVisible();
});
