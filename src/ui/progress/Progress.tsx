/** Rounds chart and timeline of the selected VM's migration, on one scale of time. */
import { failoverSpans } from '../../charts/failoverSpans.ts';
import type { Ghost } from '../../charts/ghostLane.ts';
import type { LitSpan } from '../../charts/lit.ts';
import { thresholdPages } from '../../state/edits.ts';
import { failoverSteps, type FailoverStep } from '../../state/failoverSteps.ts';
import { ghostFuture } from '../../state/ghostFuture.ts';
import { momentOf, sentenceMoments } from '../../state/moment.ts';
import { vmName } from '../../state/names.ts';
import { settingsOf, timeNsOf } from '../../state/selectors.ts';
import type { RunState } from '../../state/runStore.ts';
import type { MigrationRow } from '../../protocol/runInfo.ts';
import { Choice } from '../shared/Choice.tsx';
import { RoundsChart } from '../shared/charts/RoundsChart.tsx';
import { Timeline } from '../shared/charts/Timeline.tsx';
import { useLab, useRun, useRunActions, useView, useViewActions } from '../shared/lab.tsx';
import { useLit } from '../shared/useLit.ts';
import { Panel, useHidden } from '../shared/Panel.tsx';
import { MapModeChoice } from '../shared/MapModeChoice.tsx';
import { media, useMedia, useTextScale } from '../shared/useMedia.ts';
import { useRef } from 'react';
import { isLow, useChartHeight } from './useChartHeight.ts';
import { FailoverSteps } from './FailoverSteps.tsx';
import './progress.css';

const timeScales = [
  { value: 'equal', text: 'Equal' },
  { value: 'to-scale', text: 'To scale' },
] as const;

const pageScales = [
  { value: 'log', text: 'Log' },
  { value: 'linear', text: 'Linear' },
] as const;

export function ScaleChoices() {
  const vm = useView((view) => view.selectedVm);
  const hasRounds = useRun((state) => mayHaveRounds(state, vm));
  const timeScale = useView((view) => view.timeScale);
  const pageScale = useView((view) => view.pageScale);
  const { setTimeScale, setPageScale } = useViewActions();
  const tablet = useMedia(media.tablet);
  const noRounds = useHidden('rounds');
  const noTimeline = useHidden('timeline');
  return (
    <>
      {tablet && <MapModeChoice />}
      {!(noRounds && noTimeline) && (
        <Choice
          label="Width of a phase"
          options={timeScales}
          value={timeScale}
          onChoose={setTimeScale}
        />
      )}
      {hasRounds && !noRounds && (
        <Choice
          label="Axis of pages"
          options={pageScales}
          value={pageScale}
          onChoose={setPageScale}
        />
      )}
    </>
  );
}

/** A quick migration has no rounds to compare, and neither has a failover. */
function mayHaveRounds(state: RunState, vm: number): boolean {
  return migrationToChart(state, vm)?.method !== 'quick' && failoverToChart(state, vm) === null;
}

/** The shown migration, or the one that comes first: at time 0 it has not been asked for yet. */
function migrationToChart(state: RunState, vm: number): MigrationRow | null {
  const { run } = state;
  const shown = momentOf(run, vm, timeNsOf(state));
  return shown?.migration ?? run?.migrations.find((row) => row.vm === vm) ?? null;
}

/** The end of the run, where something is told of the VM after the charted migration; else null. */
function chartedUntilNs(state: RunState, vm: number): number | null {
  const { run } = state;
  const endedNs = migrationToChart(state, vm)?.endedNs ?? null;
  if (run === null || endedNs === null) return null;
  return sentenceMoments(run, vm).some((ns) => ns > endedNs) ? run.endNs : null;
}

/** What to look for in a scenario of the list. */
function useGoal(): string | undefined {
  const { presets } = useLab();
  const title = useRun((state) => state.scenario.title);
  return presets.find((preset) => preset.title === title)?.goal;
}

/** After a crash: what the cluster does about it, unless the VM has been moved since. */
function failoverToChart(state: RunState, vm: number): FailoverStep[] | null {
  const steps = failoverSteps(state.run, vm, timeNsOf(state));
  const crashNs = steps?.[0]?.startNs;
  const shown = momentOf(state.run, vm, timeNsOf(state))?.migration;
  if (crashNs === undefined || (shown?.requestedNs ?? -1) > crashNs) return null;
  return steps;
}

/** The other branch behind what is shown, or null. */
function useGhost(vm: number): (Ghost & { readonly id: number }) | null {
  const pointedAt = useView((view) => view.pointedBranch);
  const ghost = useRun((state) => {
    const migration = migrationToChart(state, vm);
    const crashNs = failoverToChart(state, vm)?.[0]?.startNs ?? null;
    return ghostFuture(state, vm, { migration, crashNs }, pointedAt);
  });
  if (ghost === null || ghost.steps === null) return ghost;
  return { ...ghost, steps: failoverSpans(ghost.steps) };
}

/** What is lit, for chart and timeline; they light phases. */
function useLitCharts() {
  const lit = useLit();
  const { setLit } = useViewActions();
  return {
    lit,
    onLit: (span: LitSpan | null) => setLit(span === null ? null : { ...span, event: null }),
  };
}

/** Chart and timeline below the stage. */
export function ProgressPanel() {
  const ref = useRef<HTMLDivElement>(null);
  const height = useChartHeight(ref);
  return (
    <div ref={ref} className="lab__progress">
      <Panel name="rounds">
        <RoundsPanel height={height} />
      </Panel>
      <Panel name="timeline">
        <div className="lab__timeline">
          <TimelinePanel />
        </div>
      </Panel>
    </div>
  );
}

/** @param height Of the plot, in CSS pixels. */
export function RoundsPanel({ height }: { readonly height: number }) {
  const vm = useView((view) => view.selectedVm);
  const migration = useRun((state) => migrationToChart(state, vm));
  const nowNs = useRun(timeNsOf);
  const threshold = useRun((state) => thresholdPages(settingsOf(state)));
  const timeScale = useView((view) => view.timeScale);
  const pageScale = useView((view) => view.pageScale);
  const untilNs = useRun((state) => chartedUntilNs(state, vm));
  const goal = useGoal();
  const name = useRun(({ scenario }) => vmName(scenario, vm));
  const textScale = useTextScale();
  const failover = useRun((state) => failoverToChart(state, vm));
  const ghost = useGhost(vm);
  const lit = useLitCharts();
  if (failover !== null) {
    return (
      <FailoverSteps
        steps={failover}
        nowNs={nowNs}
        mode={timeScale}
        height={height}
        textScale={textScale}
      />
    );
  }
  if (migration === null) {
    return (
      <p
        className={isLow(height) ? 'progress__empty progress__empty--low' : 'progress__empty'}
        style={{ height }}
      >
        {goal !== undefined && <b>What to look for</b>}
        {goal ?? `What is copied, round by round, appears here as soon as ${name} is moved.`}
      </p>
    );
  }
  return (
    <RoundsChart
      migration={migration}
      untilNs={untilNs}
      ghost={ghost}
      nowNs={nowNs}
      mode={timeScale}
      yScale={pageScale}
      thresholdPages={threshold}
      height={height}
      textScale={textScale}
      {...lit}
    />
  );
}

export function TimelinePanel({ compact = false }: { readonly compact?: boolean }) {
  const actions = useRunActions();
  const vm = useView((view) => view.selectedVm);
  const migration = useRun((state) => migrationToChart(state, vm));
  const nowNs = useRun(timeNsOf);
  const untilNs = useRun((state) => chartedUntilNs(state, vm));
  const endNs = useRun((state) => state.run?.endNs ?? 0);
  const timeScale = useView((view) => view.timeScale);
  const failover = useRun((state) => failoverToChart(state, vm));
  const ghost = useGhost(vm);
  return (
    <Timeline
      migration={migration}
      ghost={ghost}
      {...useLitCharts()}
      onChooseGhost={() => ghost && actions.chooseBranch(ghost.id)}
      spans={failover === null ? null : failoverSpans(failover)}
      run={{ startNs: 0, endNs }}
      untilNs={untilNs}
      nowNs={nowNs}
      mode={timeScale}
      compact={compact}
      textScale={useTextScale()}
      onSeek={actions.seek}
      onStep={(direction, unit) => actions.step(unit === 'step' ? 'batch' : 'round', direction)}
    />
  );
}
