import { describe, expect, it } from 'vitest';
import { KeyframeStore } from '../../../../src/engine/recording/keyframeStore.ts';
import { cluster } from '../../../support/clusterBuilder.ts';
import { startRun } from '../../../support/clusterRuns.ts';

const MS = 1_000_000;

/** Keyframes of an idle cluster at the times given, with so much work between them that each is due. */
function store(budget: number, ...times: number[]): KeyframeStore {
  const { simulation } = startRun(cluster({ commands: [] }));
  const keyframes = new KeyframeStore(budget);
  times.forEach((ms, index) => {
    simulation.advanceTo(ms * MS);
    keyframes.add(simulation.keyframe(), index * 1e6);
  });
  return keyframes;
}

const times = (keyframes: KeyframeStore, ...ms: number[]): number[] =>
  ms.map((time) => keyframes.before(time * MS).timeNs / MS);

describe('the keyframe store', () => {
  it('[RE1] gives the last keyframe at or before a time', () => {
    const keyframes = store(1e9, 0, 10, 20);
    expect(times(keyframes, 0, 9.999999, 10, 15, 20, 1000)).toEqual([0, 0, 10, 10, 20, 20]);
    expect(() => new KeyframeStore().before(0)).toThrow('no keyframe was kept');
  });

  it('[RE2] gives up every second one when the budget is spent, and spaces them twice as far', () => {
    const one = store(1e9, 0).bytes;
    const keyframes = store(4.5 * one, 0, 10, 20, 30);
    expect(keyframes.count).toBe(4);
    const before = keyframes.workLeft(3e6);
    const thinned = store(4.5 * one, 0, 10, 20, 30, 40);
    expect(times(thinned, 5, 15, 25, 35, 45)).toEqual([0, 0, 20, 20, 40]);
    expect(thinned.bytes).toBe(3 * one);
    expect(thinned.workLeft(4e6)).toBe(2 * before);
  });

  it('[RE2] asks for the next one after some work, and never for two at one time', () => {
    const keyframes = store(1e9, 0, 10);
    const spacing = keyframes.workLeft(1e6);
    expect(keyframes.isDue(1e6 + spacing - 1, 11 * MS)).toBe(false);
    expect(keyframes.isDue(1e6 + spacing, 11 * MS)).toBe(true);
    expect(keyframes.isDue(1e6 + spacing, 10 * MS)).toBe(false);
    expect(new KeyframeStore().isDue(0, 0)).toBe(true);
  });

  it('[RE3] keeps those before a command and gives up the others', () => {
    const keyframes = store(1e9, 0, 10, 20, 30);
    const bytes = keyframes.bytes;
    keyframes.dropFrom(20 * MS);
    expect(keyframes.count).toBe(2);
    expect(keyframes.bytes).toBe(bytes / 2);
    expect(times(keyframes, 5, 10, 20, 99)).toEqual([0, 10, 10, 10]);
  });
});
