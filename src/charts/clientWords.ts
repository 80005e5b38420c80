/** How clients fare, in few words: the texts beside their strips. */
import { STRIP_KINDS } from '../protocol/frameColumns.ts';
import type { ClientRow } from '../protocol/frameSummary.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import { columnsOfStrip, type StripColumns } from './clientStrip.ts';

/** Beside the strip: "ping 0.8 ms", "all answered", "12 ask again"; '' while nothing is known of the group. */
export function stripText(frame: FrameMessage, row: number): string {
  const group = frame.summary.clients[row];
  if (group === undefined) return '';
  return group.kind === 'ping' ? pingText(columnsOfStrip(frame, row)) : standingText([group]);
}

/** The same for those who do not see the strip, with what became of the connections. */
export function spokenText(frame: FrameMessage, row: number): string {
  const group = frame.summary.clients[row];
  if (group === undefined) return '';
  const text = stripText(frame, row);
  return group.kind === 'ping' ? text : `${text}; ${keptText(group)}`;
}

/** "10 connections kept, 2 lost". */
export function keptText({ kept, count }: Pick<ClientRow, 'kept' | 'count'>): string {
  return `${kept} ${kept === 1 ? 'connection' : 'connections'} kept, ${count - kept} lost`;
}

/** The worst that holds for some of the clients, and for how many. */
export function standingText(groups: readonly Pick<ClientRow, 'kind' | 'count' | 'now'>[]): string {
  const sum = (standing: keyof ClientRow['now'], rows = groups): number =>
    rows.reduce((total, { now }) => total + now[standing], 0);
  const lost = sum('lost');
  if (lost > 0) return `${lost} lost`;
  const tcp = groups.filter(({ kind }) => kind !== 'ping');
  const asking = sum('asking', tcp);
  if (asking > 0) return `${asking} ${asking === 1 ? 'asks' : 'ask'} again`;
  if (sum('asking') > 0) return 'no answer';
  const waiting = sum('waiting');
  if (waiting > 0) return `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;
  const reconnected = sum('reconnected');
  if (reconnected > 0) return `${reconnected} reconnected`;
  return groups.reduce((total, { count }) => total + count, 0) === 1 ? 'answered' : 'all answered';
}

/** Whether some client has no answer, or no connection, now. */
export function isUnanswered(frame: FrameMessage, row: number): boolean {
  const group = frame.summary.clients[row];
  if (group === undefined) return false;
  if (group.kind === 'ping') return pingText(columnsOfStrip(frame, row)) === 'no answer';
  return group.now.lost + group.now.asking > 0;
}

/** The newest ping: "ping 0.8 ms" or "no answer". */
function pingText({ kinds, roundTrips }: StripColumns): string {
  const newest = kinds.findLastIndex((code) => code !== STRIP_KINDS.none);
  if (newest < 0) return '';
  if (kinds[newest] === STRIP_KINDS.unanswered) return 'no answer';
  const ms = roundTrips[newest]! / 1000;
  return `ping ${ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms))}\u00a0ms`;
}
