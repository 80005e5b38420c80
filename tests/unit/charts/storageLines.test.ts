import { describe, expect, it } from 'vitest';
import {
  layoutStorageLines,
  wordsPlace,
  type Extent,
  type RouteKind,
  type StorageLine,
  type StorageRoute,
  type LineSpace,
} from '../../../src/charts/storageLines.ts';

/** Nodes with their middles at 100, 300 and 500. */
const nodes: readonly Extent[] = [0, 1, 2].map((index) => ({
  index,
  left: index * 200 + 10,
  right: index * 200 + 190,
}));
/** One volume below all of them. */
const wide: readonly Extent[] = [{ index: 0, left: 0, right: 600 }];
/** One below the first and second node, one below the third. */
const pair: readonly Extent[] = [
  { index: 0, left: 0, right: 390 },
  { index: 1, left: 410, right: 600 },
];

function route(node: number, kind: RouteKind = 'direct', volume = 0, through = node): StorageRoute {
  return { node, volume, kind, through };
}

function layout(more: Partial<LineSpace>) {
  return layoutStorageLines({
    routes: [],
    moves: [],
    nodes,
    volumes: wide,
    wordsCss: 20,
    ...more,
  });
}

function pathOf(lines: readonly StorageLine[], kind: StorageLine['kind']): string | undefined {
  return lines.find((line) => line.kind === kind)?.path;
}

describe('layoutStorageLines', () => {
  it('goes straight down to a volume below, and takes no more room than the words', () => {
    const { lines, heightCss } = layout({ routes: [route(0), route(1), route(2)] });
    expect(lines.map(({ path }) => path)).toEqual(['M100 0V20', 'M300 0V20', 'M500 0V20']);
    expect(heightCss).toBe(20);
  });

  it('goes around corners to the near end of a volume that lies elsewhere', () => {
    const { lines, heightCss } = layout({ routes: [route(2)], volumes: pair });
    expect(lines[0]!.path).toBe(`M500 0V26H366V${heightCss}`);
    expect(heightCss).toBeGreaterThan(26);
  });

  it('lets two lines arrive apart from each other, each at its own height', () => {
    const routes = [route(0, 'direct', 1), route(1, 'direct', 1)];
    const { lines } = layout({ routes, volumes: pair });
    const [first, second] = lines.map(({ path }) => /V(\d+)H(\d+)V/.exec(path)!.slice(1));
    expect(first![0]).not.toBe(second![0]);
    expect(first![1]).not.toBe(second![1]);
  });

  it('leads redirected I/O to the coordinator, and never through the volume', () => {
    const routes = [route(0), route(2, 'redirected', 0, 0)];
    const { lines, heightCss } = layout({ routes });
    // Right of the coordinator's own line, with the arrow up at the foot of its node.
    expect(pathOf(lines, 'redirected')).toBe('M500 0V26H120V10');
    expect(lines.find(({ kind }) => kind === 'redirected')!.head).toMatch(/^M120 1/);
    const cut = lines.find(({ kind }) => kind === 'cut')!;
    expect(cut.path).toBe(`M500 26V${heightCss}`);
    expect(cut.cross).toEqual({ x: 500, y: heightCss - 9 });
  });

  it('comes in on the side it comes from', () => {
    const routes = [route(0, 'redirected', 0, 1), route(1), route(2, 'redirected', 0, 1)];
    const { lines } = layout({ routes });
    const arrivals = lines.filter(({ kind }) => kind === 'redirected').map(({ path }) => path);
    expect(arrivals).toEqual(['M100 0V26H280V10', 'M500 0V26H320V10']);
  });

  it('crosses out a path that is cut', () => {
    const { lines } = layout({ routes: [route(1, 'cut')] });
    expect(lines[0]).toMatchObject({ path: 'M300 0V20', cross: { x: 300, y: 11 } });
  });

  it('draws a move as an arrow from the old owner to the new one, highest of all', () => {
    const routes = [route(0, 'dotted'), route(2, 'direct')];
    const moves = [{ volume: 0, from: 0, to: 2 }];
    const { lines } = layout({ routes, moves, volumes: pair });
    expect(pathOf(lines, 'move')).toBe('M108 26H482');
    expect(pathOf(lines, 'direct')).toMatch(/^M500 0V36H366/);
  });

  it('draws no arrow from an owner that is gone', () => {
    const moves = [{ volume: 0, from: -1, to: 1 }];
    expect(layout({ routes: [route(1)], moves }).lines.map(({ kind }) => kind)).toEqual(['direct']);
  });

  it('spreads the lines of one node around its middle', () => {
    const routes = [route(0, 'direct', 0), route(0, 'direct', 1)];
    const starts = layout({ routes, volumes: pair }).lines.map(({ path }) => path.split(' ')[0]);
    expect(starts).toEqual(['M90', 'M110']);
  });

  it('draws nothing to what is not there', () => {
    expect(layout({ routes: [route(7), route(0, 'direct', 4)] }).lines).toEqual([]);
  });
});

describe('wordsPlace', () => {
  it('is right of the only line', () => {
    expect(wordsPlace([route(1)], nodes, 1)).toEqual({ side: 'right', shiftCss: 0 });
  });

  it('is beyond further lines, and beyond redirected I/O that comes in there', () => {
    const routes = [
      route(1, 'direct', 0),
      route(1, 'direct', 1),
      route(2, 'redirected', 0, 1),
      route(0, 'redirected', 0, 1),
    ];
    expect(wordsPlace(routes, nodes, 1)).toEqual({ side: 'right', shiftCss: 30 });
  });

  it('is on the side to which no line leaves', () => {
    const routes = [route(0, 'redirected', 0, 1), route(1), route(2, 'redirected', 0, 1)];
    expect(wordsPlace(routes, nodes, 0).side).toBe('left');
    expect(wordsPlace(routes, nodes, 2).side).toBe('right');
  });
});
