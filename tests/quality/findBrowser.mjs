/**
 * Finds, or installs, a Chromium for the tests in the browser, and remembers it.
 *
 * Order: CHROMIUM_PATH; Playwright's own; a Chrome, Chromium or Edge of this system; Playwright's
 * download; a Debian package. Of a system's browsers the headless shell comes first: it draws no
 * window around the page, which halves the work of the processor. Every candidate is really started
 * once, since a file that is there may still not run (missing libraries, a stub for another package
 * manager).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  canInstallPackage,
  installPackage,
  programsThatExist,
  succeeds,
} from './systemPrograms.mjs';

/**
 * @typedef {{ executablePath?: string, channel?: string }} Launch how Playwright starts it
 * @typedef {{ name: string, launch: Launch }} Candidate
 * @typedef {{
 *   chosenPath: string | undefined,
 *   remembered: () => Candidate | undefined,
 *   systemBrowsers: () => readonly string[],
 *   starts: (launch: Launch) => Promise<boolean>,
 *   download: () => boolean,
 *   canInstallPackage: () => boolean,
 *   installPackage: (name: string) => boolean,
 *   say: (line: string) => void,
 * }} Probes what the search asks of the machine
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const memory = join(root, 'node_modules', '.cache', 'test-browser.json');

/** @type {readonly Candidate[]} The headless shell that Playwright takes by itself, then its full browser. */
const playwrightsOwn = [
  { name: "Playwright's own Chromium", launch: {} },
  { name: "Playwright's own Chromium (full)", launch: { channel: 'chromium' } },
];

/** Not every release has the headless shell. */
const packages = ['chromium-headless-shell', 'chromium'];

export const notFound =
  'No browser for the tests: install Chrome, Chromium or Edge, or set CHROMIUM_PATH to one that starts.';

/**
 * @param {Probes} probes
 * @returns {Promise<Candidate | undefined>}
 */
export async function findBrowser(probes) {
  const { chosenPath, say } = probes;
  if (chosenPath) {
    const chosen = {
      name: `CHROMIUM_PATH (${chosenPath})`,
      launch: { executablePath: chosenPath },
    };
    if (await probes.starts(chosen.launch)) return chosen;
    say(
      `CHROMIUM_PATH is set to ${chosenPath}, which does not start; looking for another browser.`,
    );
  }

  const remembered = probes.remembered();
  if (remembered && (await probes.starts(remembered.launch))) return remembered;

  const present = (await firstStarting(playwrightsOwn, probes)) ?? (await firstOfSystem(probes));
  if (present) return present;

  say("No browser is installed that starts. Trying Playwright's download ...");
  if (probes.download()) {
    const downloaded = await firstStarting(playwrightsOwn, probes);
    if (downloaded) return downloaded;
  }

  if (!probes.canInstallPackage()) return undefined;
  for (const name of packages) {
    say(
      `The download gave no browser that starts. Installing the package ${name} with apt-get ...`,
    );
    const installed = probes.installPackage(name) && (await firstOfSystem(probes));
    if (installed) return installed;
  }
  return undefined;
}

/**
 * How the Playwright configuration starts the browser that was found.
 *
 * @returns {Launch}
 */
export function launchOptions() {
  return readMemory()?.launch ?? {};
}

/**
 * @param {readonly Candidate[]} candidates
 * @param {Probes} probes
 */
async function firstStarting(candidates, probes) {
  for (const candidate of candidates) {
    if (await probes.starts(candidate.launch)) return candidate;
  }
  return undefined;
}

/** @param {Probes} probes */
function firstOfSystem(probes) {
  const candidates = probes
    .systemBrowsers()
    .map((path) => ({ name: path, launch: { executablePath: path } }));
  return firstStarting(candidates, probes);
}

/** @returns {Candidate | undefined} */
function readMemory() {
  try {
    return JSON.parse(readFileSync(memory, 'utf8'));
  } catch {
    return undefined; // nothing found yet, or the file was cut off
  }
}

function systemBrowsers() {
  return programsThatExist({
    names: [
      'chromium-headless-shell',
      'google-chrome-stable',
      'google-chrome',
      'chromium',
      'chromium-browser',
      'microsoft-edge-stable',
      'microsoft-edge',
    ],
    macApplications: [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    windowsPrograms: [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ],
  });
}

/** @param {Launch} launch */
async function starts(launch) {
  const { chromium } = await import('@playwright/test');
  try {
    const browser = await chromium.launch({ ...launch, timeout: 30_000 });
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

function download() {
  if (process.env['PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD']) return false;
  const program = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  return succeeds(process.execPath, [program, 'install', '--only-shell', 'chromium'], {
    // Where nobody answers, fail in seconds instead of minutes.
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '3000',
    ...process.env,
  });
}

async function run() {
  const found = await findBrowser({
    chosenPath: process.env['CHROMIUM_PATH'],
    remembered: readMemory,
    systemBrowsers,
    starts,
    download,
    canInstallPackage,
    installPackage,
    say: (line) => console.log(line),
  });
  if (!found) {
    console.error(notFound);
    return 1;
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, `${JSON.stringify(found, null, 2)}\n`);
  console.log(`Browser for the tests: ${found.name}`);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await run();
