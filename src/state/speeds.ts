/** Simulated seconds per second: nine ticks, on the keys 1 to 9. */
export const speeds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 50] as const;

export type Speed = (typeof speeds)[number];
