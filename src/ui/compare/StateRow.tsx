/** The VM over the time of a lane: grey where it runs, hatched where it does not, with the rounds above. */
import { useMemo } from 'react';
import type { TimeAxis } from '../../charts/compareAxis.ts';
import {
  barLayout,
  roundTicks,
  type BarNote,
  type BarSpan,
  type RoundTick,
} from '../../charts/compareBar.ts';
import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { wayText } from '../../state/compareWords.ts';
import { moveOf } from '../../state/outlined.ts';

export interface StateRowProps {
  readonly run: CompareRun;
  readonly axis: TimeAxis;
  readonly spans: readonly BarSpan[];
  readonly textScale: number;
}

export function StateRow({ run, axis, spans, textScale }: StateRowProps) {
  const { parts, notes } = useMemo(
    () => barLayout(axis, spans, textScale),
    [axis, spans, textScale],
  );
  const rounds = useMemo(() => {
    const phases = moveOf(run, run.vm)?.phases ?? [];
    return roundTicks(
      axis,
      phases.filter(({ name }) => name === 'round'),
      notes,
      textScale,
    );
  }, [axis, run, notes, textScale]);
  return (
    <>
      <p className="plot-label plot-label--bar">
        <span>{wayText(run)}</span>
      </p>
      <div className="state-row">
        {notes.length + rounds.length > 0 && (
          <div className="state-row__above" aria-hidden="true">
            <Rounds rounds={rounds} />
            <Notes notes={notes} />
          </div>
        )}
        <div
          className="state-bar"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an img cannot hold the parts
          role="img"
          aria-label={spans.map(spanText).join(', ')}
        >
          {parts.map(({ x, widthCss, runs, text }) => (
            <i
              key={x}
              className={runs ? undefined : widthCss < 4 ? 'state-bar__thin' : 'state-bar__stands'}
              style={{ left: x, width: widthCss }}
            >
              {text !== '' && <span>{text}</span>}
            </i>
          ))}
        </div>
      </div>
    </>
  );
}

function Notes({ notes }: { readonly notes: readonly BarNote[] }) {
  return notes.map(({ x, text, endsHere }) => (
    <span
      key={x}
      className={endsHere ? 'state-row__note state-row__note--left' : 'state-row__note'}
      style={{ left: x }}
    >
      {text}
    </span>
  ));
}

function Rounds({ rounds }: { readonly rounds: readonly RoundTick[] }) {
  return rounds.map(({ x, text }) => (
    <span key={x} className="state-row__round" style={{ left: x }}>
      {text}
    </span>
  ));
}

/** "save memory from 0.00 s to 16.0 s" */
function spanText({ label, fromNs, toNs }: BarSpan): string {
  const from = Number.isFinite(fromNs) ? ` from ${timeText(fromNs)}` : '';
  const to = Number.isFinite(toNs) ? ` to ${timeText(toNs)}` : '';
  return `${label}${from}${to}`;
}

function timeText(ns: number): string {
  return ns === 0 ? '0\u00a0s' : secondsText(ns / NS_PER_S);
}
