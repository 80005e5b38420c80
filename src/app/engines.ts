/** The engines of the session and of the convergence map: in workers, or in the page where there are none. */
import { startEngine, type EngineWorker } from '../session/engineWorker.ts';
import type { PoolDeps } from '../session/convergencePool.ts';
import type { SessionDeps } from '../session/session.ts';
import { fetchWhileIdle } from '../ui/shared/parts.ts';

/** Workers cannot be fetched ahead, and this can: without a connection, what needs another worker works in the page. */
const loadInPage = fetchWhileIdle(() => import('../worker/inPage.ts'));

const repeat: SessionDeps['repeat'] = (task, everyMs) => {
  const timer = setInterval(task, everyMs);
  return () => clearInterval(timer);
};

export const sessionDeps: SessionDeps = {
  createWorker: () =>
    startEngine({
      inWorker: () =>
        new Worker(new URL('../worker/simulation.worker.ts', import.meta.url), {
          type: 'module',
        }) as EngineWorker,
      inPage: async () => (await loadInPage()).simulationInPage(),
    }),
  requestFrame: (callback) => requestAnimationFrame(callback),
  repeat,
  report: (error) => reportError(error),
};

const createMapWorker = (): EngineWorker =>
  new Worker(new URL('../worker/convergence.worker.ts', import.meta.url), {
    type: 'module',
  }) as EngineWorker;

export const poolDeps: PoolDeps = {
  createFirst: () =>
    startEngine({
      inWorker: createMapWorker,
      inPage: async () => (await loadInPage()).convergenceInPage(),
    }),
  createOther: createMapWorker,
  cores: Number(navigator.hardwareConcurrency),
  repeat,
};
