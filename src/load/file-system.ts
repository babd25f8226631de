/** What a path is, from lstat(2). */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'symlink' | 'socket' | 'other';
  /** Permission bits, the lower twelve. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes. */
  readonly size: number;
}

/**
 * The only way no502 touches a disk. Paths are absolute. Errors are Node's own (`code: 'ENOENT'` and so on).
 * `disk` reads the real one; rule examples and dumps of `nginx -T` live in memory.
 */
export interface FileSystem {
  /**
   * Of a file that is longer than `most` bytes, the first so many are enough. Where `room` is given, the bytes may lie in it: they are
   * good until it is used again.
   */
  readFile(path: string, most?: number, room?: Uint8Array): Uint8Array;
  readDirectory(path: string): readonly string[];
  /** The status of the path itself, a symlink not followed. */
  status(path: string): FileStatus;
  readLink(path: string): string;
  /** The names in a directory with what they are, where one look tells both. Absent where a look at each entry is as good. */
  entriesIn?(path: string): DirectoryEntries;
}

/** What one look at a directory tells. */
export interface DirectoryEntries {
  readonly names: readonly string[];
  /** What each is, in the order of the names: of plain files and symlinks, where it is told. */
  readonly kinds: readonly ('file' | 'symlink' | undefined)[];
}
