/** What survives a reload; the app works where storage is blocked or full. */
export interface Keepsake {
  read(key: string): string | null;
  /** What cannot be written is forgotten: an older value under the key would be wrong. */
  write(key: string, value: string): void;
  remove(key: string): void;
}

/** @param open Throws where storage is blocked. */
export function guardedStorage(open: () => Storage): Keepsake {
  const remove = (key: string): void => {
    try {
      open().removeItem(`migrascope.${key}`);
    } catch {
      // Then there was nothing to remove.
    }
  };
  return {
    remove,
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
        // Blocked or full: then the choice holds until the page is closed.
        remove(key);
      }
    },
  };
}
