/** What a host in the worker is given: the page's end of it, and the time. Tests give their own. */
import type { SimAnswer } from '../protocol/messages.ts';

export interface HostPort {
  post(answer: SimAnswer, transfer: ArrayBuffer[]): void;
}

export interface HostClock {
  nowMs(): number;
  /** After the messages that are waiting. */
  soon(task: () => void): void;
  later(task: () => void, ms: number): void;
}
