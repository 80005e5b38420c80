/** What is read of a lane again and again while its clock runs, worked out once. */
import type { Nanoseconds } from '../base/units.ts';
import type { CompareRun } from './compareLanes.ts';

/** @returns The same reading, done once for each run. */
export function perRun<T>(read: (run: CompareRun) => T): (run: CompareRun) => T {
  const known = new WeakMap<CompareRun, { readonly value: T }>();
  return (run) => {
    const { value } = known.get(run) ?? { value: read(run) };
    known.set(run, { value });
    return value;
  };
}

/** @returns The same reading, done once while a run is looked at by several at one moment. */
export function perMoment<T>(
  read: (run: CompareRun, ns: Nanoseconds) => T,
): (run: CompareRun, ns: Nanoseconds) => T {
  const last = new WeakMap<CompareRun, { readonly ns: Nanoseconds; readonly value: T }>();
  return (run, ns) => {
    const known = last.get(run);
    if (known?.ns === ns) return known.value;
    const value = read(run, ns);
    last.set(run, { ns, value });
    return value;
  };
}
