import { describe, expect, it } from 'vitest';
import { createStepPace } from '../../src/ui/keyboard/stepPace.ts';

describe('a step key held down', () => {
  it('goes three steps a second at most until it has been down for a second', () => {
    const { mayStep } = createStepPace();
    // The keyboard repeats every 50 ms for 2 s.
    const times = Array.from({ length: 41 }, (_, i) => i * 50);
    const steps = times.filter((ms) => mayStep('ArrowRight', ms > 0, ms));
    expect(steps.filter((ms) => ms < 1000)).toEqual([0, 350, 700]);
    expect(steps.filter((ms) => ms >= 1000)).toHaveLength(21);
  });

  it('may be pressed as often as one likes', () => {
    const { mayStep } = createStepPace();
    expect([0, 20, 40].map((ms) => mayStep('ArrowRight', false, ms))).toEqual([true, true, true]);
  });
});
