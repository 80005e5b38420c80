/**
 * How long the tasks of the page keep its thread at work. What counts is the time of the processor, not that of the
 * clock: a machine that does other things at the same time lengthens the latter only.
 */
import type { Page } from '@playwright/test';
import * as v from 'valibot';

const threadName = v.object({
  name: v.literal('thread_name'),
  pid: v.number(),
  tid: v.number(),
  args: v.object({ name: v.literal('CrRendererMain') }),
});
/** Times in microseconds; `tdur` is that of the processor. */
const runTask = v.object({
  name: v.picklist(['RunTask', 'ThreadControllerImpl::RunTask']),
  pid: v.number(),
  tid: v.number(),
  tdur: v.number(),
});
const trace = v.object({ traceEvents: v.array(v.unknown()) });

/** @returns Milliseconds of each task while `act` runs, the longest first. */
export async function taskTimesMs(page: Page, act: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  });
  await act();
  const text = (await browser.stopTracing()).toString('utf8');
  const { traceEvents } = v.parse(trace, JSON.parse(text));
  const threads = new Set(
    traceEvents.flatMap((event) => (v.is(threadName, event) ? [`${event.pid} ${event.tid}`] : [])),
  );
  return traceEvents
    .flatMap((event) =>
      v.is(runTask, event) && threads.has(`${event.pid} ${event.tid}`) ? [event.tdur / 1000] : [],
    )
    .toSorted((a, b) => b - a);
}
