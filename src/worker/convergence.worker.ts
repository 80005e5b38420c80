/** Joins the worker's `self` to the host of the convergence map; everything else is in `convergence/convergenceHost.ts`. */
import type { ConvergenceCommand } from '../protocol/convergenceMessages.ts';
import { ConvergenceHost } from './convergence/convergenceHost.ts';

// A message to oneself comes after the messages that are waiting, and without the 4 ms of nested timers.
const channel = new MessageChannel();
const tasks: (() => void)[] = [];
channel.port1.onmessage = () => tasks.shift()?.();

const host = new ConvergenceHost(
  { post: (answer, transfer) => self.postMessage(answer, { transfer }) },
  {
    nowMs: () => performance.now(),
    soon: (task) => {
      tasks.push(task);
      channel.port2.postMessage(null);
    },
  },
);

self.onmessage = (event: MessageEvent<ConvergenceCommand>) => host.receive(event.data);
