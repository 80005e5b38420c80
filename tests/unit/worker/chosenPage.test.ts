/** The chosen page in the frames of the host: exact, in slices, and the newest question alone. */
import { expect, test } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import { RecordedRun } from '../../../src/engine/recording/recordedRun.ts';
import type { FrameSummary } from '../../../src/protocol/frameSummary.ts';
import { ChosenPage } from '../../../src/worker/chosenPage.ts';
import { plainMigration } from '../../support/plainMigration.ts';
import { MOVE, calmScenario, startHost, type HostHarness } from './hostHarness.ts';

const scenario = calmScenario({ commands: [{ ...MOVE, atMs: 0 }] });
const show = {
  type: 'show',
  vm: 0,
  lensCell: 3,
  content: false,
  idleSecond: 0,
  lit: null,
} as const;

/** Page time is 35.1 us: round 1 of 16,384 pages lasts from 0.3 s to 0.87 s. */
function hostAt(ns: number): HostHarness {
  const host = startHost().send({ type: 'load', runId: 1, scenario }).wait(400);
  return host.send({ type: 'seek', ns }).wait(50);
}

function plainPage(page: number, ns: number): Partial<NonNullable<FrameSummary['page']>> {
  const { written, writtenSince, sent, sentNs, sentInRound } = plainMigration(scenario, {
    untilNs: ns,
    page,
  }).page;
  const name = sentInRound === 0 ? 'stop-and-copy' : 'round';
  const sentIn = sentInRound === null ? null : ({ name, number: sentInRound } as const);
  return { page, written, writtenSince, sent, sentNs, sentIn };
}

test('is told as the plain version tells it, forward and back', () => {
  const host = hostAt(0);
  const [move] = host.run.migrations;
  const { startNs, endNs } = at(move!.phases, 3);
  for (const ns of [startNs + 1, Math.round((startNs + endNs!) / 2), startNs - 1000, endNs!]) {
    for (const page of [0, 77, 5000, 16_383]) {
      host.send({ type: 'seek', ns }, { ...show, page }).wait(50);
      expect(host.frame.summary.page).toMatchObject(plainPage(page, ns));
    }
  }
});

test('is nothing before the copy, without a question, and outside of the memory', () => {
  const host = hostAt(100)
    .send({ ...show, page: 5 })
    .wait(50);
  expect(host.frame.summary.page).toBeNull();
  const inCopy = hostAt(0.5e9);
  expect(inCopy.frame.summary.page).toBeNull();
  inCopy.send({ ...show, page: 16_384 }).wait(50);
  expect(inCopy.frame.summary.page).toBeNull();
});

test('of two questions the newer is answered, and a command makes it a new one', () => {
  const host = hostAt(0.5e9)
    .send({ ...show, page: 5 }, { ...show, page: 6 })
    .wait(50);
  expect(host.frame.summary.page?.page).toBe(6);
  const before = host.frame.summary.page;
  host
    .send({ type: 'operate', operation: { do: 'set-writers', vm: 'web01', writers: [] } })
    .wait(400);
  expect(host.frame.summary.page).toEqual(before);
  host.send({ type: 'seek', ns: 0.8e9 }).wait(50);
  expect(host.frame.summary.page?.written).toBe(before?.written);
});

test('is worked out in slices, and says nothing until it is there', () => {
  const run = new RecordedRun(scenario);
  while (!run.complete) run.workAhead(100_000);
  const seekTo = at(run.record.migrations, 0).pausedNs!;
  run.seek(seekTo);
  const chosen = new ChosenPage();
  let looks = 0;
  const oneLook = (): boolean => ++looks % 2 === 1;
  let slices = 1;
  for (; !chosen.prepare(run, 0, 77, oneLook); slices++) expect(chosen.facts(run, 77)).toBeNull();
  expect(slices).toBeGreaterThan(1);
  expect(chosen.facts(run, 77)).toMatchObject(plainPage(77, seekTo));
});
