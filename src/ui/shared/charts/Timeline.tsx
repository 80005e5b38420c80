/**
 * The timeline of a migration: a slider over its phases, on the same scale as the rounds chart above. The handle hangs
 * 10 px below the track.
 */
import { useRef, type KeyboardEvent } from 'react';
import { isLit, litSegment, type LitSpan } from '../../../charts/lit.ts';
import { toldTogether } from '../../../charts/manyRounds.ts';
import type { PhaseSpan } from '../../../charts/phases.ts';
import {
  phaseScale,
  runScale,
  segmentAt,
  spansScale,
  type PhaseScale,
} from '../../../charts/phaseScale.ts';
import { momentText } from '../../../charts/roundsText.ts';
import type { MigrationRow } from '../../../protocol/runInfo.ts';
import type { Ghost } from '../../../charts/ghostLane.ts';
import { GhostLane } from './GhostLane.tsx';
import { phaseGutter } from './phaseGutter.ts';
import styles from './Timeline.module.css';
import { TimelineSegment } from './TimelineSegment.tsx';
import { useSeek } from './useSeek.ts';
import { useWidth } from './useWidth.ts';

export interface TimelineProps {
  /** null: a plain track over `run`, or `spans`. */
  readonly migration: MigrationRow | null;
  /** What to show instead of a migration: at least one. */
  readonly spans?: readonly PhaseSpan[] | null;
  readonly run: { readonly startNs: number; readonly endNs: number };
  /** End of what is shown after the migration, or null where nothing is. */
  readonly untilNs?: number | null;
  readonly nowNs: number;
  readonly mode: 'equal' | 'to-scale';
  /** At most once per animation frame. */
  readonly onSeek: (ns: number) => void;
  readonly onStep: (direction: 1 | -1, unit: 'step' | 'round') => void;
  /** While a prediction is open: no durations of the future. */
  readonly hideComing?: boolean;
  /** On phones: names without durations, a round handle, 44 px to touch. */
  readonly compact?: boolean;
  /** Left of the track; has to be that of the chart above. */
  readonly gutter?: number;
  /** Size of the texts, 1 at the reference width. */
  readonly textScale?: number;
  /** Another branch, in a lane of its own. */
  readonly ghost?: Ghost | null;
  readonly onChooseGhost?: () => void;
  /** What is pointed at here or elsewhere. */
  readonly lit?: readonly LitSpan[];
  readonly onLit?: (lit: LitSpan | null) => void;
  /** The "0.0 s" of the spoken time; when absent the request, or the start of the run. */
  readonly zeroNs?: number;
}

export function Timeline(props: TimelineProps) {
  const { nowNs, onSeek, onStep, compact = false, textScale = 1, lit = [], onLit } = props;
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref, 1096);
  const gutter = props.gutter ?? (compact ? 0 : phaseGutter(width, textScale));
  const scale = scaleOf(props, Math.max(1, width - gutter));
  const playheadX = scale.xOf(nowNs);
  const pointer = useSeek((x) => scale.nsOf(x), onSeek);
  const zeroNs = props.zeroNs ?? scale.startNs;
  const current = segmentAt(scale, nowNs);
  return (
    <div ref={ref} className={styles['timeline']} data-compact={compact || undefined}>
      {gutter >= 100 && <span className={styles['title']}>Timeline</span>}
      <div
        className={styles['track']}
        style={{ marginLeft: gutter }}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input cannot hold the segments
        role="slider"
        tabIndex={0}
        aria-label="Timeline"
        aria-valuemin={seconds(scale.startNs, zeroNs)}
        aria-valuemax={seconds(scale.endNs, zeroNs)}
        aria-valuenow={seconds(Math.max(scale.startNs, Math.min(nowNs, scale.endNs)), zeroNs)}
        aria-valuetext={momentText(scale, nowNs, zeroNs)}
        onKeyDown={(event) => followKey(event, scale, onSeek, onStep)}
        onPointerLeave={() => onLit?.(null)}
        {...pointer}
      >
        {toldTogether(scale.segments).map((segment, index) => (
          <TimelineSegment
            // oxlint-disable-next-line react/no-array-index-key -- segments have no other identity than their place
            key={index}
            segment={segment}
            playheadX={playheadX}
            compact={compact}
            textScale={textScale}
            isLit={isLit(segment, lit)}
            onPoint={() => onLit?.(litSegment(segment))}
          />
        ))}
        {current.state === 'current' && current.kind !== 'run' && (
          <div
            className={styles['frame']}
            style={{ left: current.x0 - 1, width: current.x1 - current.x0 + 1 }}
          />
        )}
        {lit.map(
          ({ momentNs }) =>
            momentNs !== null && <LitMoment key={momentNs} ns={momentNs} scale={scale} />,
        )}
        <Playhead x={playheadX} compact={compact} />
      </div>
      {props.ghost && props.onChooseGhost && (
        <GhostLane
          ghost={props.ghost}
          scale={scale}
          present={presentOf(props)}
          mode={props.mode}
          textScale={textScale}
          gutter={gutter}
          onChoose={props.onChooseGhost}
        />
      )}
    </div>
  );
}

/** An event, or the sending of a page: a line over the track, where the track has that moment. */
function LitMoment({ ns, scale }: { readonly ns: number; readonly scale: PhaseScale }) {
  if (ns < scale.startNs || ns > scale.endNs) return null;
  return <div className={styles['moment']} style={{ left: scale.xOf(ns) }} data-lit-moment />;
}

function Playhead({ x, compact }: { readonly x: number; readonly compact: boolean }) {
  return (
    <div className={styles['playhead']} style={{ left: x }}>
      {compact ? (
        <svg className={styles['handle']} viewBox="0 0 14 14" aria-hidden="true">
          <circle cx="7" cy="7" r="7" />
        </svg>
      ) : (
        <svg className={styles['handle']} viewBox="0 0 16 13" aria-hidden="true">
          <path d="M8 0l8 6v7H0V6z" />
        </svg>
      )}
    </div>
  );
}

function scaleOf(props: TimelineProps, width: number): PhaseScale {
  const { migration, spans, run, nowNs, mode, hideComing = false, textScale = 1 } = props;
  const { untilNs = null, ghost = null } = props;
  if (spans !== undefined && spans !== null) return spansScale(spans, nowNs, mode, width);
  if (migration === null) return runScale(run.startNs, run.endNs, nowNs, width);
  return phaseScale(migration, nowNs, mode, width, { hideComing, textScale, untilNs, ghost });
}

/** The migration on the track, or null where something else is there. */
function presentOf({ migration, spans }: TimelineProps): MigrationRow | null {
  return spans === undefined || spans === null ? migration : null;
}

function followKey(
  event: KeyboardEvent,
  scale: PhaseScale,
  onSeek: TimelineProps['onSeek'],
  onStep: TimelineProps['onStep'],
): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const unit = event.shiftKey ? 'round' : 'step';
  if (event.key === 'ArrowRight' || event.key === 'ArrowUp') onStep(1, unit);
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') onStep(-1, unit);
  else if (event.key === 'Home') onSeek(scale.startNs);
  else if (event.key === 'End') onSeek(scale.endNs);
  else return;
  // Else the page's own keys would step a second time.
  event.preventDefault();
  event.stopPropagation();
}

function seconds(ns: number, zeroNs: number): number {
  return Math.round((ns - zeroNs) / 1e6) / 1000;
}
