import type { Io } from '../../src/io.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';

/** What a fake world starts with. */
export interface FakeWorld {
  /** Absolute paths and what stands there. */
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly env?: Io['env'];
  /** The width of the terminal; absent: the output goes to a file. */
  readonly columns?: number;
}

/** An `Io` whose disk lives in memory, and what was written to it. */
export interface FakeIo {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly written: ReadonlyMap<string, string>;
}

/** A world of its own for one run of the command, at `/srv`. */
export function fakeIo({ files = {}, env = {}, columns }: FakeWorld = {}): FakeIo {
  const out: string[] = [];
  const error: string[] = [];
  const written = new Map<string, string>();
  const terminal = columns === undefined ? { isTerminal: false } : { isTerminal: true, columns };
  return {
    io: {
      stdout: { ...terminal, write: (text) => void out.push(text) },
      stderr: { ...terminal, write: (text) => void error.push(text) },
      fs: memoryFileSystem({ '/srv': { directory: true }, ...files }),
      cwd: '/srv',
      env,
      writeFile: (path, text) => void written.set(path, text),
    },
    stdout: () => out.join(''),
    stderr: () => error.join(''),
    written,
  };
}
