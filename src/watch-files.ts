import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What to wait for a change of. Paths are absolute. */
export interface Watched {
  /** Files, those included that are not there yet. */
  readonly files: ReadonlySet<string>;
  /** Directories in which any file counts. */
  readonly directories: ReadonlySet<string>;
  /** A change since then counts at once, in milliseconds since 1970: what changes while a run lasts is not lost. */
  readonly sinceMs: number;
}

/** Editors write a file in several steps. */
const settleMs = 100;

/**
 * Waits until one of the files changes, and those around it have settled. False at once where nothing can be watched.
 * Directories are watched and not files, as editors put a new file in the place of the old one.
 */
export function nextChange(watched: Watched): Promise<boolean> {
  const { files, directories } = watched;
  const names = new Map<string, Set<string>>([...directories].map((directory) => [directory, new Set()]));
  for (const file of files) {
    const inIt = names.get(dirname(file)) ?? new Set();
    names.set(dirname(file), inIt.add(basename(file)));
  }
  return new Promise((resolve) => {
    const watchers: FSWatcher[] = [];
    let settling: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        for (const watcher of watchers) watcher.close();
        resolve(true);
      }, settleMs);
    };
    for (const [directory, inIt] of names) {
      const isMeant = (name: string | null): boolean =>
        name === null || directories.has(directory) || inIt.has(name);
      try {
        const watcher = watch(directory, (_event, name) => isMeant(name) && settle());
        // The directory is gone, which is a change as well.
        watchers.push(watcher.on('error', settle));
      } catch {
        // Not there, not allowed, or more than the system watches: what remains is watched.
      }
    }
    if (watchers.length === 0) resolve(false);
    else if ([...files, ...directories].some((path) => changedSince(path, watched.sinceMs))) settle();
  });
}

/** A time that is yet to come says nothing: the clocks of network disks go wrong. */
function changedSince(path: string, sinceMs: number): boolean {
  try {
    const { mtimeMs } = statSync(path);
    return mtimeMs >= sinceMs && Math.floor(mtimeMs) <= Date.now();
  } catch {
    // Gone, or never there.
    return false;
  }
}
