import { reasonOf } from '../load/errno.ts';
import { UsageError } from '../load/usage-error.ts';
import { encode } from '../syntax/source.ts';
import type { FileChange } from './file-change.ts';

/**
 * Replaces a whole file that still holds `before`: whoever reads it sees the old or the new one, never half of it. Owner and
 * mode stay. Throws where it holds something else by now, is no regular file, or cannot be written.
 */
export type ReplaceFile = (path: string, before: Uint8Array, after: Uint8Array) => void;

/**
 * Writes changed files, each at once. Where one cannot be written, those before it get their old text back: fixes that
 * were judged together are made together.
 *
 * @throws UsageError where a file cannot be written.
 */
export function writeChanges(changes: readonly FileChange[], replaceFile: ReplaceFile): void {
  const written: FileChange[] = [];
  for (const change of changes) {
    try {
      replaceFile(change.path, beforeOf(change), change.after);
      written.push(change);
    } catch (error) {
      const kept = written.filter((other) => !isRestored(other, replaceFile)).map(({ file }) => file);
      const rest = kept.length === 0 ? 'nothing was changed' : `still changed: ${kept.join(', ')}`;
      throw new UsageError(`cannot write ${change.file}: ${reasonOf(error)}; ${rest}`);
    }
  }
}

function isRestored(change: FileChange, replaceFile: ReplaceFile): boolean {
  try {
    replaceFile(change.path, change.after, beforeOf(change));
    return true;
  } catch {
    // Named to the user as still changed.
    return false;
  }
}

function beforeOf({ before, encoding }: FileChange): Uint8Array {
  return encode(before, encoding);
}
