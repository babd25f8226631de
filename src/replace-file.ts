import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { openable } from './load/disk.ts';

/**
 * Replaces a file of the disk by another one beside it and rename(2), which is all or nothing even where the process or the
 * machine dies. See `ReplaceFile` in src/fix/write.ts.
 */
export function replaceFile(path: string, before: Uint8Array, after: Uint8Array): void {
  const known = lstatSync(openable(path));
  if (!known.isFile()) throw new Error('it is not a regular file');
  refuseChanged(path, before);
  // No include pattern of a daemon matches a name that begins with a dot.
  const temporary = `${dirname(path)}/.no502-${process.pid}-${Date.now().toString(36)}.tmp`;
  const descriptor = openSync(openable(temporary), 'wx', 0o600);
  try {
    try {
      writeFileSync(descriptor, after);
      keepOwnerAndMode(descriptor, known);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    refuseChanged(path, before);
    renameSync(openable(temporary), openable(path));
  } catch (error) {
    rmSync(openable(temporary), { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

function refuseChanged(path: string, before: Uint8Array): void {
  if (!readFileSync(openable(path)).equals(before)) throw new Error('it has changed since it was read');
}

/** In this order: fchown(2) clears bits that fchmod(2) sets. */
function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: Stats): void {
  const made = fstatSync(descriptor);
  if (made.uid !== uid || made.gid !== gid) fchownSync(descriptor, uid, gid);
  fchmodSync(descriptor, mode & 0o7777);
}

/** rename(2) is on the disk only once the directory is. */
function syncDirectory(path: string): void {
  // Windows opens no directories.
  if (process.platform === 'win32') return;
  const descriptor = openSync(openable(path), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
