/**
 * Finds, or installs, a Firefox for `npm run test:browsers`.
 *
 * Order: FIREFOX_PATH; a Firefox of this system; the Debian package. Playwright's Firefox is none: it is a build of its own,
 * with a protocol of its own. Every candidate is really started once.
 */
import { canInstallPackage, installPackage, programsThatExist } from './systemPrograms.mjs';

/**
 * @typedef {{
 *   chosenPath: string | undefined,
 *   systemBrowsers: () => readonly string[],
 *   starts: (path: string) => Promise<boolean>,
 *   canInstallPackage: () => boolean,
 *   installPackage: (name: string) => boolean,
 *   say: (line: string) => void,
 * }} Probes what the search asks of the machine
 */

const debianPackage = 'firefox-esr';

export const notFound =
  'There is no Firefox that starts, and none can be installed here: install Firefox, or set FIREFOX_PATH to one that starts.';

/**
 * @param {Probes} probes
 * @returns {Promise<string | undefined>} its path
 */
export async function searchFirefox(probes) {
  const { chosenPath, say } = probes;
  if (chosenPath) {
    if (await probes.starts(chosenPath)) return chosenPath;
    say(`FIREFOX_PATH is set to ${chosenPath}, which does not start; looking for another Firefox.`);
  }
  const present = await firstOfSystem(probes);
  if (present !== undefined || !probes.canInstallPackage()) return present;
  say(
    `No Firefox is installed that starts. Installing the package ${debianPackage} with apt-get ...`,
  );
  return probes.installPackage(debianPackage) ? firstOfSystem(probes) : undefined;
}

/** @param {Probes} probes */
async function firstOfSystem(probes) {
  for (const path of probes.systemBrowsers()) if (await probes.starts(path)) return path;
  return undefined;
}

/** @returns {Promise<string | undefined>} the path of a Firefox that starts */
export function findFirefox() {
  return searchFirefox({
    chosenPath: process.env['FIREFOX_PATH'],
    systemBrowsers: () =>
      programsThatExist({
        names: ['firefox', 'firefox-esr'],
        macApplications: ['Firefox.app/Contents/MacOS/firefox'],
        windowsPrograms: [['Mozilla Firefox', 'firefox.exe']],
      }),
    starts,
    canInstallPackage,
    installPackage,
    say: (line) => console.log(line),
  });
}

/** Over WebDriver BiDi, as it is. @param {string} executablePath */
export async function launchFirefox(executablePath) {
  const { launch } = await import('puppeteer-core');
  return launch({ browser: 'firefox', executablePath, headless: true, timeout: 60_000 });
}

/** @param {string} path */
async function starts(path) {
  try {
    const browser = await launchFirefox(path);
    try {
      const page = await browser.newPage();
      return (await page.evaluate(() => 6 * 7)) === 42;
    } finally {
      await browser.close();
    }
  } catch {
    return false;
  }
}
