import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, type Stats } from 'node:fs';
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
  readDirectory(path) {
    const names = readdirSync(openable(path), 'utf8');
    if (!names.some(hasReplacement)) return names;
    return readdirSync(openable(path), 'buffer').map(fileNameFromBytes);
  },
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
  kindsIn(path) {
    const kinds = new Map<string, 'file' | 'symlink'>();
    for (const entry of readdirSync(openable(path), { withFileTypes: true })) {
      if (hasReplacement(entry.name)) continue;
      if (entry.isFile()) kinds.set(entry.name, 'file');
      else if (entry.isSymbolicLink()) kinds.set(entry.name, 'symlink');
    }
    return kinds;
  },
};

function readOpened(file: number, most: number, path: string, room: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  // Only what the kernel makes up while it is read comes in pieces; of a file, less than was asked for is its end.
  const mayGoOn = path.startsWith('/proc/') || path.startsWith('/sys/');
  for (let read = 0; read < most; ) {
    const length = readSync(file, room);
    const isEnd = length === 0 || (length < room.length && !mayGoOn);
    const piece = room.subarray(0, length);
    if (isEnd && read === 0) return piece;
    chunks.push(Buffer.from(piece));
    if (isEnd) break;
    read += length;
  }
  return Buffer.concat(chunks);
}
