import { overlay } from '../../src/fix/overlay.ts';
import type { Io } from '../../src/io.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';

/** What a fake world starts with. */
export interface FakeWorld {
  /** Absolute paths and what stands there. */
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly env?: Io['env'];
  /** The width of the terminal; absent: the output goes to a file. */
  readonly columns?: number;
  /** Milliseconds that each look at the clock takes; 0 where time stands still. */
  readonly msEachLook?: number;
  /** What happens each time that a change is waited for; afterwards nothing can be watched. */
  readonly changes?: readonly (() => void)[];
  /** What comes on standard input. */
  readonly stdin?: string;
  /** Files that cannot be replaced. */
  readonly readOnly?: readonly string[];
}

/** An `Io` whose disk lives in memory, and what was written to it. */
export interface FakeIo {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly written: ReadonlyMap<string, string>;
  /** What was put in the place of files, by absolute path; reading them again gives it back. */
  readonly replaced: ReadonlyMap<string, Uint8Array>;
}

/** A world of its own for one run of the command, at `/srv`. */
export function fakeIo({
  files = {},
  env = {},
  columns,
  msEachLook = 0,
  changes = [],
  stdin = '',
  readOnly = [],
}: FakeWorld = {}): FakeIo {
  const out: string[] = [];
  const error: string[] = [];
  let ms = 0;
  const pending = [...changes];
  const written = new Map<string, string>();
  const replaced = new Map<string, Uint8Array>();
  const fs = overlay(memoryFileSystem({ '/srv': { directory: true }, ...files }), replaced);
  const terminal = columns === undefined ? { isTerminal: false } : { isTerminal: true, columns };
  return {
    io: {
      stdout: { ...terminal, write: (text) => void out.push(text) },
      stderr: { ...terminal, write: (text) => void error.push(text) },
      fs,
      cwd: '/srv',
      env,
      now() {
        ms += msEachLook;
        return ms;
      },
      async nextChange() {
        const change = pending.shift();
        change?.();
        return change !== undefined;
      },
      readStdin: () => Buffer.from(stdin),
      writeFile: (path, text) => void written.set(path, text),
      replaceFile(path, before, after) {
        if (readOnly.includes(path)) throw new Error(`EACCES: permission denied, open '${path}'`);
        if (Buffer.compare(fs.readFile(path), before) !== 0) throw new Error('it has changed');
        replaced.set(path, after);
      },
      openGit() {
        throw new Error('a world in memory has no repository');
      },
    },
    stdout: () => out.join(''),
    stderr: () => error.join(''),
    written,
    replaced,
  };
}
