import type { DirectoryEntries, FileStatus, FileSystem } from './file-system.ts';

/** After so many of its entries, one look at a directory is less than a look at each of those that may follow. */
const LOOKS_MAX = 64;

/** What the entries of one real directory are, as far as it is known without a look at them. */
export interface EntryKinds {
  /** Of an entry, or `undefined`. Each question is taken for a look that follows. */
  of(name: string): 'file' | 'symlink' | undefined;
  /** Takes what a look at the directory told, where it has so many entries that it is of use. */
  learn(entries: DirectoryEntries): void;
}

/** Counts the looks into each directory and, where they are many, looks at the directory itself: ten thousand sites stand in one. */
export function kindsOfEntries(fileSystem: FileSystem, base: string): (directory: string) => EntryKinds {
  const known = new Map<string, EntryKinds>();
  return (directory) => {
    const before = known.get(directory);
    if (before) return before;
    const kinds = new CountedLooks(fileSystem, base + directory);
    known.set(directory, kinds);
    return kinds;
  };
}

class CountedLooks implements EntryKinds {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  #looks = 0;
  #entries: DirectoryEntries | undefined;
  /** The entry that is asked about next, if it goes on in their order; and where each stands, once somebody asks in another. */
  #next = 0;
  #places: ReadonlyMap<string, number> | undefined;

  constructor(fileSystem: FileSystem, path: string) {
    this.#fileSystem = fileSystem;
    this.#path = path;
  }

  of(name: string): 'file' | 'symlink' | undefined {
    if (!this.#entries && ++this.#looks === LOOKS_MAX) {
      this.#entries = listed(this.#fileSystem, this.#path);
      this.#next = this.#entries?.names.indexOf(name) ?? 0;
    }
    if (!this.#entries) return undefined;
    const { names, kinds } = this.#entries;
    if (names[this.#next] === name) return kinds[this.#next++];
    this.#places ??= new Map(names.map((each, at) => [each, at]));
    const at = this.#places.get(name);
    if (at === undefined) return undefined;
    this.#next = at + 1;
    return kinds[at];
  }

  learn(entries: DirectoryEntries): void {
    if (entries.kinds.length >= LOOKS_MAX) this.#entries ??= entries;
  }
}

function listed(fileSystem: FileSystem, directory: string): DirectoryEntries | undefined {
  try {
    return fileSystem.entriesIn?.(directory);
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
