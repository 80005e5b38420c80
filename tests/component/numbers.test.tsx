/** The one way in which a drawing shows its numbers. */
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Numbers, NumbersTable } from '../../src/ui/shared/Numbers.tsx';

function setup() {
  const user = userEvent.setup();
  render(
    <Numbers of="Outages">
      <NumbersTable
        caption="Outages, two LUNs"
        columns={[{ name: 'VM' }, { name: 'Move', words: true }, { name: 'Outage', unit: 's' }]}
        rows={[
          ['web-01', 'asked for', '80.5'],
          ['db-01', 'had to move', '85.0'],
        ]}
      />
    </Numbers>,
  );
  return { user, show: screen.getByRole('button', { name: 'Show numbers' }) };
}

describe('the numbers of a drawing', () => {
  it('offer no picture where the drawing is none', async () => {
    const { user, show } = setup();
    await user.click(show);
    expect(screen.queryByRole('button', { name: 'Save picture' })).toBeNull();
  });

  it('open as a dialog with a table, its units in the heads', async () => {
    const { user, show } = setup();
    expect(screen.queryByRole('table')).toBeNull();
    await user.click(show);
    const table = within(screen.getByRole('dialog', { name: 'Outages, as a table' })).getByRole(
      'table',
      { name: 'Outages, two LUNs' },
    );
    const heads = within(table).getAllByRole('columnheader');
    expect(heads.map(({ textContent }) => textContent)).toEqual(['VM', 'Move', 'Outage, s']);
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['web-01', 'db-01']);
  });

  it('open and close by keys alone', async () => {
    const { user, show } = setup();
    await user.tab();
    expect(document.activeElement).toBe(show);
    await user.keyboard('{Enter}');
    expect(screen.getByRole('table')).toBeTruthy();
    screen.getByRole('button', { name: 'Close' }).focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
