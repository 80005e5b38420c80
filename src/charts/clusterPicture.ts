/**
 * A cluster as a picture of a few pixels: a box for each node, in it a square for each VM with an area that grows with its
 * memory, and below the volumes: a CSV is open to all nodes, so it is one line under all of them; each cluster disk is a
 * short one.
 */

export interface PictureRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ClusterPictureLayout {
  readonly nodes: readonly PictureRect[];
  readonly vms: readonly PictureRect[];
  readonly volumes: readonly PictureRect[];
}

export interface ClusterPictureData {
  /** For each node the memory of its VMs. */
  readonly nodes: readonly (readonly number[])[];
  readonly volumes: readonly ('cluster-disk' | 'csv')[];
}

const VOLUME_HEIGHT = 2;
/** Between nodes at most, and above the volumes. */
const GAP = 2;
/** Of a place the share that its VM takes when it is the largest, and when it is small. */
const LARGEST_SHARE = 0.85;
const SMALLEST_SHARE = 0.3;

/** @param width CSS pixels, as `height`. */
export function layoutClusterPicture(
  { nodes, volumes }: ClusterPictureData,
  width: number,
  height: number,
): ClusterPictureLayout {
  const volumesTop = height - VOLUME_HEIGHT;
  const nodeHeight = volumesTop - GAP;
  const gap = Math.min(GAP, width / (4 * nodes.length));
  const nodeWidth = (width - gap * (nodes.length - 1)) / Math.max(1, nodes.length);
  const boxes = nodes.map((_, i) => rect(i * (nodeWidth + gap), 0, nodeWidth, nodeHeight));
  const largest = Math.max(...nodes.flat());
  return {
    nodes: boxes,
    vms: boxes.flatMap((box, i) => vmsIn(box, gap, nodes[i] ?? [], largest)),
    volumes: volumesIn(volumes, volumesTop, width),
  };
}

/** In rows from the top; each in a place of the same size. */
function vmsIn(
  box: PictureRect,
  gap: number,
  vms: readonly number[],
  largest: number,
): PictureRect[] {
  const [width, height] = [box.width - gap, box.height - gap];
  const place = placeSize(vms.length, width, height);
  const columns = Math.max(1, Math.floor(width / place));
  return vms.map((memory, i) => {
    // Its area is its share of the largest; the smallest can still be seen.
    const share = LARGEST_SHARE * Math.sqrt(memory / largest);
    const side = place * Math.max(SMALLEST_SHARE, share);
    const [x, y] = [(i % columns) * place, Math.floor(i / columns) * place];
    return rect(box.x + gap / 2 + x, box.y + gap / 2 + y, side, side);
  });
}

/** The largest with which all places fit. */
function placeSize(count: number, width: number, height: number): number {
  let place = Math.min(14, width, height);
  while (Math.floor(width / place) * Math.floor(height / place) < count) place *= 0.95;
  return place;
}

function volumesIn(
  volumes: ClusterPictureData['volumes'],
  y: number,
  width: number,
): PictureRect[] {
  const each = width / Math.max(1, volumes.length);
  return volumes.map((kind, i) =>
    rect(i * each, y, kind === 'csv' ? each - 1 : each / 2, VOLUME_HEIGHT),
  );
}

/** Tenths of a pixel: finer steps are not seen. */
function rect(x: number, y: number, width: number, height: number): PictureRect {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { x: round(x), y: round(y), width: round(Math.max(0, width)), height: round(height) };
}
