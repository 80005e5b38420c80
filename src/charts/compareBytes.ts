/** Bytes moved over the time of a lane: an area under a line, with the same scale in all lanes. */
import { xInside, xOf, type TimeAxis } from './compareAxis.ts';

export interface BytePoint {
  readonly ns: number;
  readonly bytes: number;
}

export interface BytesLayout {
  readonly line: string;
  readonly area: string;
  /** Where the last byte is across; null where nothing was moved. */
  readonly end: { readonly x: number; readonly y: number } | null;
}

/** Over the highest point, for its dot. */
const HEAD_CSS = 6;

/** @param points  In order of time; straight between two of them. @param mostBytes  Of all lanes. */
export function bytesLayout(
  axis: TimeAxis,
  points: readonly BytePoint[],
  mostBytes: number,
  heightCss: number,
): BytesLayout {
  const yOf = (bytes: number): number =>
    heightCss - ((heightCss - HEAD_CSS) * bytes) / Math.max(1, mostBytes);
  const bytesOf = (point: BytePoint | undefined): number => point?.bytes ?? 0;
  const corners = [
    { x: 0, y: yOf(0) },
    ...points.map(({ ns, bytes }) => ({ x: xInside(axis, ns), y: yOf(bytes) })),
    { x: axis.widthCss, y: yOf(bytesOf(points.at(-1))) },
  ];
  const line = corners
    .map(({ x, y }, place) => `${place === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`)
    .join('');
  const most = bytesOf(points.at(-1));
  const last = points.find(({ bytes }) => bytes === most);
  return {
    line,
    area: `${line}V${heightCss}H0Z`,
    end: most === 0 || last === undefined ? null : { x: xOf(axis, last.ns), y: yOf(most) },
  };
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
