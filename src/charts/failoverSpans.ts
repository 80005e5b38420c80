/** The steps after a crash as the timeline shows them: hatched while the VM does not run. */
import type { PhaseSpan } from './phases.ts';

export interface StepOfFailover {
  readonly label: string;
  readonly startNs: number;
  readonly endNs: number;
  /** Whether the VM runs in it. */
  readonly runs: boolean;
}

export function failoverSpans(steps: readonly StepOfFailover[]): PhaseSpan[] {
  return steps.map(({ label, startNs, endNs, runs }) => {
    const kind = runs ? ('run' as const) : ('failover' as const);
    return { kind, label, number: 0, startNs, endNs, phases: [] };
  });
}
