import { safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { createFrameBuffers, transferables } from '../../../src/protocol/frameColumns.ts';
import { simAnswerSchema } from '../../../src/protocol/messages.ts';
import { calmScenario, startHost } from '../worker/hostHarness.ts';

const frame = () =>
  startHost().send({ type: 'load', runId: 1, scenario: calmScenario() }).wait(50).frame;

describe('an answer that does not fit its type is refused', () => {
  test.each([
    ['no object', 'frame'],
    ['an unknown type', { type: 'frames' }],
    ['no run id', { type: 'loaded' }],
    ['a column of another type', { ...frame(), buffers: { ...createFrameBuffers(), sent: [] } }],
    ['a time that is no number', { ...frame(), summary: { ...frame().summary, timeNs: NaN } }],
    ['a missing count', { ...frame(), summary: { ...frame().summary, pageCount: undefined } }],
    ['a failure without a name', { type: 'failed', runId: 1, message: 'oh' }],
  ])('%s', (_, answer) => {
    expect(safeParse(simAnswerSchema, answer).success).toBe(false);
  });

  test('and one that fits is taken', () => {
    expect(safeParse(simAnswerSchema, frame()).success).toBe(true);
  });
});

test('every column of a frame is transferred, none copied', () => {
  const buffers = createFrameBuffers();
  expect(new Set(transferables(buffers)).size).toBe(Object.keys(buffers).length);
});
