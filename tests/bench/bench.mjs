/** `npm run bench -- ...`: runs `main` of `bench.ts`. */
import { loadTypeScript } from '../../src/cli/loadTypeScript.mjs';

const { main } = /** @type {{ main: (args: readonly string[]) => Promise<number | void> }} */ (
  await loadTypeScript(new URL('./bench.ts', import.meta.url))
);
process.exitCode = (await main(process.argv.slice(2))) ?? 0;
