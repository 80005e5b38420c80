/** Joins the worker's `self` to the host; everything else is in `simulationHost.ts`. */
import type { SimCommand } from '../protocol/messages.ts';
import { SimulationHost } from './simulationHost.ts';

// A message to oneself comes after the messages that are waiting, and without the 4 ms of nested timers.
const channel = new MessageChannel();
const tasks: (() => void)[] = [];
channel.port1.onmessage = () => tasks.shift()?.();

const host = new SimulationHost(
  { post: (answer, transfer) => self.postMessage(answer, { transfer }) },
  {
    nowMs: () => performance.now(),
    soon: (task) => {
      tasks.push(task);
      channel.port2.postMessage(null);
    },
    later: (task, ms) => void setTimeout(task, ms),
  },
);

self.onmessage = (event: MessageEvent<SimCommand>) => host.receive(event.data);
