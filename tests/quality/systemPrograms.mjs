/** Browsers of this machine: which of some names exist, and how a Debian package is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where programs of these names usually lie, existing files only.
 *
 * @param {{
 *   names: readonly string[],
 *   macApplications: readonly string[],
 *   windowsPrograms: readonly (readonly string[])[],
 * }} wanted names in PATH; paths below /Applications; parts of paths below the program folders
 * @returns {string[]}
 */
export function programsThatExist({ names, macApplications, windowsPrograms }) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const inPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const here = {
    darwin: () => [...macApplications.map((path) => join('/Applications', path)), ...inPath],
    win32: () =>
      ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .flatMap((variable) => process.env[variable] ?? [])
        .flatMap((folder) => windowsPrograms.map((parts) => join(folder, ...parts))),
  };
  const paths =
    process.platform === 'darwin' || process.platform === 'win32'
      ? here[process.platform]()
      : inPath;
  return [...new Set(paths)].filter((path) => existsSync(path));
}

export function canInstallPackage() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

/** @param {string} name */
export function installPackage(name) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // The lists may be refreshed in part only and still hold the package.
  succeeds('apt-get', ['update', '-qq'], environment);
  return succeeds(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', name],
    environment,
  );
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function succeeds(program, args, env) {
  return spawnSync(program, args, { stdio: 'inherit', env }).status === 0;
}
