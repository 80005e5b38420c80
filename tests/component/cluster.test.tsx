import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FrameSummary } from '../../src/protocol/frameSummary.ts';
import {
  changed,
  crashEvents,
  eventRow,
  quickMigrationRow,
  SECOND,
  summaryOf,
} from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());

function setup() {
  const lab = openLab();
  const { session, runStore, user } = lab;
  const rest = summaryOf(runStore.getState().scenario);
  return {
    ...lab,
    rest,
    /** The command that was sent last. */
    lastOperation: () => {
      const sent = session.sent.filter((command) => command.type === 'operate');
      return sent.at(-1)?.operation;
    },
    openCluster: () => user.click(screen.getByText('Nodes and storage')),
    choose: (label: string, option: string) =>
      user.selectOptions(screen.getByRole('combobox', { name: label }), option),
    isBlocked: (name: string | RegExp) => lab.button(name).getAttribute('aria-disabled') === 'true',
    reasonOf: (name: string) => {
      const id = lab.button(name).getAttribute('aria-describedby');
      return document.getElementById(id ?? '')?.textContent;
    },
  };
}

function nodes(rest: FrameSummary, place: number, more: Partial<FrameSummary['nodes'][number]>) {
  return { nodes: changed(rest.nodes, place, more) };
}

function volumes(rest: FrameSummary, more: Partial<FrameSummary['volumes'][number]>) {
  return { volumes: changed(rest.volumes, 0, more) };
}

describe('the actions on a node', () => {
  it.each([
    ['Crash Node 1', { do: 'crash-node', node: 'node1' }],
    ['Drain Node 1', { do: 'drain-node', node: 'node1' }],
    ['Cut the storage path of Node 1', { do: 'cut-storage-path', node: 'node1' }],
    ['Cut the migration network of Node 1', { do: 'cut-migration-network', node: 'node1' }],
    ['Cut the migration network of all nodes', { do: 'cut-migration-network' }],
  ])('%s', async (name, operation) => {
    const { press, openCluster, showRest, lastOperation } = setup();
    showRest();
    await openCluster();
    await press(name);
    expect(lastOperation()).toEqual(operation);
  });

  it.each([
    ['Repair Node 1', { up: false, downSinceNs: SECOND }, { do: 'repair-node', node: 'node1' }],
    ['Resume Node 1', { paused: true }, { do: 'resume-node', node: 'node1' }],
    [
      'Repair the migration network of Node 1',
      { migrationNetwork: false },
      { do: 'repair-migration-network', node: 'node1' },
    ],
  ])('%s', async (name, more, operation) => {
    const { press, openCluster, showRest, rest, lastOperation } = setup();
    showRest(nodes(rest, 0, more));
    await openCluster();
    await press(name);
    expect(lastOperation()).toEqual(operation);
  });

  it('repair the storage path when it is cut', async () => {
    const { press, openCluster, showRest, rest, lastOperation } = setup();
    showRest(volumes(rest, { paths: [false, true, true] }));
    await openCluster();
    await press('Repair the storage path of Node 1');
    expect(lastOperation()).toEqual({ do: 'repair-storage-path', node: 'node1' });
  });

  it('are those of the node that is picked', async () => {
    const { press, choose, openCluster, showRest, lastOperation } = setup();
    showRest();
    await openCluster();
    await choose('Node', 'Node 3');
    await press('Crash Node 3');
    expect(lastOperation()).toEqual({ do: 'crash-node', node: 'node3' });
  });

  it('stay with the node when the VM starts on another one', async () => {
    const { openCluster, showRest, rest, button } = setup();
    showRest();
    await openCluster();
    showRest({
      ...nodes(rest, 0, { up: false, downSinceNs: SECOND }),
      vms: changed(rest.vms, 0, { node: 2 }),
    });
    expect(button('Repair Node 1')).toBeTruthy();
  });

  it('say why they are not possible, and keep the focus', async () => {
    const { press, button, openCluster, showRest, rest, reasonOf, lastOperation } = setup();
    const drainRefusal = 'Node 1 is down';
    showRest(nodes(rest, 0, { up: false, downSinceNs: SECOND, drainRefusal }));
    await openCluster();
    await press('Drain Node 1');
    expect(lastOperation()).toBeUndefined();
    expect(reasonOf('Drain Node 1')).toBe('Node 1 is down.');
    expect(document.activeElement).toBe(button('Drain Node 1'));
  });

  it('say the reason of the model as a sentence', async () => {
    const { openCluster, showRest, rest, reasonOf } = setup();
    showRest(nodes(rest, 0, { drainRefusal: 'the cluster has no quorum' }));
    await openCluster();
    expect(reasonOf('Drain Node 1')).toBe('The cluster has no quorum.');
  });

  it('tell in the title what is wrong', () => {
    const { showRest, rest } = setup();
    showRest(nodes(rest, 1, { up: false, downSinceNs: SECOND }));
    expect(screen.getByText('Node 2 is down')).toBeTruthy();
  });
});

describe('the actions on a volume', () => {
  const name = 'Cluster Shared Volume 1';

  it('give its coordinator to another node, chosen on the stage', async () => {
    const { press, openCluster, showRest, lastOperation } = setup();
    showRest();
    await openCluster();
    await press(`Move the coordinator of ${name}…`);
    await press(`give ${name} to Node 3`);
    expect(lastOperation()).toEqual({ do: 'move-volume', volume: 'csv1', to: 'node3' });
  });

  it('make it a cluster disk only when its VMs are on one node', async () => {
    const { openCluster, showRest, rest, reasonOf, press, lastOperation } = setup();
    const convertRefusal = 'its VMs run on Node 1 and Node 2, and a cluster disk has one owner';
    showRest(volumes(rest, { convertRefusal }));
    await openCluster();
    expect(reasonOf(`Make it a cluster disk: ${name}`)).toBe(
      'Its VMs run on Node 1 and Node 2, and a cluster disk has one owner.',
    );
    await press(`Make it a cluster disk: ${name}`);
    expect(lastOperation()).toBeUndefined();
  });

  it('make it a CSV', async () => {
    const { press, openCluster, showRest, rest, lastOperation } = setup();
    showRest(volumes(rest, { kind: 'cluster-disk' }));
    await openCluster();
    await press(`Make it a CSV: ${name}`);
    expect(lastOperation()).toEqual({ do: 'make-csv', volume: 'csv1' });
  });

  it('are not possible while it is being moved', async () => {
    const { openCluster, showRest, rest, isBlocked } = setup();
    const change = { why: 'move', to: 1, startNs: 0, endNs: 3 * SECOND } as const;
    const why = `${name} is being moved`;
    const moveRefusals = rest.nodes.map(() => why);
    showRest(volumes(rest, { kind: 'cluster-disk', change, moveRefusals, convertRefusal: why }));
    await openCluster();
    expect(isBlocked(`Move ${name}…`)).toBe(true);
    expect(isBlocked(`Make it a CSV: ${name}`)).toBe(true);
  });
});

describe('the votes', () => {
  it('are counted', async () => {
    const { openCluster, showRest } = setup();
    showRest({ quorum: { has: true, votes: 3, needed: 3, total: 4, witness: true } });
    await openCluster();
    expect(
      screen.getByText('Quorum: 3 of 4 votes, 3 are needed. The disk witness votes.'),
    ).toBeTruthy();
  });
});

describe('choosing by keys', () => {
  it('Q, arrows and Enter move a VM by quick migration', async () => {
    const { keys, showRest, lastOperation } = setup();
    showRest();
    await keys('q{ArrowRight}{Enter}');
    expect(lastOperation()).toEqual({ do: 'quick-migrate', vm: 'web01', to: 'node3' });
  });

  it('C and Enter crash the node of the selected VM, and it plays from the start', async () => {
    const { keys, session, showRest } = setup();
    showRest();
    await keys('c{Enter}');
    expect(session.sent).toEqual([
      { type: 'operate', operation: { do: 'crash-node', node: 'node1' } },
      { type: 'play', speed: 5 },
    ]);
  });

  it('C and arrows choose another node, of which one that is down says so', async () => {
    const { keys, button, showRest, rest, lastOperation } = setup();
    showRest(nodes(rest, 1, { up: false, downSinceNs: SECOND }));
    await keys('c{ArrowRight}');
    const down = button('Node 2 is down already');
    expect(document.activeElement).toBe(down);
    expect(down.getAttribute('aria-disabled')).toBe('true');
    await keys('{Enter}');
    expect(lastOperation()).toBeUndefined();
    await keys('{ArrowRight}{Enter}');
    expect(lastOperation()).toEqual({ do: 'crash-node', node: 'node3' });
  });

  it.each([
    ['Live migrate…', 'drop web-01 here'],
    ['Quick migrate…', 'drop web-01 here'],
    ['Crash a node…', 'crash Node 1'],
    ['Move the coordinator of Cluster Shared Volume 1…', 'give Cluster Shared Volume 1 to Node 2'],
  ])('%s by Enter leads to the first node, and Esc back to it', async (name, first) => {
    const { keys, button, openCluster, showRest } = setup();
    showRest();
    await openCluster();
    button(name).focus();
    await keys('{Enter}');
    expect(document.activeElement?.textContent).toBe(first);
    await keys('{Escape}');
    expect(document.activeElement).toBe(button(name));
  });

  it('by pointer the focus stays on the button: a node is clicked next', async () => {
    const { press, button, showRest } = setup();
    showRest();
    await press('Crash a node…');
    expect(document.activeElement).toBe(button('Crash a node…'));
  });

  it('Esc gives up, and the button says what to do meanwhile', async () => {
    const { keys, press, showRest, session } = setup();
    showRest();
    await press('Crash a node…');
    expect(screen.getByText('Choose a node. Esc gives up.')).toBeTruthy();
    await keys('{Escape}');
    expect(screen.queryByText('Choose a node. Esc gives up.')).toBeNull();
    expect(session.sent).toEqual([]);
  });

  it('moves no VM that is on its way already', async () => {
    const { keys, session, showSecond } = setup();
    showSecond(45.3);
    await keys('q{Enter}l{Enter}');
    expect(session.sent).toEqual([]);
  });

  it('E edits the cluster', async () => {
    const { keys, showRest, viewStore } = setup();
    showRest();
    await keys('e');
    expect(viewStore.getState().editorOpen).toBe(true);
  });

  it('are all listed', async () => {
    const { press } = setup();
    await press('Keys');
    const dialog = within(await screen.findByRole('dialog'));
    for (const key of ['L', 'Q', 'C', 'E']) expect(dialog.getByText(key)).toBeTruthy();
  });
});

describe('the selected VM', () => {
  it('begins with a quick migration where its disk does not let it move alone', async () => {
    const { press, showRest, rest, lastOperation } = setup();
    const refusals = { ...rest.refusals, live: rest.nodes.map(() => 'LUN 1 holds db-01 too') };
    showRest({ refusals });
    await press('Quick-migrate web-01 to Node 2');
    expect(lastOperation()).toEqual({ do: 'quick-migrate', vm: 'web01', to: 'node2' });
  });

  it('says how long its quick migration takes', () => {
    const { showRest } = setup();
    showRest();
    expect(
      screen.getByText(/^Quick migration: 8.s per GB, so 32\.0.s for the 4.GB of web-01\.$/),
    ).toBeTruthy();
  });

  it('says no time of a quick migration that is not possible now', () => {
    const { showSecond } = setup();
    showSecond(10);
    expect(screen.queryByText(/^Quick migration: /)).toBeNull();
  });

  it('cannot be cancelled in a quick migration', () => {
    const { showSecond, reasonOf } = setup();
    showSecond(5, {}, { migrations: [quickMigrationRow()], events: [] });
    expect(reasonOf('Cancel this migration')).toBe('A quick migration cannot be cancelled.');
  });

  it.each([
    [{ status: 'off', blocked: 'no node can own LUN 1' }, 'Not running: no node can own LUN 1'],
    [{ status: 'off' }, 'Not running'],
    [{ status: 'booting', statusEndNs: 80 * SECOND }, 'Booting on Node 1 until 80.0 s'],
    [{ status: 'saved' }, 'Saved on Cluster Shared Volume 1, not running'],
    [{ status: 'waiting-for-disk' }, 'Paused on Node 1, waits for its disk'],
    [{ disk: 'redirected' }, 'Running on Node 1, its disk through Node 1'],
  ] satisfies [Partial<FrameSummary['vms'][number]>, string][])(
    'tells where it is: %o',
    (more, text) => {
      const { showRest, rest } = setup();
      showRest({ vms: changed(rest.vms, 0, more) });
      expect(screen.getByText(text)).toBeTruthy();
    },
  );

  it('shows what no node can do for it', () => {
    const { showRest, rest, reasonOf } = setup();
    const refusals = { ...rest.refusals, live: rest.nodes.map(() => 'web-01 boots') };
    showRest({ refusals });
    expect(reasonOf('Live migrate…')).toBe('No node can take web-01: web-01 boots.');
    expect(reasonOf('Quick migrate…')).toBeUndefined();
  });
});

describe('the readouts', () => {
  const figure = (name: string) =>
    screen.getByText(name, { selector: 'dt' }).nextSibling?.textContent;

  it('count pages saved, then pages read back', () => {
    const { showSecond, rest } = setup();
    const row = quickMigrationRow();
    const shown = { id: 0, method: 'quick', cause: 'operator', vm: 0, from: 0, to: 1 } as const;
    const pages = { requestedNs: 0, round: 0, sendingPage: -1, dirtiedPages: 0, bytesSent: 0 };
    const counts = { sendingMBps: 268, sentPages: 0, stalePages: 0, hotPages: 0 };
    const migration = { ...shown, ...pages, ...counts, pagesToSend: 1_048_576 };
    const run = { migrations: [row], events: [] };
    showSecond(
      5,
      {
        ...rest,
        migration: { ...migration, phase: 'saving', pagesSent: 700, pagesSentInAll: 700 },
        timeNs: 5 * SECOND,
      },
      run,
    );
    expect(figure('Pages saved')).toBe('700');
    showSecond(
      20,
      { migration: { ...migration, phase: 'restoring', pagesSent: 90, pagesSentInAll: 1_048_576 } },
      run,
    );
    expect(figure('Pages read back')).toBe('90');
    showSecond(40, {}, run);
    expect(figure('Pages read back')).toBe('1,048,576');
  });

  it('say so when they count more than the present move or failover', () => {
    const { showSecond, rest } = setup();
    const vms = changed(rest.vms, 0, { status: 'off', lostMiB: 8192, outageNs: 71 * SECOND });
    const events = [...crashEvents(12), ...crashEvents(100)];
    showSecond(103, { vms }, { migrations: [], events });
    expect(figure('Since the crash')).toBe('3.0\u00a0s');
    expect(figure('Lost in this run')).toBe('8\u00a0GB');
    expect(figure('Outage in this run')).toBe('71.0\u00a0s');
  });

  it('show the memory lost after a crash, and the time since then', () => {
    const { showSecond, rest } = setup();
    const vms = changed(rest.vms, 0, { status: 'off', lostMiB: 4096, outageNs: 3 * SECOND });
    showSecond(15, { vms }, { migrations: [], events: crashEvents(12) });
    expect(figure('Memory lost')).toBe('4\u00a0GB');
    expect(figure('Since the crash')).toBe('3.0\u00a0s');
  });
});

describe('what was lost', () => {
  const losses = () => within(screen.getByRole('region', { name: 'Lost' }));

  it('is nothing at first, and no client has lost its connection', () => {
    const { showRest } = setup();
    showRest();
    expect(losses().getByText('No memory and no connection.')).toBeTruthy();
  });

  it('is listed crash by crash with its reason, and a line leads to its moment', async () => {
    const { showSecond, rest, session, user } = setup();
    const later = eventRow('memory-lost', 30, '8 GB of the memory of db-01', 1);
    const vms = changed(rest.vms, 0, { status: 'off', lostMiB: 4096 });
    showSecond(20, { vms }, { migrations: [], events: [...crashEvents(12), later] });
    expect(losses().getByText('4 GB of memory in 1 VM.')).toBeTruthy();
    const lines = within(losses().getByRole('list')).getAllByRole('button');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      '12.0\u00a0s4 GB of the memory of web-01 were never on disk and are lost: Node 1 is down',
    ]);
    await user.click(lines[0]!);
    expect(session.sent).toEqual([{ type: 'seek', ns: 12 * SECOND }]);
  });

  it('counts connections by kind of client', () => {
    const { showRest, rest } = setup();
    const clients = changed(rest.clients, 0, {
      kept: 0,
      now: { answered: 0, asking: 0, waiting: 0, lost: 9, reconnected: 3 },
      longestSilenceNs: 21 * SECOND,
    });
    showRest({ clients });
    expect(losses().getByText('12 Windows: 12 lost, 3 reconnected, waited 21.0 s')).toBeTruthy();
    expect(losses().getByText('12 Linux: none lost')).toBeTruthy();
    expect(losses().getByText('No memory.')).toBeTruthy();
  });
});
