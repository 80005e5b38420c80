/** Chromium, which Playwright drives, and Firefox, which is driven over WebDriver BiDi. */
import { chromium } from '@playwright/test';
import { launchOptions } from '../quality/findBrowser.mjs';
import { findFirefox, launchFirefox, notFound } from '../quality/findFirefox.mjs';

/** @typedef {import('./engine.ts').Engine} Engine */

const size = { width: 1440, height: 900 };

/** @returns {Promise<Engine>} */
export async function startChromium() {
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage({ viewport: size });
  return engine(`Chromium ${browser.version()}`, browser, page);
}

/** @returns {Promise<Engine | string>} a sentence that says why, where there is none */
export async function startFirefox() {
  const path = await findFirefox();
  if (path === undefined) return notFound;
  const browser = await launchFirefox(path);
  const page = await browser.newPage();
  await page.setViewport(size);
  return engine((await browser.version()).replace('firefox/', 'Firefox '), browser, page);
}

/**
 * What both libraries call by the same names.
 *
 * @param {string} name
 * @param {{ close: () => Promise<void> }} browser
 * @param {any} page
 * @returns {Engine}
 */
function engine(name, browser, page) {
  /** @type {string[]} */
  const faults = [];
  page.on('console', (/** @type {{ type(): string, text(): string }} */ message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (/** @type {unknown} */ error) => faults.push(String(error)));
  return {
    name,
    faults,
    open: async (address) => {
      // A change behind # alone would load nothing.
      await page.goto('about:blank');
      await page.goto(address);
    },
    evaluate: (task, argument) => page.evaluate(task, argument),
    click: (selector) => page.locator(selector).click(),
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}
