/** Joins the worker's `self` to the host of the convergence map; everything else is in `convergence/convergenceHost.ts`. */
import type { ConvergenceCommand } from '../protocol/convergenceMessages.ts';
import { ConvergenceHost } from './convergence/convergenceHost.ts';
import { createTaskClock } from './taskClock.ts';

const host = new ConvergenceHost(
  { post: (answer, transfer) => self.postMessage(answer, { transfer }) },
  createTaskClock(),
);

self.onmessage = (event: MessageEvent<ConvergenceCommand>) => host.receive(event.data);
