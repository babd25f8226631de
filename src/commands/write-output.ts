import type { Io } from '../io.ts';
import { reasonOf } from '../load/errno.ts';
import { follow } from '../load/fence.ts';
import { UsageError } from '../load/usage-error.ts';

/**
 * Writes a file that the call names: all of it or nothing. Through a link only where that does not lead out of the
 * current directory or the `root` that is read, in which it may have been planted.
 *
 * @throws UsageError where it cannot be written.
 */
export function writeOutput(io: Io, path: string, text: string, root: string | undefined): void {
  const { path: real } = follow({ fs: io.fs, cwd: io.cwd, ...(root !== undefined && { root }) }, path);
  try {
    io.writeFile(real, text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`);
  }
}
