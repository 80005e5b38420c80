/** What happened, newest first. A line is the way to its moment. */
import { useEffect, useRef } from 'react';
import { timeNsOf } from '../../state/selectors.ts';
import { eventSentence } from '../../state/told.ts';
import { useRun, useRunActions } from '../shared/lab.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import { logTime } from './logTime.ts';

export function Log() {
  const { seek } = useRunActions();
  const events = useRun((state) => state.run?.events);
  const seenToNs = useRun((state) => state.seenToNs);
  const timeNs = useRun(timeNsOf);
  const seen = (events ?? [])
    .map((event, place) => ({ event, place }))
    .filter(({ event }) => event.atNs <= seenToNs);
  const current = seen.findLast(({ event }) => event.atNs <= timeNs)?.place;
  const lines = useRef<HTMLOListElement>(null);
  useEffect(() => {
    keepInSight(lines.current);
  }, [current, seen.length]);
  return (
    <section className="panel log" aria-labelledby="log-title">
      <h3 id="log-title">Log</h3>
      {seen.length === 0 && <p className="log__empty">Nothing has happened yet.</p>}
      <ol ref={lines} className="log__lines" reversed aria-labelledby="log-title">
        {seen.toReversed().map(({ event, place }) => (
          <li key={place}>
            <button
              type="button"
              className={event.atNs > timeNs ? 'log__line log__line--later' : 'log__line'}
              aria-current={place === current ? 'step' : undefined}
              onClick={() => seek(event.atNs)}
            >
              <span className="log__time">{logTime(event.atNs)}&nbsp;s</span>
              <span>
                <Unbroken text={eventSentence(event)} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Scrolls the list, and nothing around it, until its current line can be read. */
function keepInSight(list: HTMLElement | null): void {
  const line = list?.querySelector<HTMLElement>('[aria-current]');
  if (list === null || line === null || line === undefined) return;
  const box = list.getBoundingClientRect();
  const { top, bottom } = line.getBoundingClientRect();
  if (top < box.top) list.scrollTop -= box.top - top;
  else if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
}
