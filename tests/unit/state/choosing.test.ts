import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { FrameSummary } from '../../../src/protocol/messages.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { choiceRefusal, choiceText, firstChoice, isOffered } from '../../../src/state/choosing.ts';
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
});

describe('a node that cannot have the volume', () => {
  const full = { usedMiB: 26 * 1024 };

  it.each([
    ['is down', nodesWith(1, { up: false, downSinceNs: 0 }), 'Node 2 is down'],
    ['is not counted in yet', nodesWith(1, { member: false }), 'Node 2 is down'],
    ['is drained', nodesWith(1, { paused: true }), 'Node 2 is paused for maintenance'],
    [
      'has no path to it',
      stateWith({ volumes: changed(rest.volumes, 0, { paths: [true, false, true] }) }),
      'Node 2 has no path to LUN 1',
    ],
    [
      'has no room for all VMs on it',
      nodesWith(1, full),
      'web-01 and db-01 need 12\u00a0GB, Node 2 has 6\u00a0GB free',
    ],
  ])('because it %s', (_, state, reason) => {
    expect(choiceRefusal(state, lun, 1)).toBe(reason);
  });

  it('has it already', () => {
    expect(choiceRefusal(stateWith(), lun, 0)).toBe('Node 1 has LUN 1 already');
  });

  it('may be full when it is to coordinate a CSV: no VM moves', () => {
    const nodes = changed(rest.nodes, 1, full);
    const volumes = changed(rest.volumes, 0, { kind: 'csv' });
    expect(choiceRefusal(stateWith({ nodes, volumes }), lun, 1)).toBeNull();
  });

  it('is not a possible owner of a VM on it', () => {
    const state = stateWith();
    const vms = changed(scenario.vms, 1, { possibleOwners: ['node1', 'node3'] });
    const owners = { ...state, scenario: { ...scenario, vms } };
    expect(choiceRefusal(owners, lun, 1)).toBe('Node 2 is not a possible owner of db-01');
    expect(choiceRefusal(owners, lun, 2)).toBeNull();
  });
});
