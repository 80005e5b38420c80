/** A short run of the monkey with a fixed seed; `npm run monkey` is the long one. And: it finds what it looks for. */
import { expect, test } from '@playwright/test';
import { heapFault, runMonkey } from '../monkey/monkey.ts';

const SEED = 20_261_130;
const say = () => undefined;

test(`twenty seconds of random acts leave no error, no white page and no hang (seed ${SEED})`, async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const task = {
    browser,
    address: `${baseURL ?? ''}/`,
    seed: SEED,
    minutes: 1 / 3,
    mostActs: 200,
    say,
  };
  const { faults, places, counts } = await runMonkey(task);
  expect(faults).toEqual([]);
  expect(places.size).toBeGreaterThan(4);
  expect(counts.size).toBeGreaterThan(8);
});

for (const { what, html, fault } of [
  {
    what: 'a page without a heading',
    html: '<p>Some words, but no heading</p>',
    fault: 'white page',
  },
  { what: 'a page without a word', html: '<h1>?</h1>', fault: 'white page' },
  {
    what: 'an error in the console',
    html: '<h1>All is well on this page</h1><script>console.error("gone")</script>',
    fault: 'console: gone',
  },
  {
    what: 'a rejection that nobody handles',
    html: '<h1>All is well on this page</h1><script>Promise.reject(new Error("lost"))</script>',
    fault: 'lost',
  },
  {
    what: 'a part that has stopped',
    html: '<h1>All is well on this page</h1><p role="alert">The simulation has stopped</p>',
    fault: 'The simulation has stopped',
  },
]) {
  test(`the monkey finds ${what}`, async ({ browser }) => {
    const address = `data:text/html,${encodeURIComponent(html)}`;
    const task = { browser, address, seed: 1, minutes: 1, mostActs: 1, patienceMs: 200, say };
    const { faults } = await runMonkey(task);
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });
}

test('the monkey finds a heap that grows by more than a tenth after minute 5', () => {
  const rests = (...megabytes: number[]) =>
    megabytes.map((heap, at) => ({ minute: at + 1, heapBytes: heap * 1e6, nodes: 0 }));
  expect(heapFault(rests(5, 8, 10, 9, 8, 10.9, 9))).toBeNull();
  expect(heapFault(rests(5, 8, 10, 9, 8, 10, 11.1))).toContain('in the minutes 7');
  expect(heapFault(rests(5, 20))).toBeNull();
});
