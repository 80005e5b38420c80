import { describe, expect, it } from 'vitest';
import { findBrowser } from './findBrowser.mjs';

type Probes = Parameters<typeof findBrowser>[0];
type Launch = Parameters<Probes['starts']>[0];

/** A machine where the named browsers start; every question asked of it is kept in order. */
function machine(starting: readonly string[], changes: Partial<Probes> = {}) {
  const asked: string[] = [];
  const nameOf = (launch: Launch) => launch.executablePath ?? launch.channel ?? 'own';
  const able = new Set(starting);
  const probes: Probes = {
    chosenPath: undefined,
    remembered: () => undefined,
    systemBrowsers: () => ['/bin/chrome', '/bin/chromium'],
    starts: (launch) => {
      asked.push(nameOf(launch));
      return Promise.resolve(able.has(nameOf(launch)));
    },
    download: () => asked.push('download') < 0,
    canInstallPackage: () => false,
    installPackage: (name) => asked.push(`apt-get ${name}`) < 0,
    say: () => undefined,
    ...changes,
  };
  return { probes, asked, able };
}

async function found(probes: Probes) {
  const browser = await findBrowser(probes);
  return browser && (browser.launch.executablePath ?? browser.launch.channel ?? 'own');
}

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before everything else', async () => {
    const { probes, asked } = machine(['/my/chrome', 'own'], { chosenPath: '/my/chrome' });
    expect(await found(probes)).toBe('/my/chrome');
    expect(asked).toEqual(['/my/chrome']);
  });

  it('goes on, and says so, when CHROMIUM_PATH does not start', async () => {
    const said: string[] = [];
    const { probes } = machine(['own'], {
      chosenPath: '/my/chrome',
      say: (line) => said.push(line),
    });
    expect(await found(probes)).toBe('own');
    expect(said).toEqual([expect.stringContaining('/my/chrome')]);
  });

  it('starts the remembered one again before it searches', async () => {
    const { probes, asked } = machine(['/old'], {
      remembered: () => ({ name: 'old', launch: { executablePath: '/old' } }),
    });
    expect(await found(probes)).toBe('/old');
    expect(asked).toEqual(['/old']);
  });

  it('forgets a remembered one that no longer starts', async () => {
    const { probes } = machine(['/bin/chromium'], {
      remembered: () => ({ name: 'old', launch: { executablePath: '/old' } }),
    });
    expect(await found(probes)).toBe('/bin/chromium');
  });

  it("asks for Playwright's own, then the system's, and skips what does not start", async () => {
    const { probes, asked } = machine(['/bin/chromium']);
    expect(await found(probes)).toBe('/bin/chromium');
    expect(asked).toEqual(['own', 'chromium', '/bin/chrome', '/bin/chromium']);
  });

  it('downloads when nothing that is there starts', async () => {
    const { probes, able, asked } = machine([], {
      download: () => {
        asked.push('download');
        able.add('own');
        return true;
      },
    });
    expect(await found(probes)).toBe('own');
    expect(asked).toEqual(['own', 'chromium', '/bin/chrome', '/bin/chromium', 'download', 'own']);
  });

  it('installs a package when the download fails and it may', async () => {
    const { probes, able, asked } = machine([], {
      canInstallPackage: () => true,
      installPackage: (name) => {
        asked.push(`apt-get ${name}`);
        able.add('/bin/chromium');
        return true;
      },
    });
    expect(await found(probes)).toBe('/bin/chromium');
    expect(asked.slice(4)).toEqual([
      'download',
      'apt-get chromium-headless-shell',
      '/bin/chrome',
      '/bin/chromium',
    ]);
  });

  it('installs the whole browser where the headless shell cannot be had, or does not start', async () => {
    for (const isInstalled of [false, true]) {
      const { probes, able, asked } = machine([], {
        canInstallPackage: () => true,
        installPackage: (name) => {
          asked.push(`apt-get ${name}`);
          if (name !== 'chromium') return isInstalled;
          able.add('/bin/chromium');
          return true;
        },
      });
      expect(await found(probes)).toBe('/bin/chromium');
      expect(asked.filter((step) => step.startsWith('apt-get'))).toEqual([
        'apt-get chromium-headless-shell',
        'apt-get chromium',
      ]);
    }
  });

  it('finds nothing where nothing may be installed', async () => {
    const { probes, asked } = machine([]);
    expect(await found(probes)).toBeUndefined();
    expect(asked.filter((step) => step.startsWith('apt-get'))).toEqual([]);
  });

  it('finds nothing when the package cannot be installed', async () => {
    const { probes } = machine([], { canInstallPackage: () => true });
    expect(await found(probes)).toBeUndefined();
  });
});
