import { baseName } from '../syntax/path-parts.ts';
import type { FileStatus, FileSystem } from './file-system.ts';

/** After so many of its entries, one look at a directory is less than a look at each of those that may follow. */
const LOOKS_MAX = 64;

/** What a directory's entries are, as far as it is known without a look at them. */
export interface EntryKinds {
  /** Of an entry of a directory that is real, or `undefined`. Both paths are those of the host. */
  at(directory: string, path: string): 'file' | 'symlink' | undefined;
}

interface Looks {
  count: number;
  kinds?: ReadonlyMap<string, 'file' | 'symlink'> | undefined;
}

/** Counts the looks into each directory and, where they are many, looks at the directory itself: ten thousand sites stand in one. */
export function kindsOfEntries(fileSystem: FileSystem, base: string): EntryKinds {
  const looksInto = new Map<string, Looks>();
  return {
    at(directory, path) {
      const looks = looksInto.get(directory) ?? { count: 0 };
      if (looks.count === 0) looksInto.set(directory, looks);
      looks.count++;
      if (looks.count === LOOKS_MAX) looks.kinds = listed(fileSystem, base + directory);
      return looks.kinds?.get(baseName(path));
    },
  };
}

function listed(fileSystem: FileSystem, directory: string): Looks['kinds'] {
  try {
    return fileSystem.kindsIn?.(directory);
  } catch {
    // It may be entered and not listed: then each entry is looked at.
    return undefined;
  }
}

/** The status of a plain file, of which hardly anybody asks more than that it is one. */
export class StatusWhenAsked implements FileStatus {
  readonly kind = 'file';
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  #status: FileStatus | undefined;

  constructor(fileSystem: FileSystem, path: string) {
    this.#fileSystem = fileSystem;
    this.#path = path;
  }

  get mode(): number {
    return this.#asked().mode;
  }
  get uid(): number {
    return this.#asked().uid;
  }
  get gid(): number {
    return this.#asked().gid;
  }
  get size(): number {
    return this.#asked().size;
  }

  #asked(): FileStatus {
    this.#status ??= statusOrOpen(this.#fileSystem, this.#path);
    return this.#status;
  }
}

/** Of a file that goes away while no502 runs nothing is held against anybody. */
function statusOrOpen(fileSystem: FileSystem, path: string): FileStatus {
  try {
    return fileSystem.status(path);
  } catch {
    return { kind: 'file', mode: 0o777, uid: 0, gid: 0, size: 0 };
  }
}
