import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { FrameSummary } from '../../../src/protocol/frameSummary.ts';
import { presets } from '../../../src/scenario/presets.ts';
import {
  choiceRefusal,
  choiceText,
  firstChoice,
  firstOffered,
  isOffered,
} from '../../../src/state/choosing.ts';
import type { RunState } from '../../../src/state/runStore.ts';
import { createRunStore } from '../../../src/state/runStore.ts';
import type { NodeChoice } from '../../../src/state/viewStore.ts';
import { changed, createFakeSession, summaryOf } from '../../support/fakeSession.ts';

const { scenario } = at(
  presets.filter(({ id }) => id === 'one-lun'),
  0,
);
const rest = summaryOf(scenario);

function stateWith(more: Partial<FrameSummary> = {}): RunState {
  const session = createFakeSession();
  const store = createRunStore({ session, scenario, now: () => 0 });
  session.paint(summaryOf(scenario, more));
  return store.getState();
}

const lun: NodeChoice = { what: 'volume', volume: 0 };
const crash: NodeChoice = { what: 'crash' };
const quick: NodeChoice = { what: 'quick', vm: 0 };

function nodesWith(node: number, more: Partial<FrameSummary['nodes'][number]>) {
  return stateWith({ nodes: changed(rest.nodes, node, more) });
}

describe('choosing a node', () => {
  it('says what a click on it does', () => {
    const state = stateWith();
    expect(choiceText(state, quick, 1)).toBe('drop web-01 here');
    expect(choiceText(state, crash, 1)).toBe('crash Node 2');
    expect(choiceText(state, lun, 1)).toBe('give LUN 1 to Node 2');
  });

  it('says nothing where the VM or the volume is, but lets every node crash', () => {
    const state = stateWith();
    expect([quick, lun, crash].map((choice) => isOffered(state, choice, 0))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('to crash begins with that of the selected VM, and passes over those that are down', () => {
    expect(firstChoice(stateWith(), crash, 2)).toBe(2);
    const down = nodesWith(2, { up: false, downSinceNs: 0 });
    expect(choiceRefusal(down, crash, 2)).toBe('Node 3 is down already');
    expect(firstChoice(down, crash, 2)).toBe(0);
  });

  it('for a VM or a volume begins after its own', () => {
    expect(firstChoice(stateWith(), quick, 0)).toBe(1);
    expect(firstChoice(stateWith(), lun, 2)).toBe(1);
  });

  it('where no node can be chosen, leads to the first that says why', () => {
    expect(firstOffered(stateWith(), quick)).toBe(1);
    expect(firstOffered(stateWith(), crash)).toBe(0);
  });
});

describe('a node that cannot have the volume', () => {
  it('says the reason of the model', () => {
    const moveRefusals = ['Node 1 is the owner of LUN 1 already', 'Node 2 is down', null];
    const state = stateWith({ volumes: changed(rest.volumes, 0, { moveRefusals }) });
    expect([0, 1, 2].map((node) => choiceRefusal(state, lun, node))).toEqual(moveRefusals);
    expect(firstChoice(state, lun, 0)).toBe(2);
  });
});
