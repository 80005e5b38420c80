import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { launchOptions } from '../quality/findBrowser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const results = `${root}test-results`;
const port = process.env['E2E_PORT'] ?? '4173';
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  workers: 2,
  // Tests of one file may run beside each other: each has a browser context of its own.
  fullyParallel: true,
  // A failure is a failure.
  retries: 0,
  forbidOnly: true,
  reporter: [
    ['list'],
    ['json', { outputFile: `${root}node_modules/.cache/test-reports/e2e.json` }],
  ],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // A trace of every action costs two thirds as much as the tests; `--trace retain-on-failure` records one.
    trace: 'off',
    launchOptions: launchOptions(),
  },
  // What reads a clock runs alone, after the others; `npm test` has it as a stage of its own, which runs whatever failed before.
  projects: [
    { name: 'app', outputDir: `${results}/app`, testIgnore: 'pace.spec.ts' },
    {
      name: 'pace',
      outputDir: `${results}/pace`,
      testMatch: 'pace.spec.ts',
      dependencies: ['app'],
      workers: 1,
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: address,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
