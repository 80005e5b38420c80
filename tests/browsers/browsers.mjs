/** `npm run test:browsers [-- NAME...]`: serves the built page, and runs `main` of `main.ts` with the browsers of this machine. */
import { preview } from 'vite';
import { loadTypeScript } from '../../src/cli/loadTypeScript.mjs';
import { startChromium, startFirefox } from './engines.mjs';

const { main } = /** @type {typeof import('./main.ts')} */ (
  await loadTypeScript(new URL('./main.ts', import.meta.url))
);
const server = await preview({ preview: { host: '127.0.0.1', port: 4179 }, logLevel: 'error' });
try {
  const address = server.resolvedUrls?.local[0] ?? '';
  const browsers = { Chromium: startChromium, Firefox: startFirefox };
  process.exitCode = await main(address, browsers, process.argv.slice(2));
} finally {
  await server.close();
}
