/** Storages in memory: one that belongs to a tab, and one that all tabs share. */
import type { KeyValues } from '../../src/state/recentShelf.ts';
import type { Keepsake } from '../../src/state/storage.ts';

export interface MemoryKeepsake extends Keepsake {
  readonly values: Map<string, string>;
  /** Every key that was written, in order. */
  readonly written: string[];
}

export function memoryKeepsake(from: Iterable<readonly [string, string]> = []): MemoryKeepsake {
  const values = new Map(from);
  const written: string[] = [];
  return {
    values,
    written,
    read: (key) => values.get(key) ?? null,
    write: (key, value) => {
      values.set(key, value);
      written.push(key);
    },
    remove: (key) => void values.delete(key),
  };
}

export interface MemoryValues extends KeyValues {
  readonly values: Map<string, unknown>;
  /** How often something was written. */
  changes: number;
  /** What the browser throws, or null. */
  refusal: Error | null;
}

/** As a database keeps them: what is read is a copy, and a refused change changes nothing. */
export function memoryValues(): MemoryValues {
  const values = new Map<string, unknown>();
  const shared: MemoryValues = {
    values,
    changes: 0,
    refusal: null,
    async read(key) {
      await Promise.resolve();
      if (shared.refusal !== null) throw shared.refusal;
      return structuredClone(values.get(key));
    },
    async change(key, change) {
      await Promise.resolve();
      if (shared.refusal !== null) throw shared.refusal;
      for (const [at, value] of change(structuredClone(values.get(key)))) {
        shared.changes += 1;
        if (value === undefined) values.delete(at);
        else values.set(at, structuredClone(value));
      }
    },
  };
  return shared;
}
