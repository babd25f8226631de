import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import { errorCodeOf } from '../load/errno.ts';
import type { FileSystem } from '../load/file-system.ts';
import { openGitIndex } from '../load/git-index.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';

/** What a call wants to be read. */
export interface Input {
  readonly fs: FileSystem;
  /** Where `no502.yaml` and the baseline are looked for. */
  readonly settingsFs: FileSystem;
  /** What is to be linted, beside what options and `no502.yaml` say. */
  readonly paths: readonly string[];
  /** Absent: all that is found is reported. */
  readonly change?: ChangedInput;
}

/** A change of which only the consequences are to be reported. */
export interface ChangedInput {
  /** The files that it touches, relative to the current directory or absolute. */
  readonly files: readonly string[];
  /** What was there before it; absent where that is not known. */
  readonly before?: FileSystem;
}

/**
 * Finds out what a call reads: the disk, or with `--staged` the index of git; all of it, or what a change causes.
 *
 * @throws UsageError for options that exclude each other, and where there is no index.
 */
export async function inputOf(call: Call, io: Io): Promise<Input> {
  const isStaged = call.has('staged');
  if (!isStaged && !call.has('changed')) {
    return { fs: io.fs, settingsFs: io.fs, paths: call.words };
  }
  for (const other of ['fix', 'fix-unsafe', 'fix-dry-run', 'update-baseline']) {
    if (call.has(other)) throw new UsageError(`--${isStaged ? 'staged' : 'changed'} takes no --${other}`);
  }
  if (!isStaged) return { fs: io.fs, settingsFs: io.fs, paths: [], change: { files: call.words } };
  const git = await io.openGit();
  const index = openGitIndex(git, io.cwd, resolve(io.cwd, call.value('root') ?? '.'));
  return {
    fs: index.fs,
    settingsFs: firstOf(index.fs, io.fs),
    paths: [],
    change: { files: call.words.length > 0 ? call.words : index.changed, before: index.head },
  };
}

/** Settings need not be in the repository. */
function firstOf(first: FileSystem, second: FileSystem): FileSystem {
  const either =
    <Result>(call: (fs: FileSystem, path: string) => Result) =>
    (path: string): Result => {
      try {
        return call(first, path);
      } catch (error) {
        if (errorCodeOf(error) !== 'ENOENT') throw error;
        return call(second, path);
      }
    };
  return {
    readFile: either((fs, path) => fs.readFile(path)),
    readDirectory: either((fs, path) => fs.readDirectory(path)),
    status: either((fs, path) => fs.status(path)),
    readLink: either((fs, path) => fs.readLink(path)),
  };
}
