/** What survives a reload; the app works where storage is blocked or full. */
export interface Keepsake {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** @param open Throws where storage is blocked. */
export function guardedStorage(open: () => Storage): Keepsake {
  return {
    read(key) {
      try {
        return open().getItem(`migrascope.${key}`);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        open().setItem(`migrascope.${key}`, value);
      } catch {
        // Then the choice holds until the page is closed.
      }
    },
  };
}
