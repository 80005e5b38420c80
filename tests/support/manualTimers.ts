/** Tasks that are called again and again, when a test says so. */
export function manualTimers() {
  const tasks = new Set<() => void>();
  return {
    repeat: (task: () => void) => {
      // Each its own, also where two give the same task.
      const own = (): void => task();
      tasks.add(own);
      return () => void tasks.delete(own);
    },
    /** So often all of them are called. */
    pass: (times: number) => {
      for (let time = 0; time < times; time += 1) for (const task of [...tasks]) task();
    },
    running: () => tasks.size,
  };
}
