/** Rewind, change something, go on: the run as it was stays as a branch, a ghost behind the new one. */
import { expect, LabPage, seriousFindings, test } from './labPage.ts';

/** The run has been seen to its end; half of the first round is shown again, and its network is five times as fast. */
async function fork(lab: LabPage): Promise<void> {
  await lab.start();
  await lab.press('End', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await type(lab, '5');
}

/** The network of the inspector, in Gbit/s. */
async function type(lab: LabPage, gbit: string): Promise<void> {
  await lab.inspector.getByRole('button', { name: /^Migration network:/ }).click();
  await lab.inspector.getByRole('textbox', { name: 'Migration network' }).fill(gbit);
  await lab.page.keyboard.press('Enter');
  await lab.drawn();
}

const branches = ({ inspector }: LabPage) => inspector.getByRole('list', { name: 'Branches' });
const branch = (lab: LabPage, name: string) =>
  branches(lab).getByRole('button', { name: new RegExp(`^${name}`) });
const ghost = ({ page }: LabPage) => page.getByRole('img', { name: /^Ghost: / });
const news = ({ page }: LabPage, text: string) =>
  page.getByRole('status').filter({ hasText: text });

test('a change in the past leaves the old future as a ghost; chosen again it is as before', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  await lab.press('End');
  const old = await lab.runDigest();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  const here = await lab.moment();
  await expect(branches(lab)).toHaveCount(0);
  await expect(ghost(lab)).toHaveCount(0);

  await type(lab, '5');
  const told = 'A branch was made: the run as it was stays as Branch 1.';
  await expect(news(lab, told)).toHaveCount(1);
  const made = await lab.runDigest();
  expect(made).not.toBe(old);
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 1, 6 rounds, blackout 0\.32\ss\.$/);
  const chart = lab.page.getByRole('img', { name: /Rounds stop at .* Ghost: Branch 1, 6 rounds/ });
  await expect(chart.locator('[data-ghost]')).toHaveCount(7);
  await expect(branch(lab, 'Branch 2')).toHaveAttribute('aria-current', 'true');
  await expect(branch(lab, 'Branch 2')).toContainText('Migration network 5 Gbit/s at 2.0 s');

  await branch(lab, 'Branch 1').click();
  await lab.drawn();
  expect(await lab.runDigest()).toBe(old);
  expect(await lab.moment()).toEqual(here);
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 2, 2 rounds/);

  // The name beside the lane leads to the ghost.
  await lab.page.getByRole('button', { name: 'Branch 2', exact: true }).click();
  await lab.drawn();
  expect(await lab.runDigest()).toBe(made);
});

test('a command at the end of what was seen goes on without a branch', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await type(lab, '5');
  await lab.press('End');
  await expect(branches(lab)).toHaveCount(0);
});

test('a branch that is pointed at is the ghost meanwhile', async ({ lab }) => {
  await lab.open();
  await fork(lab);
  await lab.press('End', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await type(lab, '2');
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 2,/);
  await branch(lab, 'Branch 1').hover();
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 1,/);
  await lab.sentence.hover();
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 2,/);
});

test('branches are called something, and dropped', async ({ lab }) => {
  await lab.open();
  await fork(lab);
  const list = branches(lab);
  await list.getByRole('button', { name: 'Rename Branch 1' }).click();
  await lab.page.keyboard.type('Slow network');
  await lab.page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: 'Rename Slow network' })).toBeFocused();
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Slow network,/);
  await lab.page.keyboard.press('Enter');
  await lab.page.keyboard.type('Something else');
  await lab.page.keyboard.press('Escape');
  await expect(branch(lab, 'Slow network')).toBeVisible();

  await expect(list.getByRole('button', { name: 'Drop Branch 2' })).toHaveAccessibleDescription(
    'It is shown: choose another branch first.',
  );
  await list.getByRole('button', { name: 'Drop Slow network' }).click();
  await expect(news(lab, 'Slow network was dropped.')).toHaveCount(1);
  await expect(list).toHaveCount(0);
  await expect(ghost(lab)).toHaveCount(0);
});

test('undo and redo by key and by button', async ({ lab }) => {
  await lab.open();
  await lab.start();
  await lab.press('End');
  const before = await lab.runDigest();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await type(lab, '5');
  const after = await lab.runDigest();
  const forkNs = await lab.timeNs();
  await lab.press('End', 'Control+z');
  expect(await lab.runDigest()).toBe(before);
  expect(await lab.timeNs()).toBe(forkNs);
  await lab.press('Control+Shift+z');
  expect(await lab.runDigest()).toBe(after);
  await lab.press('Control+z', 'Control+z');
  await expect(lab.sentence).toContainText('Live-migrate it');
  expect(await lab.timeNs()).toBe(0);
  const undo = lab.transport.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveAccessibleDescription('There is nothing to undo.');
  await lab.click('Redo');
  await lab.press('Control+y');
  expect(await lab.runDigest()).toBe(after);
  const redo = lab.transport.getByRole('button', { name: 'Redo' });
  await expect(redo).toHaveAccessibleDescription('Nothing was undone.');
});

test('undo takes an edit before the start back, and is the own of a text field', async ({
  lab,
}) => {
  await lab.open('./#/lab');
  await type(lab, '5');
  const value = lab.inspector.getByRole('button', { name: /^Migration network:/ });
  await value.click();
  await lab.page.keyboard.type('7');
  await lab.page.keyboard.press('Control+z');
  await lab.page.keyboard.press('Escape');
  await expect(value).toHaveText(/^5\s/);
  await lab.press('Control+z');
  await expect(value).toHaveText(/^1\s/);
  await lab.press('Control+Shift+z');
  await expect(value).toHaveText(/^5\s/);
});

test('branches survive a reload, another scenario ends them', async ({ lab }) => {
  await lab.open();
  await fork(lab);
  const made = await lab.runDigest();
  const here = await lab.moment();
  const words = await branches(lab).innerText();
  await lab.page.reload();
  await lab.drawn();
  expect(await lab.runDigest()).toBe(made);
  expect(await lab.moment()).toEqual(here);
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 1, 6 rounds/);
  expect(await branches(lab).innerText()).toBe(words);
  await lab.press('Control+z');
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 2, 2 rounds/);

  // Redo too, also long after, when the address holds the shown run.
  await expect(lab.page).toHaveURL(/#\/lab\?/);
  await lab.page.reload();
  await lab.drawn();
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 2, 2 rounds/);
  await lab.press('Control+y');
  expect(await lab.runDigest()).toBe(made);

  await lab.page.getByRole('button', { name: 'Scenario', exact: true }).click();
  await lab.page.getByRole('button', { name: /^Small: 16 MB/ }).click();
  await lab.drawn();
  await expect(branches(lab)).toHaveCount(0);
  await expect(lab.transport.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(
    'There is nothing to undo.',
  );
});

test('a link opens the shown branch elsewhere, called as here, without the branches there', async ({
  lab,
  context,
}) => {
  await lab.open();
  await fork(lab);
  const made = await lab.runDigest();
  await expect(lab.page).toHaveURL(/#\/lab\?/);
  const other = await context.browser()!.newContext({ viewport: { width: 1440, height: 900 } });
  const there = new LabPage(await other.newPage());
  await there.open();
  await fork(there);
  await there.press('End', 'Home', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await type(there, '2');
  await expect(branches(there).getByRole('listitem')).toHaveCount(3);
  await there.open(lab.page.url());
  expect(await there.runDigest()).toBe(made);
  await expect(branches(there).getByRole('listitem')).toHaveCount(1);
  await expect(branch(there, 'Migration network 5\\sGbit/s at 2.0\\ss')).toContainText(
    'Live-migrate',
  );
  await expect(ghost(there)).toHaveCount(0);
  await other.close();
});

test('a crash left behind is a ghost of its steps, and its node is up again in the other branch', async ({
  lab,
}) => {
  await lab.open();
  await lab.start();
  await lab.press('End');
  const old = await lab.runDigest();
  await lab.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'c', 'Enter');
  await lab.press('End');
  await expect(lab.page.getByRole('list', { name: 'Steps after the crash' })).toBeVisible();
  await expect(ghost(lab)).toHaveAccessibleName(/^Ghost: Branch 1, 6 rounds, blackout 0\.32\ss\.$/);
  await lab.page.getByRole('button', { name: 'Branch 1', exact: true }).click();
  await lab.drawn();
  expect(await lab.runDigest()).toBe(old);
  await expect(ghost(lab)).toHaveAccessibleName(
    /^Ghost: Branch 2, crash at 2\.0\ss, runs again after 68\.0\ss\. Not noticed 5\.0\ss, Regroup 2\.0\ss/,
  );
  await expect(ghost(lab)).toContainText('Boot 60.0');
  await expect(branch(lab, 'Branch 2')).toContainText('runs again after 68.0');
});

test('a message leaves the line on what to look for in sight', async ({ lab }) => {
  await lab.open('./#/lab?broken');
  await expect(lab.page.getByRole('alert')).toContainText('The link was not taken');
  const line = lab.page.getByText('Each round has less to send than the one before');
  const timeline = lab.page.getByRole('slider', { name: 'Timeline' });
  const [text, track] = [await line.boundingBox(), await timeline.boundingBox()];
  expect(text!.y + text!.height).toBeLessThanOrEqual(track!.y);
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [390, 844],
] as const) {
  test(`at ${width} x ${height} the ghost is in sight, and axe finds nothing serious`, async ({
    lab,
  }) => {
    await lab.open();
    await fork(lab);
    await lab.page.setViewportSize({ width, height });
    await lab.drawn();
    // On phones the list is under the rounds.
    const rounds = lab.page.getByRole('button', { name: 'Rounds', exact: true });
    if (width < 640) await rounds.click();
    await expect(ghost(lab)).toBeInViewport({ ratio: 1 });
    expect(await seriousFindings(lab.page)).toEqual([]);
    const overflow = await lab.page.evaluate(
      () => document.documentElement.scrollWidth - globalThis.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
