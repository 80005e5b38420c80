/** After a crash the Lab shows the steps of the failover above its timeline. */
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { crashEvents, SECOND } from '../support/fakeSession.ts';
import { openLab } from '../support/labPage.tsx';

afterEach(cleanup);

it('tells a step only when it has begun, on the scale of the timeline', () => {
  const { showSecond } = openLab();
  showSecond(18, {}, { migrations: [], events: crashEvents(12), endNs: 90 * SECOND });
  const steps = within(screen.getByRole('list', { name: 'Steps after the crash' }));
  const items = steps.getAllByRole('listitem');
  expect(items.map((item) => item.getAttribute('aria-current'))).toContain('step');
  const current = items.findIndex((item) => item.hasAttribute('aria-current'));
  expect(items[current]?.textContent).toMatch(/Regroup/);
  expect(items[current + 1]?.className).toMatch(/coming/);
  expect(screen.getByRole('slider', { name: 'Timeline' }).getAttribute('aria-valuetext')).toMatch(
    /^Regroup/,
  );
});
