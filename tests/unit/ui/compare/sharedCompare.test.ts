/** The Compare screen in a link: read, put in again, and what does not fit. */
import { expect, test } from 'vitest';
import { at } from '../../../../src/base/assert.ts';
import { presets } from '../../../../src/scenario/presets.ts';
import { createCompareStore, shownNsOf, valuesOf } from '../../../../src/state/compareStore.ts';
import { sharedCompare } from '../../../../src/ui/compare/sharedCompare.ts';
import { answerOutline } from '../../../support/outlines.ts';

const SECOND = 1_000_000_000;

async function opened() {
  const store = createCompareStore({ outline: answerOutline, requestFrame: () => undefined });
  await store.actions.open({ scenario: at(presets, 0).scenario, vm: 0 });
  return { store, shared: sharedCompare(store) };
}

test('what is shown is read, and shows the same when it is put in', async () => {
  const { store, shared } = await opened();
  expect(shared.read()).toEqual({ differs: 'method', shownNs: null });
  await store.actions.setDiffers('network');
  await store.actions.setValue(1, 25);
  store.actions.seek(5 * SECOND);
  const linked = shared.read();
  expect(linked).toEqual({ differs: 'network', first: 1, second: 25, shownNs: 5 * SECOND });

  const other = await opened();
  other.shared.show(linked);
  await other.store.actions.load();
  expect(other.shared.read()).toEqual(linked);
  expect(shownNsOf(other.store.getState())).toBe(5 * SECOND);
});

test.each([
  [{ differs: 'colour', first: 1, second: 2, shownNs: -1 }, 'method', ['', '']],
  [{ differs: 'network', first: true, second: 10, shownNs: 0.5 }, 'network', [1, 10]],
  [{ differs: 'rounds', first: 5, second: 1e9 }, 'rounds', [5, 10]],
  [{}, 'method', ['', '']],
] as const)('what does not fit in %j is ignored', async (view, differs, values) => {
  const { store, shared } = await opened();
  shared.show(view);
  const state = store.getState();
  expect(state.view.differs).toBe(differs);
  expect(state.view.shownNs).toBeNull();
  expect(valuesOf(state)).toEqual(values);
});
