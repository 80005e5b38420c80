/** The stage of the Lab: crashes, what is cut, and choosing a node for what is to happen. */
import { act, cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { phaseOf, quickFrameOf, quickMigrationOf } from '../support/chartRows.ts';
import { SECOND } from '../support/fakeSession.ts';
import { onCsv, onLuns, openStage } from '../support/stagePage.tsx';

afterEach(cleanup);

describe('a crash', () => {
  it('is shown at once, also while the others have not noticed it', () => {
    const { show, nodeText, card, words, volume, hatched, opened } = openStage(onCsv);
    show((moment) => {
      const down = { up: false, unnoticed: true, downSinceNs: 12 * SECOND };
      Object.assign(at(moment.nodes, 0), down);
      for (const row of moment.vms.slice(0, 2))
        Object.assign(row, { status: 'off', lostMiB: 4096 });
      at(moment.vms, 2).disk = 'stalled';
      Object.assign(at(moment.volumes, 0), { access: ['none', 'stalled', 'stalled'] });
    });
    expect(nodeText('Node 1')).toContain('down since 12.0 s, not noticed yet');
    expect(card('db-01')).toBe('db-01: memory lost');
    expect(card('app-01')).toBe('app-01: 6 GB, disk waits');
    expect(words('Node 2')).toBe('I/O waits');
    expect(volume('CSV 1')).toBe('CSV 1 its coordinator is down, I/O waits');
    expect(opened()).toEqual(['memory lost']);
    expect(hatched()).toBe(1);
    expect(screen.getByText('Lost: it was never on disk')).toBeTruthy();
  });

  it('lets a cluster disk be taken over', () => {
    const { show, nodeText, words, volume } = openStage(onLuns);
    show((moment) => {
      Object.assign(at(moment.nodes, 0), { up: false, downSinceNs: 12 * SECOND, member: false });
      Object.assign(at(moment.volumes, 0), {
        owner: -1,
        access: ['none', 'none', 'none'],
        change: { why: 'take-over', to: 1, startNs: 19 * SECOND, endNs: 22 * SECOND },
      });
    });
    expect(nodeText('Node 1')).toMatch(/down since 12\.0 s(?!,)/);
    expect(words('Node 2')).toBe('takes LUN 1 over');
    expect(volume('LUN 1')).toBe('LUN 1 Node 2 takes it over');
  });

  it('boots its VMs elsewhere with empty memory', () => {
    const { show, opened, hatched, card } = openStage(onCsv);
    show((moment) => {
      moment.timeNs = 42 * SECOND;
      Object.assign(at(moment.nodes, 0), { up: false, downSinceNs: 12 * SECOND, member: false });
      const boot = { node: 1, status: 'booting', statusEndNs: 79.5 * SECOND };
      Object.assign(at(moment.vms, 0), boot);
      Object.assign(at(moment.vms, 1), { ...boot, status: 'configuring' });
    });
    expect(opened()).toEqual(['booting, 38 s']);
    expect(card('db-01')).toBe('db-01: starting');
    expect(hatched()).toBe(0);
    expect(screen.getByText('Empty: web-01 starts from its disk')).toBeTruthy();
  });

  it('reads a saved VM back on the node where it is placed', () => {
    const restore = quickMigrationOf({
      from: 1,
      to: 1,
      cause: 'failover',
      phases: [phaseOf('restoring', 10, 26, { pagesToSend: 1_048_576 })],
    });
    const { show, opened } = openStage(onCsv, [restore]);
    show((moment) => {
      moment.migration = quickFrameOf('restoring', 524_288).summary.migration;
      Object.assign(at(moment.vms, 0), { node: 1, status: 'restoring', phase: 'restoring' });
    });
    expect(opened()).toEqual(['reading back, 50%']);
    expect(screen.getByText('Read back')).toBeTruthy();
  });

  it('says why a VM cannot be started, and why one stays on a node that is drained', () => {
    const { show, card, nodeText } = openStage(onCsv);
    const reason = 'it needs 8 GB, Node 2 has 1 GB free';
    show((moment) => {
      at(moment.nodes, 2).paused = true;
      Object.assign(at(moment.vms, 1), { status: 'off', blocked: reason });
      const stays =
        'app-01 needs 6 GB, Node 2 has 2 GB free; app-01 needs 6 GB, Node 1 has 4 GB free';
      Object.assign(at(moment.vms, 2), { blocked: stays });
    });
    expect(card('db-01')).toBe(`db-01: ${reason}`);
    expect(card('app-01')).toBe(
      'app-01: stays: needs 6 GB, Node 2 has 2 GB free, Node 1 has 4 GB free',
    );
    expect(nodeText('Node 3')).toContain('Paused');
  });

  it('without quorum stops everything', () => {
    const { show, nodeText, volume } = openStage(onLuns);
    show((moment) => {
      moment.quorum = { ...moment.quorum, has: false };
      Object.assign(at(moment.volumes, 0), { owner: -1, access: ['none', 'none', 'none'] });
      at(moment.nodes, 1).migrationNetwork = false;
    });
    expect(nodeText('Node 1')).toContain('No quorum');
    expect(nodeText('Node 2')).toContain('Migration network cut');
    expect(volume('LUN 1')).toBe('LUN 1 nobody owns it');
  });
});

describe('choosing a node', () => {
  it('crashes the one that is clicked, and says which is down already', async () => {
    const { show, session, viewStore } = openStage(onCsv);
    show((moment) => {
      Object.assign(at(moment.nodes, 2), { up: false, downSinceNs: 12 * SECOND, member: false });
    });
    act(() => viewStore.actions.startChoosing({ what: 'crash' }));
    const down = screen.getByRole('button', { name: 'Node 3 is down already' });
    expect(down.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(screen.getByRole('button', { name: 'crash Node 1' }));
    expect(session.sent).toContainEqual({
      type: 'operate',
      operation: { do: 'crash-node', node: 'node1' },
    });
  });

  it('gives a volume to another owner', async () => {
    const { show, session, viewStore, node } = openStage(onLuns);
    show(() => undefined);
    act(() => viewStore.actions.startChoosing({ what: 'volume', volume: 0 }));
    expect(node('Node 1').queryByRole('button', { name: /LUN 1/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'give LUN 1 to Node 2' }));
    expect(session.sent).toContainEqual({
      type: 'operate',
      operation: { do: 'move-volume', volume: 'lun1', to: 'node2' },
    });
  });

  it('quick-migrates a VM that shares its LUN, and live-migrates another', async () => {
    const { show, viewStore } = openStage(onLuns);
    show(() => undefined);
    await userEvent.click(screen.getByTitle('Drag web-01 onto a node to quick-migrate it'));
    expect(viewStore.getState().choosing).toMatchObject({ what: 'quick', vm: 0 });
    await userEvent.click(screen.getByRole('button', { name: /^app-01/ }));
    await userEvent.click(screen.getByTitle('Drag app-01 onto a node to live-migrate it'));
    expect(viewStore.getState().choosing).toMatchObject({ what: 'live', vm: 2 });
  });
});

describe('the disk witness', () => {
  const witness = (witness: boolean | null) => {
    const stage = openStage(onCsv);
    const votes = witness === true ? 3 : 2;
    stage.show((moment) => {
      moment.quorum = { has: true, votes, needed: 2, total: 3, witness };
    });
    return screen.queryByText('Witness')?.closest('li');
  };

  it('stands beside the volumes with its vote', () => {
    const element = witness(true);
    expect(element?.textContent).toBe('Witness1 vote');
    expect(element?.title).toBe('Quorum: 3 of 3 votes, 2 are needed. The disk witness votes.');
    expect(element?.parentElement).toBe(screen.getByRole('list', { name: 'Storage' }));
  });

  it('is dashed and crossed while nobody reaches it', () => {
    const element = witness(false);
    expect(element?.textContent).toBe('Witness no vote');
    expect(element?.className).toContain('volume--dashed');
    expect(element?.querySelector('svg')).not.toBeNull();
  });

  it('is not there where none votes', () => {
    expect(witness(null)).toBeUndefined();
  });
});
