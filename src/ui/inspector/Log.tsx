/** What happened, newest first. A line is the way to its moment; pointed at, it lights its phase in chart and timeline. */
import { useEffect, useRef } from 'react';
import type { EventRow } from '../../protocol/runInfo.ts';
import { isLitLine, litEvent } from '../../state/lit.ts';
import { timeNsOf } from '../../state/selectors.ts';
import { eventSentence } from '../../state/told.ts';
import { useRun, useRunActions, useView, useViewActions } from '../shared/lab.tsx';
import { useLit } from '../shared/useLit.ts';
import { Unbroken } from '../shared/Unbroken.tsx';
import { logTime } from './logTime.ts';

export function Log() {
  const events = useRun((state) => state.run?.events);
  const seenToNs = useRun((state) => state.seenToNs);
  const timeNs = useRun(timeNsOf);
  const vm = useView((view) => view.selectedVm);
  const pointed = useView((view) => view.lit);
  const lit = useLit();
  const seen = (events ?? [])
    .map((event, place) => ({ event, place }))
    .filter(({ event }) => event.atNs <= seenToNs);
  const current = seen.findLast(({ event }) => event.atNs <= timeNs)?.place;
  const lines = useRef<HTMLOListElement>(null);
  useEffect(() => {
    keepInSight(lines.current, '[aria-current]');
  }, [current, seen.length]);
  useEffect(() => {
    // What is pointed at in the log itself is in sight already; under a pointer on the map the list stays calm.
    if (pointed !== null && pointed.event === null) keepInSight(lines.current, '[data-lit]');
  }, [pointed]);
  return (
    <section className="panel log" aria-labelledby="log-title">
      <h3 id="log-title">Log</h3>
      {seen.length === 0 && <p className="log__empty">Nothing has happened yet.</p>}
      <ol ref={lines} className="log__lines" reversed aria-labelledby="log-title">
        {seen.toReversed().map(({ event, place }) => (
          <li key={place}>
            <Line
              event={event}
              place={place}
              isLater={event.atNs > timeNs}
              isCurrent={place === current}
              isLit={isLitLine(lit, event, place, vm)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly event: EventRow;
  readonly place: number;
  readonly isLater: boolean;
  readonly isCurrent: boolean;
  readonly isLit: boolean;
}

function Line({ event, place, isLater, isCurrent, isLit }: LineProps) {
  const { seek } = useRunActions();
  const { setLit } = useViewActions();
  const light = (): void => setLit(litEvent(event, place));
  const darken = (): void => setLit(null);
  return (
    <button
      type="button"
      className={isLater ? 'log__line log__line--later' : 'log__line'}
      aria-current={isCurrent ? 'step' : undefined}
      data-lit={isLit || undefined}
      onClick={() => seek(event.atNs)}
      onPointerEnter={light}
      onPointerLeave={darken}
      onFocus={light}
      onBlur={darken}
    >
      <span className="log__time">{logTime(event.atNs)}&nbsp;s</span>
      <span>
        <Unbroken text={eventSentence(event)} />
      </span>
    </button>
  );
}

/** Scrolls the list, and nothing around it, until the first line of this kind can be read. */
function keepInSight(list: HTMLElement | null, kind: string): void {
  const line = list?.querySelector<HTMLElement>(kind);
  if (list === null || line === null || line === undefined) return;
  const box = list.getBoundingClientRect();
  const { top, bottom } = line.getBoundingClientRect();
  if (top < box.top) list.scrollTop -= box.top - top;
  else if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
}
