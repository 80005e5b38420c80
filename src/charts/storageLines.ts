/**
 * The lines between nodes and volumes: straight down where the volume lies below the node, around two corners where it
 * does not. Redirected I/O goes from node to coordinator and never through the volume. Coordinates begin at the foot of
 * the nodes; the volumes begin at `heightCss`.
 */
import type { PointCss } from './mapLayout.ts';

export type RouteKind =
  /** In use. */
  | 'direct'
  /** Not in use now: dismounted, being moved, or waiting. */
  | 'dotted'
  /** Over the network, through the coordinator. */
  | 'redirected'
  /** The cable between node and volume is cut. */
  | 'cut';

/** How one node reaches one volume. */
export interface StorageRoute {
  readonly node: number;
  readonly volume: number;
  readonly kind: RouteKind;
  /** Of a redirected route: the coordinator; else the node itself. */
  readonly through: number;
}

/** A volume on its way from one owner to the next. */
export interface VolumeMove {
  readonly volume: number;
  readonly from: number;
  readonly to: number;
}

/** Where a node or a volume stands, from the left edge of the stage. */
export interface Extent {
  readonly index: number;
  readonly left: number;
  readonly right: number;
}

export interface StorageLine {
  readonly key: string;
  readonly kind: RouteKind | 'move';
  /** SVG path. */
  readonly path: string;
  /** SVG path of the arrow's head, or ''. */
  readonly head: string;
  /** Middle of the cross on a cut cable. */
  readonly cross: PointCss | null;
}

export interface StorageLines {
  readonly lines: readonly StorageLine[];
  readonly heightCss: number;
}

export interface LineSpace {
  readonly routes: readonly StorageRoute[];
  readonly moves: readonly VolumeMove[];
  readonly nodes: readonly Extent[];
  readonly volumes: readonly Extent[];
  /** Height of the row of words right below the nodes; all lines cross it straight. */
  readonly wordsCss: number;
}

/** Between two lines of one node. */
const PORT_CSS = 20;
/** The round ends of a volume. */
const ROUND_CSS = 24;
/** Between two horizontal parts. */
const LEVEL_CSS = 10;
/** Below the words, and above the volumes: room for a cross. */
const LEVEL_TOP_CSS = 6;
const LEVEL_FOOT_CSS = 18;
const HEAD = { length: 10, half: 5 } as const;

/** Where the words at a node's foot stand, so that no line crosses them. */
export interface WordsPlace {
  readonly side: 'left' | 'right';
  /** From the node's middle to the outermost line on that side. */
  readonly shiftCss: number;
}

/** Beside the lines, on the side to which no redirected line leaves. Nodes of a higher number stand further right. */
export function wordsPlace(
  routes: readonly StorageRoute[],
  nodes: readonly Extent[],
  node: number,
): WordsPlace {
  const own = routes.filter((route) => route.node === node);
  const leavesRight = own.some(
    ({ kind, through }) => kind === 'redirected' && isRightOf(nodes, through, node),
  );
  const side = leavesRight ? 'left' : 'right';
  const arrivals = arrivalsAt(routes, node).filter(
    (route) => isRightOf(nodes, route.node, node) === (side === 'right'),
  ).length;
  const ports = (Math.max(0, own.length - 1) * PORT_CSS) / 2;
  return { side, shiftCss: ports + arrivals * PORT_CSS };
}

function arrivalsAt(routes: readonly StorageRoute[], node: number): StorageRoute[] {
  return routes.filter(
    (route) => route.kind === 'redirected' && route.through === node && route.node !== node,
  );
}

function isRightOf(nodes: readonly Extent[], one: number, other: number): boolean {
  const left = (node: number): number => nodes.find(({ index }) => index === node)?.left ?? node;
  return left(one) > left(other);
}

/** One line as it goes: down at `from`, across at its level, down at `to`, or up again. */
interface Course {
  readonly key: string;
  readonly kind: StorageLine['kind'];
  readonly from: number;
  readonly to: number;
}

export function layoutStorageLines(space: LineSpace): StorageLines {
  // Arrows first: they stand highest, where the lines they join still go straight down.
  const courses = [...moveCourses(space), ...routeCourses(space)];
  const levels = levelsOf(courses);
  const used = Math.max(-1, ...levels) + 1;
  const levelY = (level: number): number =>
    space.wordsCss + LEVEL_TOP_CSS + Math.max(0, level) * LEVEL_CSS;
  const heightCss = used === 0 ? space.wordsCss : levelY(used - 1) + LEVEL_FOOT_CSS;
  const lines = courses.flatMap((course, index) => {
    const level = levels[index] ?? -1;
    return linesOf(course, level < 0 ? null : levelY(level), heightCss);
  });
  return { lines, heightCss };
}

function routeCourses({ routes, nodes, volumes }: LineSpace): Course[] {
  const taken = new Map(volumes.map(({ index }) => [index, [] as number[]]));
  return routes.flatMap((route): Course[] => {
    const { node, volume, kind, through } = route;
    const from = portX(routes, nodes, route);
    const below = volumes.find(({ index }) => index === volume);
    if (from === null || below === undefined) return [];
    const key = `${kind} ${node} ${volume}`;
    if (kind !== 'redirected') {
      return [{ key, kind, from, to: landing(below, from, taken.get(volume) ?? []) }];
    }
    const arrival = arrivalX(routes, nodes, route);
    return arrival === null || through === node ? [] : [{ key, kind, from, to: arrival }];
  });
}

/** An arrow from the old owner's line to the new owner's. */
function moveCourses({ moves, routes, nodes }: LineSpace): Course[] {
  return moves.flatMap(({ volume, from, to }): Course[] => {
    const [start, end] = [from, to].map((node) => {
      const route = routes.find((each) => each.node === node && each.volume === volume);
      return route === undefined ? null : portX(routes, nodes, route);
    });
    if (typeof start !== 'number' || typeof end !== 'number') return [];
    const gap = Math.sign(end - start) * MOVE_GAP_CSS;
    const key = `move ${volume}`;
    return [{ key, kind: 'move', from: start + gap, to: end - gap }];
  });
}

/** The arrow of a move begins and ends beside the lines. */
const MOVE_GAP_CSS = 8;

/** Where a line leaves its node: around the middle, in the order of the volumes. */
function portX(
  routes: readonly StorageRoute[],
  nodes: readonly Extent[],
  route: StorageRoute,
): number | null {
  const place = nodes.find(({ index }) => index === route.node);
  if (place === undefined) return null;
  const own = routes.filter(({ node }) => node === route.node);
  const port = own.indexOf(route) - (own.length - 1) / 2;
  return Math.round((place.left + place.right) / 2 + port * PORT_CSS);
}

/** Redirected I/O comes in beside the coordinator's own lines, on the side it comes from. */
function arrivalX(
  routes: readonly StorageRoute[],
  nodes: readonly Extent[],
  route: StorageRoute,
): number | null {
  const place = nodes.find(({ index }) => index === route.through);
  if (place === undefined) return null;
  const ports = routes.filter(({ node }) => node === route.through).length;
  const fromRight = isRightOf(nodes, route.node, route.through);
  const sameSide = arrivalsAt(routes, route.through).filter(
    ({ node }) => isRightOf(nodes, node, route.through) === fromRight,
  );
  const away = Math.max(0, ports - 1) / 2 + 1 + sameSide.indexOf(route);
  const middle = (place.left + place.right) / 2;
  return Math.round(middle + (fromRight ? away : -away) * PORT_CSS);
}

/** Straight down if the volume lies there, else near its nearest end, each line on its own. */
function landing({ left, right }: Extent, x: number, taken: number[]): number {
  const [first, last] = [Math.min(left + ROUND_CSS, right), Math.max(left, right - ROUND_CSS)];
  if (x >= first && x <= last) return x;
  const end = x < first ? first : last;
  const inward = x < first ? LANDING_CSS : -LANDING_CSS;
  const nth = taken.filter((other) => other === end).length;
  taken.push(end);
  return end + nth * inward;
}

const LANDING_CSS = 10;

/** For each course the level of its horizontal part, -1 for none: no two on one level overlap. */
function levelsOf(courses: readonly Course[]): number[] {
  const taken: { readonly level: number; readonly from: number; readonly to: number }[] = [];
  return courses.map(({ from, to }) => {
    if (from === to) return -1;
    const [left, right] = [Math.min(from, to), Math.max(from, to)];
    let level = 0;
    while (
      taken.some((other) => other.level === level && other.from < right + 6 && other.to > left - 6)
    ) {
      level += 1;
    }
    taken.push({ level, from: left, to: right });
    return level;
  });
}

function linesOf(course: Course, levelY: number | null, heightCss: number): StorageLine[] {
  const { key, kind, from, to } = course;
  const across = levelY === null ? '' : `V${levelY}H${to}`;
  if (kind === 'move' && levelY !== null) {
    const back = Math.sign(to - from) * HEAD.length;
    const head = `M${to} ${levelY}l${-back} ${-HEAD.half}v${2 * HEAD.half}z`;
    return [{ key, kind, path: `M${from} ${levelY}H${to - back}`, head, cross: null }];
  }
  if (kind === 'redirected') {
    const head = `M${to} 1l${-HEAD.half} ${HEAD.length}h${2 * HEAD.half}z`;
    return [
      { key, kind, path: `M${from} 0${across}V${HEAD.length}`, head, cross: null },
      cutLine(`rest of ${key}`, `M${from} ${levelY ?? 0}V${heightCss}`, from, heightCss),
    ];
  }
  const path = `M${from} 0${across}V${heightCss}`;
  return [
    kind === 'cut' ? cutLine(key, path, to, heightCss) : { key, kind, path, head: '', cross: null },
  ];
}

/** Of the cross, above the volume. */
const CROSS_CSS = 9;

function cutLine(key: string, path: string, x: number, heightCss: number): StorageLine {
  return { key, kind: 'cut', path, head: '', cross: { x, y: heightCss - CROSS_CSS } };
}
