/** The convergence map as a person reads it: its field, its progress, its panels. */
import type { Page } from '@playwright/test';
import { expect } from './labPage.ts';

export const field = (page: Page) => page.getByRole('application', { name: 'Cells by dirty rate' });
export const progress = (page: Page) => page.locator('.cmap-figure__progress');
export const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** "0.32 s outage" of a panel, once it was run with all pages. */
export async function outageOf(page: Page, name: string): Promise<string> {
  const own = panel(page, name);
  await expect(own).toContainText('Run with all', { timeout: 20_000 });
  const text = (await own.innerText()).replace(/\s+/g, ' ');
  return /[\d.]+ s(?= outage)/.exec(text)?.[0] ?? text;
}

export async function rowOf(page: Page, name: string, row: string): Promise<string> {
  const term = panel(page, name).getByRole('term').filter({ hasText: row });
  return (await term.locator('xpath=following-sibling::dd').innerText()).replace(/\s+/g, ' ');
}

export async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const box = await field(page).boundingBox();
  if (box === null) throw new Error('no field');
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

/** Counts on the progress line: "1,550 of 6,720 cells are sketched". */
export async function cellsDone(page: Page): Promise<number> {
  const [count = '0'] = (await progress(page).innerText()).match(/[\d,]+/) ?? [];
  return Number(count.replaceAll(',', ''));
}
