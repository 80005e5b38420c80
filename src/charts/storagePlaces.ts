/**
 * Where everything below the nodes of a storage lane stands: the volumes, the ways to them, and the words beside the
 * ways. Direct I/O goes straight down, redirected I/O to the coordinator and never through the volume. CSS pixels,
 * from the left end of the lane and from the foot of its nodes.
 */

export interface PlacedVolume {
  /** Nodes under which it stands. */
  readonly firstNode: number;
  readonly lastNode: number;
  /** From the top: a volume below another one is reached at its left. */
  readonly row: number;
}

export interface PlacedWay {
  readonly node: number;
  readonly volume: number;
  readonly kind: 'direct' | 'dotted' | 'redirected';
  readonly through: number;
}

export interface VolumeMovePlace {
  readonly volume: number;
  readonly from: number;
  readonly to: number;
}

export interface StorageSpace {
  readonly widthCss: number;
  readonly nodes: number;
  readonly volumes: readonly PlacedVolume[];
  readonly ways: readonly PlacedWay[];
  readonly moves: readonly VolumeMovePlace[];
  /** All heights are multiplied by it. */
  readonly textScale: number;
  /** A low window: shorter ways. */
  readonly isLow: boolean;
}

export interface BoxCss {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface StorageWire {
  readonly key: string;
  /** `cut` is the cross on a cable, `stub` what is left of it. */
  readonly kind: PlacedWay['kind'] | 'move' | 'cut' | 'stub';
  /** SVG path. */
  readonly path: string;
  /** SVG path of the arrow's head, or ''. */
  readonly head: string;
}

/** Words beside a way: `x` is the end at the way, `widthCss` the room away from it. */
export interface CaptionPlace {
  readonly side: 'left' | 'right';
  readonly x: number;
  readonly widthCss: number;
  /** Of the first line, or with `fromFoot` of the last one's foot. */
  readonly y: number;
  readonly fromFoot: boolean;
}

export interface StoragePlaces {
  readonly gapCss: number;
  readonly isNarrow: boolean;
  readonly volumes: readonly BoxCss[];
  readonly wires: readonly StorageWire[];
  /** One for each way. */
  readonly captions: readonly CaptionPlace[];
  readonly heightCss: number;
}

/** Below this width the words beside the ways need two lines, and so do the files of a wide volume. */
const NARROW_CSS = 560;
const WIRES_CSS = 78;
const LOW_WIRES_CSS = 64;
const NARROW_WIRES_CSS = 92;
const VOLUME_CSS = 58;
const LOW_VOLUME_CSS = 46;
const NARROW_VOLUME_CSS = 84;
const ROW_GAP_CSS = 8;
/** A volume in front of another one leaves room for the way to it. */
const INDENT_CSS = 40;
const SIDE_PORT_CSS = 20;
const WORDS_CSS = 12;
/** Between a coordinator's own way and the arrow that comes in beside it. */
const ARRIVAL_CSS = 16;
const HEAD = { length: 11, half: 6 } as const;
const STUB_GAP_CSS = 4;
const CROSS = { above: 13, half: 6 } as const;

/** Between two nodes. */
export function nodeGap(widthCss: number): number {
  return widthCss < NARROW_CSS ? 10 : Math.round(Math.min(36, widthCss / 19));
}

export function storagePlaces(space: StorageSpace): StoragePlaces {
  const { widthCss, nodes, textScale, ways, moves, isLow } = space;
  const isNarrow = widthCss < NARROW_CSS * textScale;
  const gapCss = nodeGap(widthCss);
  const nodeCss = (widthCss - gapCss * (nodes - 1)) / nodes;
  const baseCss = isNarrow ? NARROW_WIRES_CSS : isLow ? LOW_WIRES_CSS : WIRES_CSS;
  const wiresCss = Math.round(baseCss * textScale);
  const frame = { nodeCss, gapCss, wiresCss, isNarrow };
  const volumes = volumeBoxes(space, frame);
  const feet = volumes.map(({ top, height }) => top + height);
  const portOf = ({ node, volume }: PlacedWay): number =>
    portX(frame, node, space.volumes[volume]?.row ?? 0);
  return {
    gapCss,
    isNarrow,
    volumes,
    wires: [
      ...ways.flatMap((way) =>
        wayWires(way, space, frame, portOf, volumes[way.volume]?.top ?? wiresCss),
      ),
      ...moves.map((move) => moveWire(move, frame, space)),
    ],
    captions: ways.map((way) => captionPlace(way, space, frame, portOf(way))),
    heightCss: Math.max(wiresCss, ...feet),
  };
}

interface Frame {
  readonly nodeCss: number;
  readonly gapCss: number;
  readonly wiresCss: number;
  readonly isNarrow: boolean;
}

function leftOf({ nodeCss, gapCss }: Frame, node: number): number {
  return node * (nodeCss + gapCss);
}

/** Where a way leaves its node: in the middle, or at the left for a volume that stands behind another one. */
function portX(frame: Frame, node: number, row: number): number {
  const left = leftOf(frame, node);
  return Math.round(row === 0 ? left + frame.nodeCss / 2 : left + SIDE_PORT_CSS * row);
}

function volumeBoxes({ volumes, textScale }: StorageSpace, frame: Frame): BoxCss[] {
  const hasRows = volumes.some(({ row }) => row > 0);
  return volumes.map(({ firstNode, lastNode, row }) => {
    const isBefore = volumes.some(
      (other) => other.row > row && other.firstNode <= lastNode && other.lastNode >= firstNode,
    );
    const indent = isBefore ? INDENT_CSS : 0;
    const left = leftOf(frame, firstNode) + indent;
    const isWide = lastNode - firstNode > 1;
    const base = hasRows
      ? LOW_VOLUME_CSS
      : frame.isNarrow && isWide
        ? NARROW_VOLUME_CSS
        : VOLUME_CSS;
    const height = Math.round(base * textScale);
    return {
      left,
      top: frame.wiresCss + row * (height + ROW_GAP_CSS),
      width: leftOf(frame, lastNode) + frame.nodeCss - left,
      height,
    };
  });
}

/** Height of the horizontal part of a redirected way, and of the arrow of a moving disk. */
function levelY({ wiresCss }: Frame): number {
  return Math.round(wiresCss * 0.55);
}

function wayWires(
  way: PlacedWay,
  space: StorageSpace,
  frame: Frame,
  portOf: (way: PlacedWay) => number,
  footY: number,
): StorageWire[] {
  const x = portOf(way);
  const key = `${way.kind} ${way.node} ${way.volume}`;
  if (way.kind !== 'redirected')
    return [{ key, kind: way.kind, path: `M${x} 0V${footY}`, head: '' }];
  const home = space.ways.find(({ node, volume }) => node === way.through && volume === way.volume);
  if (home === undefined) return [];
  const away = Math.sign(x - portOf(home)) * ARRIVAL_CSS;
  const end = portOf(home) + away;
  const y = levelY(frame);
  const crossed = space.ways
    .filter(({ kind }) => kind !== 'redirected')
    .map(portOf)
    .filter((port) => (port - x) * (port - end) < 0);
  const across = acrossPath(x, end, crossed);
  const { above, half } = CROSS;
  return [
    {
      key,
      kind: 'redirected',
      path: `M${x} 0V${y}${across}V${HEAD.length}`,
      head: `M${end} 1l${-HEAD.half} ${HEAD.length}h${2 * HEAD.half}z`,
    },
    {
      key: `stub ${way.node} ${way.volume}`,
      kind: 'stub',
      path: `M${x} ${y + STUB_GAP_CSS}V${footY}`,
      head: '',
    },
    {
      key: `cut ${way.node} ${way.volume}`,
      kind: 'cut',
      path: `M${x - half} ${footY - above - half}l${2 * half} ${2 * half}m0 ${-2 * half}l${-2 * half} ${2 * half}`,
      head: '',
    },
  ];
}

/** Half of the gap in a line where it passes another one. */
const PASS_CSS = 12;

function acrossPath(from: number, to: number, crossed: readonly number[]): string {
  const sign = Math.sign(to - from);
  const inOrder = [...crossed].sort((a, b) => sign * (a - b));
  const gaps = inOrder.map((x) => `H${x - sign * PASS_CSS}m${sign * 2 * PASS_CSS} 0`);
  return `${gaps.join('')}H${to}`;
}

function moveWire(
  { volume, from, to }: VolumeMovePlace,
  frame: Frame,
  space: StorageSpace,
): StorageWire {
  const row = space.volumes[volume]?.row ?? 0;
  const [start, end] = [portX(frame, from, row), portX(frame, to, row)];
  const sign = Math.sign(end - start);
  const y = frame.wiresCss - 18;
  const tip = end - sign * 8;
  return {
    key: `move ${volume}`,
    kind: 'move',
    path: `M${start + sign * 8} ${y}H${tip - sign * HEAD.length}`,
    head: `M${tip} ${y}l${-sign * HEAD.length} ${-HEAD.half}v${2 * HEAD.half}z`,
  };
}

function captionPlace(way: PlacedWay, space: StorageSpace, frame: Frame, x: number): CaptionPlace {
  const pitch = frame.nodeCss + frame.gapCss;
  const isShared =
    space.volumes[way.volume]?.firstNode !== space.volumes[way.volume]?.lastNode &&
    space.ways.filter(({ volume, kind }) => volume === way.volume && kind !== 'dotted').length > 1;
  if (way.kind === 'redirected') {
    const room = Math.max(0, pitch - 2 * WORDS_CSS);
    return { side: 'left', x: x - WORDS_CSS, widthCss: room, y: levelY(frame) - 5, fromFoot: true };
  }
  // On a volume with many ways the words stand at the left, clear of what comes in from the right.
  if (isShared) {
    const room = Math.min(frame.nodeCss / 2, x - WORDS_CSS);
    return {
      side: 'left',
      x: x - WORDS_CSS,
      widthCss: room,
      y: frame.wiresCss - 6,
      fromFoot: true,
    };
  }
  const end = way.node === space.nodes - 1 ? space.widthCss : x + pitch;
  return {
    side: 'right',
    x: x + WORDS_CSS,
    widthCss: end - x - 2 * WORDS_CSS,
    y: 10,
    fromFoot: false,
  };
}
