/** `npm run screenshot`: takes the picture of the README from the built page, in round 3 of the first scenario. */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../quality/findBrowser.mjs';

const server = await preview({ preview: { host: '127.0.0.1', port: 4178 }, logLevel: 'error' });
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4178/');
  const root = page.locator('#root[data-idle="true"][data-complete="true"]');
  await root.waitFor();
  await page.getByRole('button', { name: /^Live-migrate web-01 to Node 2/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await root.waitFor();
  await page.keyboard.press('Home');
  const heading = page.getByRole('heading', { level: 1 });
  while (!(await heading.innerText()).startsWith('Round 3')) {
    await page.keyboard.press('Shift+ArrowRight');
    await root.waitFor();
  }
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('ArrowRight');
    await root.waitFor();
  }
  const map = page.getByRole('application', { name: 'Memory of web-01 on Node 1' });
  await map.hover({ position: { x: 60, y: 40 } });
  await root.waitFor();
  await page.screenshot({ path: '.github/lab.png' });
} finally {
  await browser.close();
  await server.close();
}
