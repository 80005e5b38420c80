import { describe, expect, it } from 'vitest';
import { layoutClusterPicture, type PictureRect } from '../../../src/charts/clusterPicture.ts';

const inside = (a: PictureRect, b: PictureRect): boolean =>
  a.x >= b.x - 0.1 &&
  a.y >= b.y - 0.1 &&
  a.x + a.width <= b.x + b.width + 0.1 &&
  a.y + a.height <= b.y + b.height + 0.1;

describe('the picture of a cluster', () => {
  it('has a box for each node, with its VMs in it', () => {
    const { nodes, vms } = layoutClusterPicture(
      { nodes: [[4096, 8192], [], [1024]], volumes: ['csv'] },
      56,
      36,
    );
    expect(nodes).toHaveLength(3);
    expect(vms.map((vm) => nodes.findIndex((node) => inside(vm, node)))).toEqual([0, 0, 2]);
  });

  it('draws twice the memory with twice the area', () => {
    const { vms } = layoutClusterPicture({ nodes: [[8192, 4096]], volumes: [] }, 56, 36);
    const [large, small] = vms.map(({ width, height }) => width * height);
    expect(large! / small!).toBeCloseTo(2, 0);
  });

  it('draws a CSV under all nodes, and cluster disks apart', () => {
    const { volumes } = layoutClusterPicture(
      { nodes: [[1], [1]], volumes: ['cluster-disk', 'cluster-disk'] },
      56,
      36,
    );
    expect(volumes.map(({ x, width }) => [x, width])).toEqual([
      [0, 14],
      [28, 14],
    ]);
    const csv = layoutClusterPicture({ nodes: [[1], [1]], volumes: ['csv'] }, 56, 36);
    expect(csv.volumes[0]?.width).toBe(55);
  });

  it('has room for the largest cluster, and stands an empty one', () => {
    const most = Array.from({ length: 16 }, () => Array.from({ length: 4 }, () => 1_048_576));
    const { nodes, vms } = layoutClusterPicture({ nodes: most, volumes: ['csv'] }, 56, 36);
    expect(vms.every((vm) => nodes.some((node) => inside(vm, node)))).toBe(true);
    const one = [Array.from({ length: 64 }, () => 16)];
    const full = layoutClusterPicture({ nodes: one, volumes: [] }, 56, 36);
    expect(full.vms.every((vm) => inside(vm, full.nodes[0]!))).toBe(true);
    expect(layoutClusterPicture({ nodes: [], volumes: [] }, 56, 36).vms).toEqual([]);
  });
});
