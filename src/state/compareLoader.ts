/**
 * Works the lanes of the Compare screen out, one after the other, and hands each over as soon as it is there. Runs are
 * kept as long as they are of use; what nobody asks for any more is given up on the way.
 */
import type { Outline, OutlineProgress } from '../protocol/outline.ts';
import type { Session } from '../session/session.ts';
import type { CompareLane, CompareRun } from './compareLanes.ts';

export interface LaneProgress {
  readonly lane: CompareLane;
  readonly progress: OutlineProgress;
}

export interface LaneListener {
  /** Those that are worked out so far, in the order of the lanes. */
  readonly runs: (runs: readonly CompareRun[]) => void;
  /** Of one that is to come: the next, or one that was begun for the choice before. */
  readonly progress: (progress: LaneProgress) => void;
}

/** @returns false where something else was asked for meanwhile. Rejects where a lane cannot be worked out. */
export type LaneLoader = (
  lanes: readonly CompareLane[],
  vm: number,
  listener: LaneListener,
) => Promise<boolean>;

/** Runs that are kept: going back to a choice costs nothing. */
const KEPT_RUNS = 12;

interface KeptRun {
  readonly outline: Promise<Outline>;
  readonly giveUp: () => void;
  isDone: boolean;
  /** Told how far it is. */
  tell: (progress: OutlineProgress) => void;
}

export function createLaneLoader(outline: Session['outline']): LaneLoader {
  const kept = new Map<string, KeptRun>();
  let asked = 0;
  const start = (key: string, { scenario }: CompareLane, vm: number): KeptRun => {
    const control = new AbortController();
    const run: KeptRun = {
      outline: outline(scenario, vm, {
        signal: control.signal,
        onProgress: (progress) => run.tell(progress),
      }),
      giveUp: () => control.abort(),
      isDone: false,
      tell: () => undefined,
    };
    run.outline.then(
      () => (run.isDone = true),
      () => kept.get(key) === run && kept.delete(key),
    );
    return run;
  };
  /** The newest stand at the end. */
  const take = (key: string, lane: CompareLane, vm: number): KeptRun => {
    const run = kept.get(key) ?? start(key, lane, vm);
    kept.delete(key);
    kept.set(key, run);
    for (const oldest of [...kept.keys()].slice(0, -KEPT_RUNS)) kept.delete(oldest);
    return run;
  };
  const giveUpOthers = (keys: readonly string[]): void => {
    for (const [key, run] of kept) {
      if (run.isDone || keys.includes(key)) continue;
      kept.delete(key);
      run.giveUp();
    }
  };
  return async (lanes, vm, listener) => {
    const ask = ++asked;
    const keys = lanes.map(({ scenario }) => JSON.stringify([vm, scenario]));
    giveUpOthers(keys);
    const runs: CompareRun[] = [];
    const listen = (run: KeptRun | undefined, lane: CompareLane): void => {
      if (run !== undefined) run.tell = (progress) => listener.progress({ lane, progress });
    };
    for (const [place, lane] of lanes.entries()) listen(kept.get(keys[place]!), lane);
    for (const [place, lane] of lanes.entries()) {
      const run = take(keys[place]!, lane, vm);
      listen(run, lane);
      try {
        // oxlint-disable-next-line no-await-in-loop -- one at a time, so that at most one run is worked out that nobody wants any more
        runs.push({ lane, vm, outline: await run.outline });
      } catch (error) {
        if (ask !== asked) return false;
        throw error;
      }
      if (ask !== asked) return false;
      listener.runs([...runs]);
    }
    return true;
  };
}
