/** What the worker tells of a run, bit by bit, and what the page makes of it. */
import { describe, expect, it } from 'vitest';
import { parse } from 'valibot';
import { RecordedRun } from '../../../src/engine/recording/recordedRun.ts';
import { simAnswerSchema } from '../../../src/protocol/messages.ts';
import type { RunInfo, RunNews } from '../../../src/protocol/runInfo.ts';
import { withNews } from '../../../src/session/withNews.ts';
import { runInfoOf } from '../../../src/worker/runInfo.ts';
import { RunTeller } from '../../../src/worker/runNews.ts';
import { calmScenario, MOVE } from './hostHarness.ts';

/** A guest that never converges: 120 rounds. */
const calm = calmScenario();
const scenario = calmScenario({
  vms: calm.vms.map((vm) => ({
    ...vm,
    writers: [{ kind: 'uniform', pagesPerSecond: 60_000, startMiB: 0, sizeMiB: 4 }],
  })),
  commands: [{ ...MOVE, atMs: 0 }],
  liveMigration: { ...calm.liveMigration, maxRounds: 120, stopBelowMs: 1 },
});

/** Works the run out, and tells of it after each bit, as a message does. */
function tellAll(run: RecordedRun): { all: RunNews[]; told: RunInfo | null } {
  const teller = new RunTeller();
  const all: RunNews[] = [];
  let told: RunInfo | null = null;
  while (!run.complete) {
    run.workAhead(10_000);
    const news = structuredClone(teller.news(run));
    all.push(news);
    told = withNews(told, news);
    expect(told).toEqual(structuredClone(runInfoOf(run)));
  }
  return { all, told };
}

describe('news of a run', () => {
  it('make the whole run, however often it is told', () => {
    const { all, told } = tellAll(new RecordedRun(scenario));
    expect(all.length).toBeGreaterThan(20);
    expect(told?.migrations[0]?.phases.filter(({ name }) => name === 'round')).toHaveLength(120);
  });

  it('tell each event once and each phase at most twice: messages stay small', () => {
    const { all, told } = tellAll(new RecordedRun(scenario));
    const events = all.reduce((sum, news) => sum + news.events.length, 0);
    expect(events).toBe(told?.events.length);
    const phases = all.reduce(
      (sum, { migrations }) => sum + (migrations[0]?.phases.length ?? 0),
      0,
    );
    expect(phases).toBeLessThanOrEqual(told!.migrations[0]!.phases.length + all.length);
  });

  it('begin anew where a command changes what was told', () => {
    const run = new RecordedRun(scenario);
    const teller = new RunTeller();
    while (!run.complete) run.workAhead(1 << 20);
    let told = withNews(null, structuredClone(teller.news(run)));
    run.seek(1_000_000_000);
    run.operate({ do: 'cancel-migration', vm: 'web01' });
    while (!run.complete) run.workAhead(1 << 20);
    const news = structuredClone(teller.news(run));
    told = withNews(told, news);
    expect(news.eventsFrom).toBe(0);
    expect(told).toEqual(structuredClone(runInfoOf(run)));
    expect(told.migrations[0]?.outcome).toBe('cancelled');
  });

  it('begin anew where the record was thinned', () => {
    const run = new RecordedRun(scenario);
    const teller = new RunTeller();
    while (!run.complete) run.workAhead(1 << 20);
    const told = withNews(null, structuredClone(teller.news(run)));
    run.record.events.splice(10, 20);
    run.record.migrations[0]!.phases.splice(10, 20);
    const news = structuredClone(teller.news(run));
    expect(withNews(told, news)).toEqual(structuredClone(runInfoOf(run)));
  });

  it('fit their message', () => {
    const run = new RecordedRun(scenario);
    run.workAhead(100_000);
    const answer = { type: 'run', runId: 1, run: structuredClone(new RunTeller().news(run)) };
    expect(parse(simAnswerSchema, answer)).toEqual(answer);
  });
});
