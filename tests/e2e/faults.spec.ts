/** Bad input, a failing worker, other hosts. */
import { expect, test } from './labPage.ts';

test('an invalid file is refused with the path of every fault, and the old run stays', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  const digest = await lab.runDigest();
  const bad = { migrascope: 1, nodes: [{ id: 'n', memoryMiB: -1 }], colour: 'red' };
  await lab.openFile('bad.json', Buffer.from(JSON.stringify(bad)));
  const message = lab.page.getByRole('alert');
  await expect(message).toContainText('nodes[0].memoryMiB');
  await expect(message).toContainText('colour');
  expect(await lab.runDigest()).toBe(digest);
});

test('a value that is not allowed is refused beside its control', async ({ lab }) => {
  await lab.open('./#/lab');
  const control = lab.inspector.getByRole('button', { name: /^Migration network/ });
  const before = await control.innerText();
  for (const entry of ['abc', '-5', '0', '1e999', 'NaN', '']) {
    await control.click();
    const field = lab.inspector.getByRole('textbox');
    await field.fill(entry);
    await field.press('Enter');
    if (await field.isVisible()) await field.press('Escape');
    await expect(control).toHaveText(before);
  }
  await lab.drawn();
});

test('a worker that fails is told, and the run starts again from its recording', async ({
  page,
  baseURL,
}) => {
  // A worker that breaks on its first command; after the restart the real one is served.
  let broken = true;
  await page.route(/simulation\.worker/, async (route) => {
    if (!broken) return route.continue();
    broken = false;
    return route.fulfill({
      contentType: 'text/javascript',
      body: 'onmessage = () => { throw new Error("planted"); };',
    });
  });
  await page.goto(baseURL ?? './');
  await expect(page.getByRole('alert')).toContainText('planted');
  await page.getByRole('button', { name: /Restart/ }).click();
  await expect(page.locator('#root')).toHaveAttribute('data-complete', 'true');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
