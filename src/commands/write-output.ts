import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';

/**
 * Writes a file that the call names: all of it or nothing.
 *
 * @throws UsageError where it cannot be written.
 */
export function writeOutput(io: Io, path: string, text: string): void {
  try {
    io.writeFile(resolve(io.cwd, path), text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`cannot write ${path}: ${error.message}`);
  }
}
