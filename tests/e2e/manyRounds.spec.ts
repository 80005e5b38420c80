/** A guest that never converges, without a limit of rounds: opened, played to the end, looked at on each screen. */
import { expect, test } from './labPage.ts';
import { noLimitFile } from './noLimitFile.ts';

test('stays a page of bounded size, with its last rounds in sight', async ({ lab, page }) => {
  await lab.open('./#/lab');
  await lab.openFile('no-limit.json', noLimitFile());
  await expect(lab.sentence).toContainText('Round 1 sends at most 262,144 pages');
  await lab.drawn();
  await page.keyboard.press('9');
  await page.keyboard.press('Space');
  await expect(lab.sentence).toContainText('This run ends in round 1,9');
  await lab.drawn();
  await expect(lab.sentence).toHaveText(
    /after 200\.0\ss: vm1 still runs on Node 1\. Round 2 left 16,384 pages, round 1,9\d\d left 16,\d{3} pages\.$/,
  );
  expect(await page.locator('*').count()).toBeLessThan(1200);
  const chart = page.getByRole('application', { name: /^Columns of the chart/ });
  expect(await chart.locator('rect').count()).toBeLessThan(160);
  const segments = lab.timeline.locator('[data-kind]');
  await expect(segments.filter({ hasText: /Rounds 4 to 1,9/ })).toHaveCount(1);
  await expect(lab.log().first()).toContainText(/^200|^199/);
  await expect(lab.log().filter({ hasText: /^Rounds 4 to 1,9/ })).toHaveCount(1);
  expect(await lab.log().count()).toBeLessThan(20);
});
