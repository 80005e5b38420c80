/** What somebody built, the newest first: to open again, or to clear. */
import { useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { RecentEntry } from '../../state/recentRecord.ts';
import type { RecentState } from '../../state/recentStore.ts';
import { troubleText, whenText } from '../../state/recentWords.ts';
import { Button } from './Button.tsx';
import { ClusterPicture } from './ClusterPicture.tsx';
import { useRecent, useRecentActions, useRun } from './lab.tsx';
import './recent.css';

export interface RecentListProps {
  /** In a row beside each other, or below each other. */
  readonly row?: boolean;
  readonly onOpened?: () => void;
  /** More that stands beside "Clear all". */
  readonly tools?: React.ReactNode;
}

/** As many as can be looked over at a glance. */
const FIRST_SHOWN = 3;

export function RecentList({ row = false, onOpened, tools }: RecentListProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { refresh } = useRecentActions();
  const { list, folded } = useListed();
  const trouble = useRecent((state) => state.trouble);
  const [all, setAll] = useState(false);
  useEffect(() => void refresh(), [refresh]);
  const shown = all ? list : list.slice(0, FIRST_SHOWN);
  return (
    <section className={row ? 'recent recent--row' : 'recent'} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        Recent
      </h2>
      {shown.length > 0 && (
        <ul className="recent__list" aria-labelledby={id}>
          {shown.map((entry) => (
            <Entry key={entry.id} entry={entry} onOpened={onOpened} />
          ))}
        </ul>
      )}
      <Words empty={list.length === 0 && folded === 0} trouble={trouble} />
      <div className="recent__tools">
        {shown.length < list.length && (
          <Button look="link" onPress={() => setAll(true)}>
            Show all {list.length}
          </Button>
        )}
        {folded > 0 && <Unfold count={folded} />}
        {list.length > 0 && (
          <ClearAll count={list.length + folded} onCleared={() => heading.current?.focus()} />
        )}
        {tools}
      </div>
    </section>
  );
}

interface Listed {
  readonly list: readonly RecentEntry[];
  /** How many of before are folded away. */
  readonly folded: number;
}

const none: readonly RecentEntry[] = [];

function useListed(): Listed {
  const entries = useRecent((state) => state.entries ?? none);
  const since = useRecent((state) => state.foldedBeforeMs) ?? -Infinity;
  const list = entries.filter(({ changedAtMs }) => changedAtMs >= since);
  return { list, folded: entries.length - list.length };
}

interface EntryProps {
  readonly entry: RecentEntry;
  readonly onOpened: (() => void) | undefined;
}

function Entry({ entry, onOpened }: EntryProps) {
  const { open } = useRecentActions();
  const [, navigate] = useLocation();
  const nowMs = useRecent((state) => state.askedAtMs);
  const isShown = useRun(({ origin }) => origin.entry === entry.id);
  const show = async (): Promise<void> => {
    if (!isShown && !(await open(entry))) return;
    navigate('/lab');
    onOpened?.();
  };
  const { title, note, changedAtMs } = entry;
  return (
    <li>
      <button
        type="button"
        className="recent__item"
        aria-current={isShown || undefined}
        title={`${title}${note && `: ${note}`}`}
        onClick={() => void show()}
      >
        <ClusterPicture picture={entry.picture} />
        <span className="recent__name">
          <bdi>{title}</bdi>
        </span>{' '}
        {note !== '' && (
          <span className="recent__note">
            <bdi>{note}</bdi>{' '}
          </span>
        )}
        <span className="recent__when">
          <time dateTime={new Date(changedAtMs).toISOString()}>{whenText(changedAtMs, nowMs)}</time>
          {isShown && ', shown now'}
        </span>
      </button>
    </li>
  );
}

function Words({
  empty,
  trouble,
}: {
  readonly empty: boolean;
  readonly trouble: RecentState['trouble'];
}) {
  const unreadable = useRecent((state) => state.unreadable);
  const text =
    unreadable !== null
      ? `“${unreadable}” could not be read. It may be damaged, or of a newer Migrascope.`
      : trouble !== null
        ? troubleText(trouble)
        : empty && 'What you build or command is listed here.';
  return <output className="recent__words">{text}</output>;
}

function Unfold({ count }: { readonly count: number }) {
  const { unfold } = useRecentActions();
  return (
    <Button look="link" onPress={unfold}>
      Show {count} of before
    </Button>
  );
}

interface ClearAllProps {
  readonly count: number;
  readonly onCleared: () => void;
}

/** Asks back: what is cleared is gone. */
function ClearAll({ count, onCleared }: ClearAllProps) {
  const [asking, setAsking] = useState(false);
  const group = useRef<HTMLSpanElement>(null);
  const first = useRef(true);
  const { clear } = useRecentActions();
  useEffect(() => {
    // What was pressed has given place to others.
    if (!first.current) group.current?.querySelector('button')?.focus();
    first.current = false;
  }, [asking]);
  return (
    <span ref={group} className="recent__clear">
      {asking ? (
        <>
          <Button look="link" onPress={() => setAsking(false)}>
            Keep
          </Button>
          <Button
            look="link"
            onPress={() => {
              void clear();
              onCleared();
            }}
          >
            Clear {count === 1 ? 'it' : `all ${count}`} for ever
          </Button>
        </>
      ) : (
        <Button look="link" onPress={() => setAsking(true)}>
          Clear all
        </Button>
      )}
    </span>
  );
}
