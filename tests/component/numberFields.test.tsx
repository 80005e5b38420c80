/** Numbers with a comma or a point, in browsers of several languages; no character is dropped. */
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { totalRate } from '../../src/state/edits.ts';
import { answerOutline } from '../support/outlines.ts';
import { openLab } from '../support/labPage.tsx';

beforeEach(() => window.localStorage.clear());
afterEach(() => vi.restoreAllMocks());

function browserIn(language: string): void {
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(language);
}

const plain = (element: Element | null): string =>
  (element?.textContent ?? '').replaceAll('\u00a0', ' ');

/** "= 9.5 Gbit/s", where it is said. */
const understood = (): string | null => {
  const hint = screen.queryByText(/^= /);
  return hint === null ? null : plain(hint);
};

/** Opens a number of the inspector and types over it. */
async function typeInInspector(label: string, text: string) {
  const lab = openLab();
  lab.showRest();
  await lab.user.click(lab.button(new RegExp(`^${label}:`)));
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: label });
  const before = input.value;
  await lab.user.clear(input);
  await lab.user.type(input, text);
  return { ...lab, input, before };
}

describe('a number of the inspector', () => {
  it.each(['en', 'de', 'fr', 'de-CH'])(
    'takes 9,5 and 9.5 as nine and a half (%s)',
    async (language) => {
      browserIn(language);
      for (const text of ['9,5', '9.5']) {
        const { input, keys, session } = await typeInInspector('Migration network', text);
        expect(input.value).toBe(text);
        await keys('{Enter}');
        expect(session.loaded.at(-1)?.scenario.network.migrationMBps).toBe(1111.5);
        document.body.replaceChildren();
      }
    },
  );

  it('says while one types what it understands, where that reads otherwise', async () => {
    browserIn('de');
    const { input, user } = await typeInInspector('Dirty rate', '32,000');
    expect(understood()).toBe('= 32 pages/s');
    await user.clear(input);
    await user.type(input, '32.000');
    expect(understood()).toBeNull();
  });

  it('holds what it shows in the language of the browser, so that it reads the same', async () => {
    browserIn('de');
    const { before, input, keys, user, session } = await typeInInspector('Dirty rate', '5');
    expect(before).toBe('16.000 pages/s');
    await user.clear(input);
    await user.type(input, '17.000');
    await keys('{Enter}');
    expect(totalRate(session.loaded.at(-1)?.scenario.vms[0]?.writers ?? [])).toBe(17_000);
  });
});

describe('a number of the editor', () => {
  async function openEditor() {
    const lab = openLab();
    await lab.press('Edit the cluster');
    const dialog = await screen.findByRole('dialog', { name: 'Edit the cluster' });
    await lab.user.click(within(dialog).getByRole('tab', { name: 'VMs' }));
    const memory = within(
      within(dialog).getByRole('group', { name: 'web-01' }),
    ).getByLabelText<HTMLInputElement>(/^Memory/);
    return { ...lab, dialog, memory };
  }

  it('takes a comma, and shows it in the language of the browser', async () => {
    browserIn('fr');
    const { user, memory, dialog, session } = await openEditor();
    await user.clear(memory);
    await user.type(memory, '1,125');
    await user.tab();
    expect(memory.value).toBe('1,125');
    await user.click(within(dialog).getByRole('button', { name: 'Use this cluster' }));
    expect(session.loaded.at(-1)?.scenario.vms[0]?.memoryMiB).toBe(1152);
  });

  it('keeps what it cannot understand, names it, and takes it once it is mended', async () => {
    browserIn('en');
    const { user, memory, dialog } = await openEditor();
    await user.clear(memory);
    await user.type(memory, '2,5,');
    await user.tab();
    expect(memory.value).toBe('2,5,');
    expect(memory.getAttribute('aria-invalid')).toBe('true');
    expect(plain(within(dialog).getByRole('alert'))).toBe(
      '“2,5,” is not understood. Allowed: whole numbers, 16 MB to 22 GB.',
    );
    await user.type(memory, '{Backspace}');
    expect(understood()).toBe('= 2.5');
    await user.tab();
    expect(memory.value).toBe('2.5');
  });
});

describe('a number of Compare', () => {
  it('takes a comma, and keeps what it cannot understand', async () => {
    const { user } = openLab({ hash: '#/compare', outline: answerOutline });
    await user.selectOptions(
      await screen.findByRole('combobox', { name: 'What differs' }),
      'Migration network',
    );
    await user.selectOptions(screen.getByLabelText('First run'), 'Other…');
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'First run' });
    await user.clear(field);
    await user.type(field, '2,5x{Enter}');
    expect(field.value).toBe('2,5x');
    expect(plain(screen.getByRole('alert'))).toMatch(/^“2,5x” is not understood\. Allowed: /);
    await user.type(field, '{Backspace}');
    expect(understood()).toBe('= 2.5 Gbit/s');
    await user.type(field, '{Enter}');
    expect(screen.getByLabelText<HTMLSelectElement>('First run').value).toBe('2.5');
  });
});
