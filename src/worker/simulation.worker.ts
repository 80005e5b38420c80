/** Joins the worker's `self` to the host; everything else is in `simulationHost.ts`. */
import type { SimCommand } from '../protocol/messages.ts';
import { SimulationHost } from './simulationHost.ts';
import { createTaskClock } from './taskClock.ts';

const host = new SimulationHost(
  { post: (answer, transfer) => self.postMessage(answer, { transfer }) },
  createTaskClock(),
);

self.onmessage = (event: MessageEvent<SimCommand>) => host.receive(event.data);
