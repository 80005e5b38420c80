import { describe, expect, test } from 'vitest';
import { parse } from 'valibot';
import { simulate } from '../../../src/engine/recording/simulate.ts';
import { simAnswerSchema } from '../../../src/protocol/messages.ts';
import { MOVE, calmScenario, startHost } from './hostHarness.ts';

const loaded = () =>
  startHost().send({ type: 'load', runId: 1, scenario: calmScenario() }).wait(50);
const migrating = () => loaded().send({ type: 'operate', operation: MOVE }).wait(50);

describe('a run behind the page', () => {
  test('every message fits its type', () => {
    const host = migrating().send({ type: 'play', speed: 1 }).wait(2000);
    expect(host.answers.length).toBeGreaterThan(20);
    for (const answer of host.answers) parse(simAnswerSchema, answer);
  });

  test('an idle cluster shows a frame at time 0 with what the guest writes in a second', () => {
    const { summary, buffers } = loaded().frame;
    expect(summary.timeNs).toBe(0);
    expect(summary.migration).toBeNull();
    // 8,000 even writes into 8,192 pages touch 8,192 x (1 - exp(-8000/8192)) = 5,107 of them (facts G4).
    expect(summary.writtenPages).toBeGreaterThan(5000);
    expect(summary.writtenPages).toBeLessThan(5220);
    expect(buffers.written.reduce((sum, count) => sum + count, 0)).toBe(8000);
  });

  test('a command is worked out to its end at once and gives the same run as without a page', () => {
    const host = migrating();
    expect(host.run.complete).toBe(true);
    const scenario = { ...calmScenario(), commands: [{ ...MOVE, atMs: 0 }] };
    expect(host.run.scenario.commands).toEqual(scenario.commands);
    expect(host.run.reportDigest).toBe(
      simulate({ ...scenario, untilMs: host.run.scenario.untilMs }).digest,
    );
  });

  test('playing moves the shown time with the wall clock and stops at the end', () => {
    const host = migrating().send({ type: 'play', speed: 0.1 }).wait(1000);
    expect(host.frame.summary.playing).toBe(true);
    expect(host.frame.summary.timeNs / 1e6).toBeGreaterThan(90);
    expect(host.frame.summary.timeNs / 1e6).toBeLessThan(110);
    host.send({ type: 'play', speed: 50 }).wait(5000);
    expect(host.frame.summary.playing).toBe(false);
    expect(host.frame.summary.timeNs).toBe(host.run.endNs);
    expect(host.frame.summary.vms[0]?.node).toBe(1);
  });

  test('forward and back by every unit ends in the same state', () => {
    for (const unit of ['batch', 'event', 'round'] as const) {
      const host = migrating().send({ type: 'seek', ns: 0 }).wait(20);
      const digests: string[] = [];
      for (let i = 0; i < 12 && host.frame.summary.timeNs < host.run.endNs; i++) {
        digests.push(host.digest());
        host.send({ type: 'step', unit, direction: 1 }).wait(20);
      }
      expect(digests.length).toBeGreaterThan(5);
      for (const digest of digests.toReversed()) {
        host.send({ type: 'step', unit, direction: -1 }).wait(20);
        expect(host.digest()).toBe(digest);
      }
    }
  });

  test('only two frames are under way; the newest moment comes when one is given back', () => {
    const host = migrating();
    host.holdFrames = true;
    const before = host.frames.length;
    for (const ns of [1e8, 2e8, 3e8, 4e8]) host.send({ type: 'seek', ns }).wait(20);
    expect(host.frames.length - before).toBeLessThanOrEqual(2);
    host.send({ type: 'releaseFrame', buffers: host.frame.buffers }).wait(20);
    expect(host.frame.summary.timeNs).toBe(4e8);
  });

  test('a command in the past sets aside what was recorded after it', () => {
    const host = migrating().send({ type: 'seek', ns: 4e8 }).wait(20);
    host.send({ type: 'operate', operation: { do: 'cancel-migration', vm: 'web01' } }).wait(50);
    expect(host.run.migrations[0]?.outcome).toBe('cancelled');
    expect(host.run.endNs).toBe(4e8);
    expect(host.frame.summary.catchingUp).toBe(false);
    expect(host.frame.summary.migration).toBeNull();
  });

  test('every node says why it cannot take the VM, or that it can', () => {
    const reasons = [
      'web-01 runs on Node 1 already',
      null,
      'web-01 needs 64\u00a0MB, Node 3 has 32\u00a0MB free',
    ];
    expect(loaded().frame.summary.refusals).toEqual({ live: reasons, quick: reasons });
  });

  test('with content, the target becomes the same picture', () => {
    const show = {
      type: 'show',
      vm: 0,
      lensCell: 3,
      page: null,
      content: true,
      idleSecond: 0,
      lit: null,
    } as const;
    const host = migrating().send(show);
    const [move] = host.run.migrations;
    host.send({ type: 'seek', ns: (move?.phases[2]?.startNs ?? 0) + 1e8 }).wait(50);
    const { sourceTone, targetTone } = host.frame.buffers;
    expect(targetTone[0]).not.toBe(0);
    expect(targetTone[8191]).toBe(0);
    expect(host.frame.summary.lens?.cell).toBe(3);
    host.send({ type: 'seek', ns: (move?.resumedNs ?? 0) - 1 }).wait(50);
    expect(host.frame.buffers.targetTone).toEqual(host.frame.buffers.sourceTone);
    expect(sourceTone[0]).not.toBe(0);
  });

  test('a broken invariant is told by name and the host takes a new run', () => {
    const host = loaded();
    const broken = { ...calmScenario(), vms: [{ ...calmScenario().vms[0]!, node: 'nowhere' }] };
    host.send({ type: 'load', runId: 2, scenario: broken });
    expect(host.answers.at(-1)).toMatchObject({
      type: 'failed',
      runId: 2,
      name: 'InvariantError',
      message: 'no node "nowhere"',
    });
    host.send({ type: 'load', runId: 3, scenario: calmScenario() }).wait(20);
    expect(host.frame.runId).toBe(3);
  });
});
