import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import type { FileSystem } from '../load/file-system.ts';
import { firstOf } from '../load/first-of.ts';
import { openGitIndex } from '../load/git-index.ts';
import { realFiles } from '../load/real-file.ts';
import { UsageError } from '../load/usage-error.ts';
import { withFile } from '../load/with-file.ts';
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
 * Finds out what a call reads: the disk, standard input in the place of a file, or with `--staged` the index of git; all
 * of it, or what a change causes.
 *
 * @throws UsageError for options that exclude each other, and where there is no index.
 */
export async function inputOf(call: Call, io: Io): Promise<Input> {
  const isStdin = call.has('stdin') || call.words.includes('-');
  if (isStdin) return stdinInput(call, io);
  if (call.value('stdin-filename') !== undefined) throw new UsageError('--stdin-filename needs --stdin');
  if (call.has('staged')) return stagedInput(call, io);
  const { fs } = io;
  if (!call.has('changed')) return { fs, settingsFs: fs, paths: call.words };
  refuseBeside(call, '--changed', ['update-baseline', ...fixOptions]);
  return { fs, settingsFs: fs, paths: [], change: { files: call.words } };
}

const fixOptions = ['fix', 'fix-unsafe', 'fix-dry-run'] as const;

function refuseBeside(call: Call, option: string, others: readonly string[]): void {
  const other = others.find((name) => call.has(name));
  if (other !== undefined) throw new UsageError(`${option} takes no --${other}`);
}

async function stagedInput(call: Call, io: Io): Promise<Input> {
  refuseBeside(call, '--staged', ['update-baseline', ...fixOptions]);
  const git = await io.openGit();
  const index = openGitIndex(git, {
    disk: io.fs,
    cwd: io.cwd,
    scope: resolve(io.cwd, call.value('root') ?? '.'),
  });
  return {
    fs: index.fs,
    // Settings need not be in the repository.
    settingsFs: firstOf(index.fs, io.fs),
    paths: [],
    change: { files: call.words.length > 0 ? call.words : index.changed, before: index.head },
  };
}

/** What standard input is called where nobody says. */
const stdinName = '<stdin>';

function stdinInput(call: Call, io: Io): Input {
  refuseBeside(call, 'standard input', ['changed', 'staged', 'update-baseline', ...fixOptions]);
  const given = call.value('stdin-filename');
  const root = call.value('root');
  if (root !== undefined && given === undefined) {
    throw new UsageError(
      'standard input is no file of --root: --stdin-filename FILE says which one it stands for',
    );
  }
  const name = given ?? stdinName;
  const { fs, cwd } = io;
  const realFile = realFiles({ fs, cwd, ...(root !== undefined && { root }) });
  const input = withFile(fs, realFile(name), io.readStdin());
  const beside = call.words.filter((word) => word !== '-');
  if (root === undefined) return { fs: input, settingsFs: fs, paths: [name, ...beside] };
  return { fs: input, settingsFs: fs, paths: [], change: { files: [name] } };
}
