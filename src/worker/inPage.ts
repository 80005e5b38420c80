/**
 * Both hosts in the page itself, for browsers and places that give no worker. Messages go through a channel, as to a worker:
 * they are copied or handed over, and come one after the other. A file of its own, fetched where it is needed.
 */
import type { ConvergenceCommand, ConvergenceAnswer } from '../protocol/convergenceMessages.ts';
import type { SimAnswer, SimCommand } from '../protocol/messages.ts';
import { ConvergenceHost } from './convergence/convergenceHost.ts';
import type { HostClock } from './hostPort.ts';
import { SimulationHost } from './simulationHost.ts';
import { createTaskClock } from './taskClock.ts';

/** Looks like a `Worker`; errors of the host are messages already. */
class EngineInPage<Command, Answer> {
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  onerror: ((event: { preventDefault(): void }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly #near: MessagePort;
  readonly #far: MessagePort;
  #ended = false;

  constructor(start: StartHost<Command, Answer>) {
    const { port1, port2 } = new MessageChannel();
    [this.#near, this.#far] = [port1, port2];
    const clock = createTaskClock();
    const unlessEnded = (task: () => void) => () => {
      if (!this.#ended) task();
    };
    const host = start(
      { post: (answer, transfer) => port2.postMessage(answer, transfer) },
      {
        nowMs: () => clock.nowMs(),
        soon: (task) => clock.soon(unlessEnded(task)),
        later: (task, ms) => clock.later(unlessEnded(task), ms),
      },
    );
    port1.onmessage = (event: MessageEvent<unknown>) => this.onmessage?.(event);
    port2.onmessage = ({ data }: MessageEvent<Command>) => host.receive(data);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#near.postMessage(message, transfer);
  }

  terminate(): void {
    this.#ended = true;
    this.#near.close();
    this.#far.close();
  }
}

type StartHost<Command, Answer> = (
  port: { post(answer: Answer, transfer: ArrayBuffer[]): void },
  clock: HostClock,
) => { receive(command: Command): void };

export function simulationInPage() {
  return new EngineInPage<SimCommand, SimAnswer>((port, clock) => new SimulationHost(port, clock));
}

export function convergenceInPage() {
  return new EngineInPage<ConvergenceCommand, ConvergenceAnswer>(
    (port, clock) => new ConvergenceHost(port, clock),
  );
}
