/** A run that is too large for the computer: the page says so in words, and what helps. */
import { act, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { Messages } from '../../src/ui/Messages.tsx';
import { RunFailure } from '../../src/ui/shared/RunFailure.tsx';
import { presets } from '../../src/scenario/presets.ts';
import { at } from '../../src/base/assert.ts';
import { fakeLab } from '../support/fakeLab.tsx';

beforeEach(() => window.localStorage.clear());

const SENTENCE =
  'This computer has not enough memory for this run. Close other tabs and try again, or give the VMs less memory.';

/** As Chromium, Firefox and Safari say it; the last comes from a worker that is gone. */
const errors = [
  ['RangeError', 'Array buffer allocation failed'],
  ['RangeError', 'Invalid typed array length: 268435456'],
  ['InternalError', 'allocation size overflow'],
  ['RangeError', 'Out of memory'],
  ['WorkerError', 'Uncaught out of memory'],
] as const;

it.each(errors)('is one plain sentence, with a way on: %s: %s', async (name, message) => {
  const { session, show } = fakeLab(at(presets, 0).scenario);
  show(<Messages />);
  await act(async () => session.emit({ type: 'failed', failure: { name, message } }));
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain(`${SENTENCE} Nothing you did is lost`);
  expect(alert.textContent).not.toContain(message);
  expect(screen.getByRole('button', { name: 'Restart from the recording' })).toBeTruthy();
});

it('is the same sentence where a screen works several runs out', () => {
  const { show } = fakeLab(at(presets, 0).scenario);
  const failure = 'RangeError: Array buffer allocation failed';
  show(<RunFailure title="The runs stopped" failure={failure} onRetry={() => undefined} />);
  expect(screen.getByRole('alert').textContent).toContain(SENTENCE);
});

it('keeps the words of every other error', async () => {
  const { session, show } = fakeLab(at(presets, 0).scenario);
  show(<Messages />);
  const failure = { name: 'InvariantError', message: 'the page count 31 is no multiple of 32' };
  await act(async () => session.emit({ type: 'failed', failure }));
  expect(screen.getByRole('alert').textContent).toContain(
    'InvariantError: the page count 31 is no multiple of 32. Nothing you did is lost',
  );
});
