/** What happened, newest first; long rows of rounds are folded. A line is the way to its moment; pointed at, it lights its phase in chart and timeline. */
import { useEffect, useRef, useState, type CSSProperties } from 'react';
import type { EventRow } from '../../protocol/runInfo.ts';
import { isLitLine, litEvent, litStretch } from '../../state/lit.ts';
import {
  isStretch,
  logEntries,
  stretchText,
  type LogEntry,
  type LogStretch,
} from '../../state/logEntries.ts';
import { timeNsOf } from '../../state/selectors.ts';
import { eventSentence } from '../../state/told.ts';
import { UnfoldIcon } from '../shared/icons.tsx';
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
  const [open, setOpen] = useState<ReadonlySet<string>>(nothingOpen);
  const entries = logEntries(seen, current, open);
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
      <ol
        ref={lines}
        className="log__lines"
        reversed
        aria-labelledby="log-title"
        style={timeColumn(seen.at(-1)?.event.atNs ?? 0)}
      >
        {shownEntries(entries).map((entry) =>
          isStretch(entry) ? (
            <li key={entry.key}>
              <Stretch
                stretch={entry}
                isOpen={open.has(entry.key)}
                isLater={entry.lines[0]!.event.atNs > timeNs}
                isLit={entry.lines.some(({ event, place }) => isLitLine(lit, event, place, vm))}
                onToggle={() => setOpen((keys) => toggled(keys, entry.key))}
              />
            </li>
          ) : (
            <li key={entry.place}>
              <Line
                event={entry.event}
                place={entry.place}
                isLater={entry.event.atNs > timeNs}
                isCurrent={entry.place === current}
                isLit={isLitLine(lit, entry.event, entry.place, vm)}
              />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

const nothingOpen: ReadonlySet<string> = new Set();

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key)
    ? new Set([...keys].filter((other) => other !== key))
    : new Set([...keys, key]);
}

/** Newest first; an unfolded stretch is followed by its parts. */
function shownEntries(entries: readonly LogEntry[]): LogEntry[] {
  return entries
    .toReversed()
    .flatMap((entry) => (isStretch(entry) ? [entry, ...shownEntries(entry.parts)] : [entry]));
}

/** Room for the longest time. */
function timeColumn(ns: number): CSSProperties {
  const letters = { '--log-letters': logTime(ns).length + 2 };
  return letters as CSSProperties;
}

interface StretchProps {
  readonly stretch: LogStretch;
  readonly isOpen: boolean;
  readonly isLater: boolean;
  readonly isLit: boolean;
  readonly onToggle: () => void;
}

/** Rounds that are told together. Pointed at, it lights them. */
function Stretch({ stretch, isOpen, isLater, isLit, onToggle }: StretchProps) {
  const { setLit } = useViewActions();
  const migrations = useRun((state) => state.run?.migrations);
  const [first, last] = [stretch.lines[0]!.event, stretch.lines.at(-1)!.event];
  const light = (): void => setLit(litStretch(first, last));
  const darken = (): void => setLit(null);
  return (
    <button
      type="button"
      className={isLater ? 'log__line log__line--later' : 'log__line'}
      aria-expanded={isOpen}
      data-lit={isLit || undefined}
      onClick={onToggle}
      onPointerEnter={light}
      onPointerLeave={darken}
      onFocus={light}
      onBlur={darken}
    >
      <span className="log__unfold">
        <UnfoldIcon />
      </span>
      <span>{stretchText({ migrations: migrations ?? [] }, stretch)}</span>
    </button>
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
