/** Whole runs that are worked out in slices: how far they are, their order, and those that nobody waits for. */
import { expect, test } from 'vitest';
import { parse } from 'valibot';
import { simAnswerSchema, type SimAnswer } from '../../../src/protocol/messages.ts';
import { outlineOf } from '../../../src/worker/outline.ts';
import { OutlineJobs } from '../../../src/worker/outlineJobs.ts';
import { MOVE, calmScenario } from './hostHarness.ts';

const scenario = calmScenario({ commands: [{ ...MOVE, atMs: 0 }] });
const quick = calmScenario({ commands: [{ ...MOVE, do: 'quick-migrate', atMs: 0 }] });

/** More than a slice. */
const large = calmScenario({
  nodes: scenario.nodes.map((node) => ({ ...node, memoryMiB: 16_384 })),
  vms: scenario.vms.map((vm) => ({ ...vm, memoryMiB: 8192, touchedMiB: 8192 })),
  commands: [{ ...MOVE, atMs: 0 }],
});

/** Each look at the clock takes 5 ms, so that a slice has three steps. */
function setup() {
  const answers: SimAnswer[] = [];
  let nowMs = 0;
  const jobs = new OutlineJobs(
    { post: (answer) => answers.push(parse(simAnswerSchema, answer)) },
    { nowMs: () => (nowMs += 5) },
  );
  return {
    jobs,
    answers,
    ask: (requestId: number, asked = scenario) =>
      jobs.add({ type: 'outline', requestId, scenario: asked, watchedVm: 0 }),
    workAll: () => {
      while (jobs.isBusy) jobs.work();
    },
  };
}

test('come out as in one go, one after the other', () => {
  const { ask, workAll, answers } = setup();
  ask(0);
  ask(1, quick);
  workAll();
  expect(answers.filter(({ type }) => type === 'outlined')).toEqual([
    { type: 'outlined', requestId: 0, outline: outlineOf(scenario, 0) },
    { type: 'outlined', requestId: 1, outline: outlineOf(quick, 0) },
  ]);
});

test('tell how far they are: the simulated time, and the pages of the present pass', () => {
  const { ask, workAll, answers } = setup();
  ask(7, large);
  workAll();
  const told = answers.flatMap((answer) => (answer.type === 'outlining' ? [answer.progress] : []));
  expect(told.length).toBeGreaterThan(1);
  const times = told.map(({ timeNs }) => timeNs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const first = told.find(({ pass }) => pass !== null)?.pass;
  expect(first).toMatchObject({ phase: 'round', round: 1, pagesToSend: 8192 * 256 });
  expect(first?.pagesSent).toBeGreaterThan(0);
});

test('that nobody waits for any more are dropped, begun or not', () => {
  const { jobs, ask, workAll, answers } = setup();
  ask(0, large);
  ask(1);
  ask(2, quick);
  jobs.work();
  jobs.drop(0);
  jobs.drop(1);
  workAll();
  const done = answers.flatMap((answer) => (answer.type === 'outlined' ? [answer.requestId] : []));
  expect(done).toEqual([2]);
  ask(3);
  jobs.dropAll();
  expect(jobs.isBusy).toBe(false);
});
