import { describe, expect, it } from 'vitest';
import { searchFirefox } from './findFirefox.mjs';

type Probes = Parameters<typeof searchFirefox>[0];

/** A machine where the named files start; every question asked of it is kept in order. */
function machine(starting: readonly string[], changes: Partial<Probes> = {}) {
  const asked: string[] = [];
  const able = new Set(starting);
  const probes: Probes = {
    chosenPath: undefined,
    systemBrowsers: () => ['/bin/firefox', '/bin/firefox-esr'],
    starts: (path) => {
      asked.push(path);
      return Promise.resolve(able.has(path));
    },
    canInstallPackage: () => false,
    installPackage: (name) => asked.push(`apt-get ${name}`) < 0,
    say: () => undefined,
    ...changes,
  };
  return { probes, asked, able };
}

describe('searchFirefox', () => {
  it('takes FIREFOX_PATH before everything else, and goes on where that does not start', async () => {
    const chosenPath = '/my/firefox';
    const good = machine([chosenPath, '/bin/firefox'], { chosenPath });
    expect(await searchFirefox(good.probes)).toBe(chosenPath);
    expect(good.asked).toEqual([chosenPath]);
    const said: string[] = [];
    const bad = machine(['/bin/firefox'], { chosenPath, say: (line) => said.push(line) });
    expect(await searchFirefox(bad.probes)).toBe('/bin/firefox');
    expect(said).toEqual([expect.stringContaining(chosenPath)]);
  });

  it('skips what does not start', async () => {
    const { probes } = machine(['/bin/firefox-esr'], { canInstallPackage: () => true });
    expect(await searchFirefox(probes)).toBe('/bin/firefox-esr');
  });

  it('installs the Debian package where it may', async () => {
    const { probes, asked, able } = machine([], {
      canInstallPackage: () => true,
      installPackage: (name) => {
        asked.push(`apt-get ${name}`);
        able.add('/bin/firefox-esr');
        return true;
      },
    });
    expect(await searchFirefox(probes)).toBe('/bin/firefox-esr');
    expect(asked).toContain('apt-get firefox-esr');
  });

  it('finds none where nothing may be installed, or the package cannot be had', async () => {
    const bare = machine([]);
    expect(await searchFirefox(bare.probes)).toBeUndefined();
    expect(bare.asked).toEqual(['/bin/firefox', '/bin/firefox-esr']);
    expect(
      await searchFirefox(machine([], { canInstallPackage: () => true }).probes),
    ).toBeUndefined();
  });
});
