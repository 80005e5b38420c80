/** A step key held down goes at most three steps a second until it has been down for a second, so that nothing flashes (WCAG 2.3.1). */
const SLOW_STEP_MS = 1000 / 3;
const SLOW_UNTIL_MS = 1000;

export interface StepPace {
  /** Whether this press or repeat may step. @param nowMs Time of the key event. */
  readonly mayStep: (key: string, repeat: boolean, nowMs: number) => boolean;
}

export function createStepPace(): StepPace {
  let heldKey = '';
  let downAtMs = -Infinity;
  let steppedAtMs = -Infinity;
  return {
    mayStep(key, repeat, nowMs) {
      if (!repeat || key !== heldKey) [heldKey, downAtMs] = [key, nowMs];
      else if (nowMs - downAtMs < SLOW_UNTIL_MS && nowMs - steppedAtMs < SLOW_STEP_MS) return false;
      steppedAtMs = nowMs;
      return true;
    },
  };
}
