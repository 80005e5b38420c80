/** What a whole cluster can meet: quick migration, crashes, maintenance, cut cables; all by keyboard, as a person would. */
import { expect, test } from './labPage.ts';

test('a quick migration by keyboard stops the VM, and brings both memories back alike', async ({
  lab,
}) => {
  await lab.open('./#/lab');
  await lab.pressAndStop('q', 'Enter');
  await lab.press('Home');
  await expect(lab.sentence).toContainText('web-01 is stopped, and Node 1 writes its 4 GB');
  await lab.press('j');
  await expect(lab.sentence).toContainText('Node 2 reads the 4 GB of web-01 back');
  await expect(lab.readout('Outage so far')).toHaveText('16.0 s');
  await lab.press('PageDown');
  // 8 s per GB.
  await expect(lab.sentence).toContainText('web-01 runs on Node 2 after an outage of 32.0 s');
  await expect(lab.sentence).toContainText('12 of 24 connections are lost');
  await expect(lab.sentence).toContainText('Both memories are the same');
  await expect(lab.node('Node 2').getByRole('button', { name: /^web-01/ })).toBeVisible();
});

test('a VM that shares its LUN takes the other along, and says why', async ({ lab }) => {
  await lab.open();
  await lab.choosePreset(/^Two VMs on one LUN/);
  await lab.inspector.getByRole('button', { name: 'Live migrate…' }).hover();
  await expect(lab.inspector.getByText(/LUN 1 holds db-01 too/)).toBeVisible();
  // By keyboard each node says it, and the focus goes back to where it was.
  const crash = lab.inspector.getByRole('button', { name: 'Crash a node…' });
  await crash.focus();
  await lab.press('l');
  await expect(
    lab.node('Node 2').getByRole('button', { name: /LUN 1 holds db-01 too/ }),
  ).toBeFocused();
  await lab.press('Escape');
  await expect(crash).toBeFocused();
  await lab.pressAndStop('q', 'Enter');
  await lab.press('Home');
  await lab.vm('db-01').click();
  await lab.drawn();
  await expect(lab.sentence).toContainText('It has to go along: LUN 1 can have one owner only');
  await lab.press('End');
  for (const name of [/^web-01/, /^db-01/]) {
    await expect(lab.node('Node 2').getByRole('button', { name })).toBeVisible();
  }
});

test('a node is crashed by keyboard, and its VM starts again on another one from its disk', async ({
  lab,
}) => {
  await lab.open();
  await lab.choosePreset(/^Crash a node/);
  await lab.pressAndStop('c', 'Enter');
  await lab.press('Home');
  const lost = lab.inspector.getByRole('region', { name: 'Lost' });
  await expect(lab.sentence).toContainText('web-01 stops without warning: Node 1 is down');
  await expect(lost).toContainText('12 GB of memory in 2 VMs');
  await lab.press('PageDown');
  await expect(lab.sentence).toContainText('Node 1 missed 5 heartbeats');
  await lab.press('PageDown');
  await expect(lab.sentence).toContainText(/web-01 comes online on Node \d/);
  await lab.press('PageDown');
  await expect(lab.sentence).toContainText('as after a power cut');
  await lab.press('PageDown');
  // 5 s of heartbeats, 2 s to regroup, 1 s of configuration, 60 s to boot.
  await expect(lab.sentence).toContainText(/web-01 runs again on Node \d after 68\.0\ss/);
  // The Linux clients ask still: they are refused a little later.
  await expect(lab.sentence).toContainText('12 of 24 connections are lost so far');
  await lab.press('End');
  await expect(lab.sentence).toContainText('all connections from before are lost');
  await expect(lost).toContainText('12 Windows: 12 lost, 12 reconnected');
});

test('one step back undoes a crash', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  const before = await lab.timeNs();
  await lab.pressAndDraw('c', 'Enter');
  await expect(lab.node('Node 1')).toContainText('down since');
  expect(await lab.timeNs()).toBe(before);
  await lab.press('ArrowLeft');
  await expect(lab.node('Node 1')).not.toContainText('down since');
  await expect(lab.sentence).toContainText('Round 1');
});

test('the VMs of a drained node leave one at a time, and the one that fits nowhere stays', async ({
  lab,
}) => {
  await lab.open();
  await lab.choosePreset(/^Drain a node/);
  await lab.openClusterPanel();
  await lab.inspector.getByRole('button', { name: 'Drain Node 1' }).press('Enter');
  await lab.transport.getByRole('button', { name: 'Pause' }).click();
  await lab.drawn();
  await lab.press('Home', 'Shift+ArrowRight');
  await lab.vm('file-01').click();
  await lab.drawn();
  await expect(lab.sentence).toContainText('file-01 keeps running and is 2nd in line');
  await lab.press('End');
  await expect(lab.sentence).toContainText('file-01 moved to Node 2 with a blackout of');
  await expect(lab.sentence).toContainText('erp-01 cannot leave Node 1: erp-01 needs 20 GB');
  await expect(lab.node('Node 1').getByRole('button', { name: /^web-01/ })).toHaveCount(0);
  await expect(lab.node('Node 1').getByRole('button', { name: /^erp-01/ })).toBeVisible();
  await lab
    .node('Node 1')
    .getByRole('button', { name: /^erp-01/ })
    .click();
  await lab.drawn();
  await expect(lab.sentence).toContainText('erp-01 cannot leave Node 1: erp-01 needs 20 GB');
});

test('a cut storage path leads the disk through the coordinator, and repairing it back', async ({
  lab,
}) => {
  await lab.open();
  await lab.choosePreset(/^Cluster Shared Volume/);
  await lab.vm('app-01').click();
  await lab.openClusterPanel();
  const { inspector } = lab;
  await inspector.getByRole('button', { name: 'Cut the storage path of Node 3' }).press('Enter');
  await lab.drawn();
  await expect(lab.sentence).toContainText('The disk of app-01 is reached through Node 1');
  // That took no time: there is nothing to play yet, and the first move is offered still.
  await expect(
    lab.transport.getByRole('button', { name: /^Live-migrate app-01 to/ }),
  ).toBeVisible();
  await inspector.getByRole('button', { name: 'Repair the storage path of Node 3' }).press('Enter');
  await lab.drawn();
  await expect(lab.sentence).toContainText('The disk of app-01 is reached directly again');
  await expect(inspector.getByText('Running on Node 3')).toBeVisible();
});

test('what is not possible keeps the focus and says why', async ({ lab }) => {
  await lab.open();
  await lab.choosePreset(/^Cluster Shared Volume/);
  await lab.openClusterPanel();
  const convert = lab.inspector.getByRole('button', { name: /^Make it a cluster disk/ });
  // A focus that comes by keyboard, not after a click.
  await lab.page.keyboard.press('Tab');
  await convert.focus();
  await expect(lab.inspector.getByText(/^Its VMs run on Node 1 and Node 3/)).toBeVisible();
  await convert.press('Enter');
  await expect(convert).toBeFocused();
  expect(await lab.log().count()).toBe(0);
});
