/** Changing the set-up: before the start it is another plan, during the run it is a command in the recording. */
import { expect, test, type LabPage } from './labPage.ts';

async function enter(lab: LabPage, name: RegExp, value: string): Promise<void> {
  await lab.inspector.getByRole('button', { name }).click();
  const field = lab.inspector.getByRole('textbox');
  await field.fill(value);
  await field.press('Enter');
  await lab.drawn();
}

test('a limit of two rounds, set before the start, decides the run', async ({ lab }) => {
  await lab.open('./#/lab');
  await enter(lab, /^or rounds reach/, '2');
  await lab.page
    .getByRole('button', { name: /^Live-migrate web-01 to Node 2/ })
    .first()
    .click();
  await lab.transport.getByRole('button', { name: 'Pause' }).click();
  await lab.drawn();
  await lab.press('j');
  await expect(lab.sentence).toContainText('after 2 rounds');
  await lab.press('End');
  await expect(lab.log().filter({ hasText: 'settings change' })).toHaveCount(0);
});

test('a change in the middle changes only what comes after it', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(lab.sentence).toContainText('Round 2');
  const before = await lab.moment();
  const plan = await lab.runDigest();
  await enter(lab, /^Migration network/, '10');
  expect(await lab.runDigest()).not.toBe(plan);
  await expect(lab.log().first()).toContainText('migration network 1,170 MB/s');
  expect(await lab.moment()).toMatchObject({ sentence: (before as { sentence: string }).sentence });
  await lab.press('ArrowLeft', 'ArrowRight', 'End');
  await expect(lab.sentence).toContainText('Both memories are the same');
  const elapsed = Number.parseFloat(await lab.readout('Elapsed').innerText());
  // 44.1 s to the end of round 2 alone, had the network stayed as it was.
  expect(elapsed).toBeLessThan(42);
});

test('the memory of a VM is fixed once the run has begun, and says so', async ({ lab }) => {
  await lab.open('./#/lab');
  await enter(lab, /^Memory/, '2');
  await expect(lab.inspector.getByRole('button', { name: /^Memory/ })).toContainText('2 GB');
  await lab.open();
  await lab.start();
  await expect(lab.inspector.getByText('Fixed once the run has begun.')).toBeVisible();
});
