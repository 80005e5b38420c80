/** The clock of a host in a worker or in the page. */
import type { HostClock } from './hostPort.ts';

export function createTaskClock(): HostClock {
  // A message to oneself comes after the messages that are waiting, and without the 4 ms of nested timers.
  const channel = new MessageChannel();
  const tasks: (() => void)[] = [];
  channel.port1.onmessage = () => tasks.shift()?.();
  return {
    nowMs: () => performance.now(),
    soon: (task) => {
      tasks.push(task);
      channel.port2.postMessage(null);
    },
    later: (task, ms) => void setTimeout(task, ms),
  };
}
