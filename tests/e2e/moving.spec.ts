/** Choosing a VM and a node: by button, by dragging, by keyboard; and nodes that cannot take it. */
import { expect, test } from './labPage.ts';
import { small } from './smallCluster.ts';

test('a VM is dragged onto a node and moves there', async ({ lab }) => {
  await lab.open('./#/lab');
  await lab.drag(lab.vm('db-01'), lab.node('Node 3'));
  await lab.press('End');
  await expect(lab.sentence).toContainText('db-01 moved to Node 3');
});

test('a node that cannot take the VM says why before the drop, and nothing happens', async ({
  lab,
}) => {
  await lab.open('./#/lab');
  await lab.openFile('small.json', small());
  await expect(lab.node('Tight')).toBeVisible();
  await lab.drag(lab.vm('web-01'), lab.node('Tight'), async () => {
    await expect(lab.node('Tight')).toContainText('needs 64 MB');
  });
  await lab.drawn();
  expect(await lab.log().count()).toBe(0);
});

test('VMs that wait for their turn say which place in line they have', async ({ lab }) => {
  await lab.open('./#/lab');
  await lab.openFile('queue.json', small(['one', 'two']));
  await expect(lab.node('Wide')).toBeVisible();
  await lab.press('Shift+ArrowRight');
  await expect(lab.vm('one')).toContainText('1st in line');
  await expect(lab.vm('two')).toContainText('2nd in line');
  await lab.press('End');
  await expect(lab.node('Other').getByRole('button', { name: /^two/ })).toBeVisible();
});

test('a whole migration by keyboard alone', async ({ lab }) => {
  await lab.open('./#/lab');
  const { keyboard } = lab.page;
  await keyboard.press('l');
  await expect(lab.node('Node 2')).toContainText('web-01');
  await keyboard.press('Enter');
  await expect(lab.page.locator('#root')).toHaveAttribute('data-playing', 'true');
  await keyboard.press('Space');
  await lab.drawn();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight');
  await expect(lab.sentence).toContainText('Round 1');
  await lab.press('ArrowLeft', 'j', 'End');
  await expect(lab.sentence).toContainText('moved to Node 2');
});

test('cancelling in the middle leaves the VM on its node, and is part of the recording', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await lab.page.getByRole('button', { name: 'Cancel this migration' }).click();
  await lab.drawn();
  await expect(lab.sentence).toContainText(/cancelled/i);
  await expect(lab.node('Node 1').getByRole('button', { name: /^web-01/ })).toBeVisible();
  const cancelled = await lab.timeNs();
  await lab.press('Home', 'End');
  expect(await lab.timeNs()).toBe(cancelled);
});
