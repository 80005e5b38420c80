/**
 * How long the tasks of the page keep its threads at work. What counts is the time of the processor, not that of the
 * clock: a machine that does other things at the same time lengthens the latter only.
 */
import type { Page } from '@playwright/test';
import * as v from 'valibot';

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

/** Names of threads: of the page itself, and of its workers. */
type Thread = 'CrRendererMain' | 'DedicatedWorker thread';

/** @returns Milliseconds of each task of these threads while `act` runs, the longest first. */
export async function taskTimesMs(
  page: Page,
  threads: readonly Thread[],
  act: () => Promise<void>,
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
