/** The browser's own database as a store of values that all tabs of the page share. */
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import type { KeyValues } from '../state/recentShelf.ts';

/** Some browsers never answer where they refuse: after that long nothing is expected any more. */
const PATIENCE_MS = 10_000;

export function indexedValues(): KeyValues {
  let store: UseStore | null = null;
  // Async, so that a browser that throws at once is refused like any other.
  const within = async <T>(
    mode: IDBTransactionMode,
    use: (values: IDBObjectStore) => Promise<T>,
  ): Promise<T> => {
    store ??= createStore('migrascope', 'recent');
    return inTime(store(mode, use));
  };
  return {
    read: (key) => within('readonly', (values) => promisifyRequest<unknown>(values.get(key))),
    change: (key, change) =>
      within('readwrite', (values) => {
        const asked = values.get(key) as IDBRequest<unknown>;
        asked.onsuccess = () => {
          for (const [at, value] of change(asked.result)) {
            if (value === undefined) values.delete(at);
            else values.put(value, at);
          }
        };
        return promisifyRequest(values.transaction);
      }),
  };
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new Error('The browser does not answer'));
    const timer = setTimeout(refuse, PATIENCE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
