import {
  closeSync,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs';
import { fileNameFromBytes, fileNameToBytes, hasReplacement } from './file-name.ts';
import type { FileStatus, FileSystem } from './file-system.ts';

const LONE_SURROGATE = /[\udc80-\udcff]/u;

/** The path as Node's functions take it: as bytes where the name of a file is not UTF-8. */
export function openable(path: string): string | Buffer {
  return LONE_SURROGATE.test(path) ? fileNameToBytes(path) : path;
}

function kindOf(stats: Stats): FileStatus['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  return stats.isSocket() ? 'socket' : 'other';
}

/**
 * Most places where something could be have nothing, and making Node's error with its stack takes longer than the system call, so there is one
 * for all. Only its code is ever looked at.
 */
const NO_ENTRY = Object.assign(new Error('ENOENT: no such file or directory, lstat'), { code: 'ENOENT' });

/** Nearly every file fits, and is read by one call. */
const ROOM_BYTES = 1 << 16;

/** The real disk. Everything is synchronous: a run reads files one after the other, and that is the fastest way to do it. */
export const disk: FileSystem = {
  readFile(path, most = Number.POSITIVE_INFINITY, room = Buffer.allocUnsafeSlow(ROOM_BYTES)) {
    const file = openSync(openable(path), 'r');
    try {
      return readOpened(file, most, path, room);
    } finally {
      closeSync(file);
    }
  },
  readDirectory: namesIn,
  status(path) {
    const stats = lstatSync(openable(path), { throwIfNoEntry: false });
    if (!stats) throw NO_ENTRY;
    return {
      kind: kindOf(stats),
      mode: stats.mode & 0o7777,
      uid: stats.uid,
      gid: stats.gid,
      size: stats.size,
    };
  },
  readLink(path) {
    const target = readlinkSync(openable(path));
    return hasReplacement(target) ? fileNameFromBytes(readlinkSync(openable(path), 'buffer')) : target;
  },
  entriesIn(path) {
    const entries = typedEntries(path);
    if (!entries) return { names: namesIn(path), kinds: [] };
    return { names: entries.map(({ name }) => name), kinds: entries.map(entryKind) };
  },
};

function entryKind(entry: Dirent): 'file' | 'symlink' | undefined {
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'symlink' : undefined;
}

function namesIn(path: string): readonly string[] {
  const names = readdirSync(openable(path), 'utf8');
  if (!names.some(hasReplacement)) return names;
  return readdirSync(openable(path), 'buffer').map(fileNameFromBytes);
}

/** Nothing where a name is not UTF-8, and where the directory cannot be listed so. */
function typedEntries(path: string): readonly Dirent[] | undefined {
  try {
    const entries = readdirSync(openable(path), { withFileTypes: true });
    return entries.some(({ name }) => hasReplacement(name)) ? undefined : entries;
  } catch {
    // Of a disk that does not tell types Node looks at each entry, and one may be gone by then.
    return undefined;
  }
}

function readOpened(file: number, most: number, path: string, room: Uint8Array): Uint8Array {
  const length = readSync(file, room);
  return isEnd(length, path, room) ? room.subarray(0, length) : readOn(file, most, path, room, length);
}

/** Reads what does not fit, with what the room holds of it already. */
function readOn(file: number, most: number, path: string, room: Uint8Array, first: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let read = 0;
  for (let length = first; ; length = readSync(file, room)) {
    chunks.push(Buffer.from(room.subarray(0, length)));
    read += length;
    if (read >= most || isEnd(length, path, room)) return Buffer.concat(chunks);
  }
}

/** Only what the kernel makes up while it is read comes in pieces; of a file, less than was asked for is its end. */
function isEnd(length: number, path: string, room: Uint8Array): boolean {
  if (length === room.length) return length === 0;
  return length === 0 || !(path.startsWith('/proc/') || path.startsWith('/sys/'));
}
