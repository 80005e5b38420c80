/** Bars of outages, and where volumes, ways and words stand below the nodes. */
import { describe, expect, test } from 'vitest';
import { outageAxis, outageParts, shareOf } from '../../../src/charts/outageBars.ts';
import { nodeGap, storagePlaces, type StorageSpace } from '../../../src/charts/storagePlaces.ts';

const SECOND = 1_000_000_000;

describe('the axis', () => {
  test.each([
    [0, '0 1'],
    [3.2, '0 1 2 3 4'],
    [32, '0 10 20 30 40'],
    [54.2, '0 15 30 45 60'],
    [60, '0 15 30 45 60'],
    [96, '0 30 60 90 120'],
    [241, '0 120 240 360'],
  ])('of %s s has at most five ticks, and the last is not before the end', (seconds, texts) => {
    const axis = outageAxis(seconds * SECOND);
    expect(axis.ticks.map(({ text }) => Number.parseInt(text, 10)).join(' ')).toBe(texts);
    expect(axis.endNs).toBeGreaterThanOrEqual(seconds * SECOND);
    expect(axis.ticks.at(-1)?.share).toBe(1);
  });

  test('puts times outside at its ends', () => {
    const axis = outageAxis(96 * SECOND);
    expect([-1, 60, 500].map((seconds) => shareOf(axis, seconds * SECOND))).toEqual([0, 0.5, 1]);
  });
});

test('a bar has a part for each outage; one too short for a hatch is marked', () => {
  const axis = outageAxis(120 * SECOND);
  const spans = [
    { fromNs: 0, toNs: 30 * SECOND },
    { fromNs: 60 * SECOND, toNs: 60.3 * SECOND },
  ];
  const [long, short] = outageParts(axis, spans);
  expect(long).toEqual({ left: 0, width: 0.25, isThin: false });
  expect(short).toMatchObject({ left: 0.5, isThin: true });
});

const direct = { kind: 'direct' } as const;

function space(more: Partial<StorageSpace>): StorageSpace {
  return {
    widthCss: 680,
    nodes: 3,
    volumes: [],
    ways: [],
    moves: [],
    textScale: 1,
    isLow: false,
    ...more,
  };
}

/** A CSV under all nodes; the third works through the first. */
const csv = space({
  volumes: [{ firstNode: 0, lastNode: 2, row: 0 }],
  ways: [
    { ...direct, node: 0, volume: 0, through: 0 },
    { ...direct, node: 1, volume: 0, through: 1 },
    { kind: 'redirected', node: 2, volume: 0, through: 0 },
  ],
});

describe('below the nodes', () => {
  test('a CSV is as wide as the lane, a LUN as the nodes it may belong to', () => {
    const [whole] = storagePlaces(csv).volumes;
    expect(whole).toMatchObject({ left: 0, width: 680 });
    const [lun, other] = storagePlaces(
      space({
        volumes: [
          { firstNode: 0, lastNode: 1, row: 0 },
          { firstNode: 2, lastNode: 2, row: 0 },
        ],
      }),
    ).volumes;
    expect((lun?.width ?? 0) + (other?.width ?? 0)).toBeCloseTo(680 - nodeGap(680));
  });

  test('redirected I/O ends at the coordinator and never reaches the volume', () => {
    const { wires, volumes } = storagePlaces(csv);
    const wire = wires.find(({ kind }) => kind === 'redirected');
    expect(wire?.path).toMatch(/^M\d+ 0V\d+H.*V11$/);
    const level = Number(/V(\d+)/.exec(wire?.path ?? '')?.[1]);
    expect(level).toBeLessThan(volumes[0]?.top ?? 0);
    // It leaves room for the line of the second node, which it passes.
    expect(wire?.path).toContain('m-24 0');
    expect(wires.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
  });

  test('direct I/O goes straight down to the volume', () => {
    const { wires, volumes } = storagePlaces(csv);
    const paths = wires.filter(({ kind }) => kind === 'direct').map(({ path }) => path);
    expect(paths).toHaveLength(2);
    for (const path of paths) expect(path).toMatch(new RegExp(`^M\\d+ 0V${volumes[0]?.top}$`));
  });

  test('a volume behind another one is reached beside it', () => {
    const { wires, volumes } = storagePlaces(
      space({
        volumes: [
          { firstNode: 0, lastNode: 1, row: 0 },
          { firstNode: 0, lastNode: 1, row: 1 },
        ],
        ways: [
          { ...direct, node: 0, volume: 0, through: 0 },
          { ...direct, node: 0, volume: 1, through: 0 },
        ],
      }),
    );
    const [front, back] = volumes;
    const x = Number(/^M(\d+)/.exec(wires[1]?.path ?? '')?.[1]);
    expect(x).toBeLessThan(front?.left ?? 0);
    expect(back?.top).toBeGreaterThan((front?.top ?? 0) + (front?.height ?? 0));
  });

  test('a moving disk has an arrow from node to node', () => {
    const { wires } = storagePlaces(
      space({
        volumes: [{ firstNode: 0, lastNode: 1, row: 0 }],
        moves: [{ volume: 0, from: 0, to: 1 }],
      }),
    );
    expect(wires).toMatchObject([{ kind: 'move' }]);
    expect(wires[0]?.head).not.toBe('');
  });

  test.each([358, 410, 600, 680, 1390])('words stay inside a lane of %s px', (widthCss) => {
    for (const { side, x, widthCss: room } of storagePlaces({ ...csv, widthCss }).captions) {
      const left = side === 'left' ? x - room : x;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + room).toBeLessThanOrEqual(widthCss);
      expect(room).toBeGreaterThan(0);
    }
  });
});
