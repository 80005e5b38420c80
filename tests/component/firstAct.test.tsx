/** What a scenario is opened for is offered first: by the sentence, by the primary button, by Space. */
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import type { Operation } from '../../src/engine/command.ts';
import { presets } from '../../src/scenario/presets.ts';
import { changed, summaryOf } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());

function openPreset(id: string) {
  const { scenario } = at(
    presets.filter((preset) => preset.id === id),
    0,
  );
  const lab = openLab();
  const rest = summaryOf(scenario);
  act(() => {
    lab.runStore.actions.loadScenario(scenario);
    lab.session.paint(rest);
  });
  return { ...lab, rest };
}

const acts: [string, string, RegExp, Operation][] = [
  ['failover', 'Crash Node 1', /Crash Node 1 and watch/, { do: 'crash-node', node: 'node1' }],
  ['drain', 'Drain Node 1', /Drain Node 1 and watch/, { do: 'drain-node', node: 'node1' }],
  ['quorum', 'Crash Node 1', /Crash Node 1 and watch/, { do: 'crash-node', node: 'node1' }],
];

describe.each(acts)('the scenario %s', (id, name, invitation, operation) => {
  const carriedOut = [
    { type: 'operate', operation },
    { type: 'play', speed: 5 },
  ];

  it('invites to its own first act', () => {
    expect(openPreset(id).sentence()).toMatch(invitation);
  });

  it('begins with it by its button', async () => {
    const { press, session } = openPreset(id);
    await press(name);
    expect(session.sent).toEqual(carriedOut);
  });

  it('begins with it by Space', async () => {
    const { keys, session } = openPreset(id);
    await keys(' ');
    expect(session.sent).toEqual(carriedOut);
  });
});

describe('a first act that is not possible', () => {
  it('gives way to moving the VM', () => {
    const { session, rest, sentence } = openPreset('drain');
    const drainRefusal = 'the cluster has no quorum';
    act(() => session.paint({ ...rest, nodes: changed(rest.nodes, 0, { drainRefusal }) }));
    expect(sentence()).toMatch(/Live-migrate it/);
    expect(screen.getByRole('button', { name: 'Live-migrate web-01 to Node 2' })).toBeTruthy();
  });
});
