import { dirname } from 'node:path';
import type { Io } from '../io.ts';
import type { FileSystem } from '../load/file-system.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';

const clearScreen = '\u001b[2J\u001b[3J\u001b[H';

/** What a run reads or writes that no watching can follow, or that it would follow forever. */
const excluded = [
  'output',
  'fix',
  'fix-unsafe',
  'fix-dry-run',
  'staged',
  'stdin',
  'update-baseline',
] as const;

/**
 * Runs, waits until a file that was read changes or one comes beside it, and runs again, until somebody ends it. Returns
 * the last exit code where nothing can be watched.
 *
 * @throws UsageError without a terminal, and for options that cannot be repeated.
 */
export async function watch(call: Call, io: Io, once: (io: Io) => Promise<number>): Promise<number> {
  if (!io.stdout.isTerminal) throw new UsageError('--watch needs a terminal');
  const other = excluded.find((name) => call.has(name) || call.values(name).length > 0);
  if (other !== undefined || call.words.includes('-')) {
    throw new UsageError(`--watch takes no ${other === undefined ? 'standard input' : `--${other}`}`);
  }
  for (;;) {
    const began = io.now();
    const seen = { files: new Set<string>(), directories: new Set<string>() };
    io.stdout.write(clearScreen);
    const code = await once({ ...io, fs: recorder(io.fs, seen) });
    io.stdout.write('\nwatching for changes; Ctrl-C ends it\n');
    if (!(await io.nextChange({ ...seen, began }))) {
      io.stderr.write('no502: nothing can be watched here\n');
      return code;
    }
  }
}

/** Remembers what is read, whether it is there or not. */
function recorder(
  fs: FileSystem,
  seen: { readonly files: Set<string>; readonly directories: Set<string> },
): FileSystem {
  return {
    readFile(path) {
      seen.files.add(path);
      return fs.readFile(path);
    },
    readDirectory(path) {
      seen.directories.add(path);
      return fs.readDirectory(path);
    },
    status(path) {
      // What is missing may come.
      try {
        return fs.status(path);
      } catch (error) {
        if (dirname(path) !== path) seen.files.add(path);
        throw error;
      }
    },
    readLink(path) {
      seen.files.add(path);
      return fs.readLink(path);
    },
  };
}
