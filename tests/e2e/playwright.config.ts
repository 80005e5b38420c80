import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { launchOptions } from '../quality/findBrowser.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const port = process.env['E2E_PORT'] ?? '4173';
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  outputDir: `${root}test-results`,
  // One page at a time on a machine with two cores, and a failure is a failure.
  workers: 1,
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
    trace: 'retain-on-failure',
    launchOptions: launchOptions(),
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: address,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
