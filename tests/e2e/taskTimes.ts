/**
 * How long tasks keep a thread of the browser at work. What counts is the time of the processor, which a trace knows, and not that
 * of the clock: a machine that does other things at the same time lengthens the latter only.
 */
import type { Page } from '@playwright/test';
import * as v from 'valibot';

export type Thread = 'CrRendererMain' | 'DedicatedWorker thread';

const threadName = v.object({
  name: v.literal('thread_name'),
  pid: v.number(),
  tid: v.number(),
  args: v.object({ name: v.string() }),
});
/** Times in microseconds; `tdur` is that of the processor. */
const runTask = v.object({
  name: v.literal('ThreadControllerImpl::RunTask'),
  pid: v.number(),
  tid: v.number(),
  tdur: v.number(),
});
const trace = v.object({ traceEvents: v.array(v.unknown()) });

/**
 * @param threads Names of those that are meant: by default that of pages.
 * @returns Milliseconds of each task while `act` runs, the longest first.
 */
export async function taskTimesMs(
  page: Page,
  act: () => Promise<void>,
  threads: readonly Thread[] = ['CrRendererMain'],
): Promise<number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const text = (await browser.stopTracing()).toString('utf8');
  const { traceEvents } = v.parse(trace, JSON.parse(text));
  const names: readonly string[] = threads;
  const meant = new Set(
    traceEvents.flatMap((event) =>
      v.is(threadName, event) && names.includes(event.args.name)
        ? [`${event.pid} ${event.tid}`]
        : [],
    ),
  );
  return traceEvents
    .flatMap((event) =>
      v.is(runTask, event) && meant.has(`${event.pid} ${event.tid}`) ? [event.tdur / 1000] : [],
    )
    .toSorted((a, b) => b - a);
}
