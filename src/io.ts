import type { ReplaceFile } from './fix/write.ts';
import type { FileSystem } from './load/file-system.ts';
import type { RunGit } from './load/git.ts';
import type { Watched } from './watch-files.ts';

/** A stream to write to. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** The width of the terminal, in cells; absent where it is none. */
  readonly columns?: number;
}

/** Everything of the world that the command touches: a test gives its own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since a moment of its own; it never goes back. */
  now(): number;
  /** Waits for a change of files since `began`, by the clock of `now`; false where nothing can be watched. */
  nextChange(watched: Pick<Watched, 'files' | 'directories'> & { readonly began: number }): Promise<boolean>;
  /** All that comes on standard input, until it ends. */
  readStdin(): Uint8Array;
  /** Writes a whole file or nothing: no reader ever sees half of it. Throws Node's own errors. */
  writeFile(path: string, text: string): void;
  /** Replaces a file that was read: see there. */
  readonly replaceFile: ReplaceFile;
  /** Gets git ready, which most runs do not need. */
  openGit(): Promise<RunGit>;
}
