import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { at } from '../../src/base/assert.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());

/** The Lab with the first preset, and verbs for the editor. */
async function openEditor(options: Parameters<typeof openLab>[0] = {}) {
  const lab = openLab(options);
  const { user, press } = lab;
  await press('Edit the cluster');
  const dialog = await screen.findByRole('dialog', { name: 'Edit the cluster' });
  const entry = (name: string) => within(within(dialog).getByRole('group', { name }));
  return {
    ...lab,
    dialog,
    entry,
    part: (name: string) => user.click(within(dialog).getByRole('tab', { name })),
    act: (name: string) => user.click(within(dialog).getByRole('button', { name })),
    field: (of: string, label: string | RegExp) =>
      entry(of).getByLabelText<HTMLInputElement>(label),
    /** Types into a field, and stays in it. */
    type: async (of: string, label: string | RegExp, text: string) => {
      const input = entry(of).getByLabelText(label);
      await user.clear(input);
      await user.type(input, text);
    },
    refusals: () => within(dialog).queryAllByRole('alert').map(plainText),
    isOpen: () => screen.queryByRole('dialog') !== null,
    loaded: () => lab.session.loaded.at(-1)?.scenario,
  };
}

function plainText({ textContent }: Element): string {
  return (textContent ?? '').replaceAll('\u00a0', ' ');
}

describe('the editor', () => {
  it('adds a node, goes to it, and makes the cluster a new run when it is used', async () => {
    const { act, user, loaded, session, isOpen } = await openEditor();
    const loads = session.loaded.length;
    await act('Add a node');
    expect(document.activeElement).toHaveProperty('value', 'Node 4');
    await user.clear(document.activeElement as Element);
    await user.keyboard('Spare{Enter}');
    expect(session.loaded).toHaveLength(loads);
    await act('Use this cluster');
    expect(isOpen()).toBe(false);
    expect(loaded()?.nodes.map(({ name }) => name)).toEqual([
      'Node 1',
      'Node 2',
      'Node 3',
      'Spare',
    ]);
  });

  it('leaves all as it was when it is cancelled', async () => {
    const { act, session, isOpen } = await openEditor();
    const loads = session.loaded.length;
    await act('Add a node');
    await act('Cancel');
    expect(isOpen()).toBe(false);
    expect(session.loaded).toHaveLength(loads);
  });

  it('renames a VM when its name is left', async () => {
    const { part, type, user, act, loaded, entry } = await openEditor();
    await part('VMs');
    await type('web-01', 'Name', 'shop');
    await user.tab();
    expect(entry('shop').getByLabelText('Name')).toHaveProperty('value', 'shop');
    await act('Use this cluster');
    expect(at(loaded()?.vms ?? [], 0)).toMatchObject({ id: 'web01', name: 'shop' });
  });

  it('says why a volume with VMs stays, and keeps it', async () => {
    const { part, act, entry, refusals } = await openEditor();
    await part('Volumes');
    const name = 'Cluster Shared Volume 1';
    expect(entry(name).getByRole('button').getAttribute('aria-disabled')).toBe('true');
    await act(`Remove ${name}`);
    expect(refusals()).toEqual([
      expect.stringMatching(
        / are on Cluster Shared Volume 1\. Put them on another volume first\.$/,
      ),
    ]);
    expect(entry(name)).toBeTruthy();
  });

  it('says at once what does not fit, and takes back what was typed when it is left', async () => {
    const { part, type, field, refusals, user, act, loaded } = await openEditor();
    await part('VMs');
    await type('web-01', /^Memory/, '40');
    // Of 32 GB, db-01 has 8 and file-01 has 2.
    expect(refusals()).toEqual(['Node 1 has 22 GB free for web-01.']);
    expect(field('web-01', /^Memory/).getAttribute('aria-invalid')).toBe('true');
    await user.tab();
    expect(field('web-01', /^Memory/).value).toBe('4');
    await act('Use this cluster');
    expect(loaded()?.vms[0]?.memoryMiB).toBe(4096);
  });

  it('shows how full a node gets while a size is typed, and cuts nothing off on the way', async () => {
    const { part, type, dialog, user, act, loaded } = await openEditor();
    const before = loaded()?.vms[0]?.writers;
    await part('VMs');
    const totals = () => within(within(dialog).getByRole('list', { name: /^Memory/ }));
    const total = (): string => plainText(at(totals().getAllByRole('listitem'), 0));
    await type('web-01', /^Memory/, '1');
    expect(total()).toBe('Node 111 of 32 GB used');
    await type('web-01', /^Memory/, '16');
    expect(total()).toBe('Node 126 of 32 GB used');
    await user.tab();
    await act('Use this cluster');
    expect(loaded()?.vms[0]).toMatchObject({ memoryMiB: 16_384, writers: before });
  });

  it('moves a VM, adds a writer and takes a client group away', async () => {
    const { part, entry, user, act, loaded, dialog } = await openEditor();
    await part('VMs');
    await user.selectOptions(entry('web-01').getByLabelText('Node'), 'node3');
    await user.click(at(within(dialog).getAllByText(/may run on any node$/), 0));
    const writers = within(within(dialog).getByRole('region', { name: 'Writers of web-01' }));
    const before = writers.getAllByRole('group').length;
    await user.click(writers.getByRole('button', { name: 'Add a writer' }));
    await user.selectOptions(
      within(at(writers.getAllByRole('group'), before)).getByLabelText('It writes'),
      'Few pages often, most rarely',
    );
    await act('Remove clients 1 of web-01');
    await act('Use this cluster');
    const web = at(loaded()?.vms ?? [], 0);
    expect(web.node).toBe('node3');
    expect(web.writers).toHaveLength(before + 1);
    expect(web.writers.at(-1)).toMatchObject({ kind: 'power-law', exponent: 1.5 });
    expect(web.clients.map(({ kind }) => kind)).toEqual(['linux-lan', 'ping']);
  });

  it('sets how long a quick migration takes, by the path to the storage', async () => {
    const { part, dialog, user, act, loaded } = await openEditor();
    await part('Network and failover');
    const select = within(dialog).getByLabelText('Quick migration takes');
    await user.selectOptions(select, within(select).getByRole('option', { name: /1 GbE iSCSI/ }));
    // 2 x 4,096 MiB at 112 MB/s, and no disk moves on a CSV.
    expect(plainText(dialog)).toContain('web-01 (4 GB) alone takes about 76.7 s.');
    expect(within(dialog).queryByLabelText(/per GB/)).toBeNull();
    await act('Use this cluster');
    expect(loaded()?.quickMigration).toEqual({ secondsPerGiB: null });
    expect(loaded()?.network.storageMBps).toBe(112);
  });

  it('says where commands are that belong to the old cluster, but only when something changes', async () => {
    const { showSecond, act, dialog, session } = await openEditor();
    showSecond(45.3);
    const consequence = (): string => plainText(within(dialog).getByRole('status'));
    expect(consequence()).toBe('');
    await act('Add a node');
    expect(consequence()).toMatch(
      /\(1 command\) belongs to the old cluster and stays in Recent\.$/,
    );
    await act('Use this cluster');
    expect(session.loaded.at(-1)?.scenario.commands).toEqual([]);
  });

  it('keeps the run when nothing was changed', async () => {
    const { act, session } = await openEditor();
    const loads = session.loaded.length;
    await act('Use this cluster');
    expect(session.loaded).toHaveLength(loads);
  });

  it('looks at the same VM afterwards', async () => {
    const { viewStore, part, act, loaded } = await openEditor();
    viewStore.actions.selectVm(1);
    const id = loaded()?.vms[1]?.id;
    await part('VMs');
    await act('Remove web-01');
    await act('Use this cluster');
    expect(loaded()?.vms[viewStore.getState().selectedVm]?.id).toBe(id);
  });

  it('goes through its parts with the arrows', async () => {
    const { dialog, user } = await openEditor();
    within(dialog).getByRole('tab', { name: 'Nodes' }).focus();
    await user.keyboard('{ArrowLeft}');
    const last = within(dialog).getByRole('tab', { name: 'Network and failover' });
    expect(document.activeElement).toBe(last);
    expect(last.getAttribute('aria-selected')).toBe('true');
  });
});

describe('the menu of scenarios', () => {
  it('opens the editor with a new cluster, which leads to the start', async () => {
    const { press, user, session } = openLab();
    await press('Scenario');
    await user.click(await screen.findByRole('button', { name: 'New cluster…' }));
    const dialog = await screen.findByRole('dialog', { name: 'New cluster' });
    await user.click(within(dialog).getByRole('button', { name: 'Use this cluster' }));
    expect(session.loaded.at(-1)?.scenario).toMatchObject({
      title: 'My cluster',
      nodes: [{ name: 'Node 1' }, { name: 'Node 2' }],
      vms: [{ name: 'vm-1' }],
    });
    expect(window.location.hash).toBe('#/');
  });
});
