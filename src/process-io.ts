import {
  fstatSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Io, Output } from './io.ts';
import { disk } from './load/disk.ts';
import { replaceFile } from './replace-file.ts';
import { settingForLargeHosts } from './v8-settings.ts';
import { nextChange } from './watch-files.ts';

/** The streams, the disk and the environment of this process. */
export function processIo(): Io {
  return {
    stdout: outputOf(1, () => process.stdout),
    stderr: outputOf(2, () => process.stderr),
    fs: settingForLargeHosts(disk),
    cwd: process.cwd(),
    env: process.env,
    now: () => performance.now(),
    nextChange: ({ began, ...watched }) =>
      nextChange({ ...watched, sinceMs: performance.timeOrigin + began }),
    readStdin,
    writeFile,
    replaceFile,
    // Loads Node's code for processes, which takes as long as linting a small host.
    async openGit() {
      const { gitProcess } = await import('./git-process.ts');
      return gitProcess(process.cwd(), process.env);
    },
  };
}

/**
 * Writes to a terminal through its stream, to all else through its descriptor: Node's streams load its network code,
 * which takes longer than a small host takes to lint.
 */
function outputOf(descriptor: number, stream: () => NodeJS.WriteStream): Output {
  const terminal = isCharacterDevice(descriptor) && stream().isTTY ? stream() : undefined;
  return {
    write: (text) => (terminal ? void terminal.write(text) : writeAll(descriptor, text)),
    isTerminal: terminal !== undefined,
    ...(terminal && { columns: terminal.columns }),
  };
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed by the caller (`>&-`).
    return false;
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // Who reads us may stop early, as `head` does, or never listen: what is left unsaid is then no fault.
      if (code === 'EPIPE' || code === 'EBADF') return;
      // A pipe that another process has made non-blocking is full.
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

function readStdin(): Uint8Array {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 16);
    try {
      const length = readSync(0, chunk);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // Closed by the caller, or Windows' way to say that the other side has.
      if (code === 'EBADF' || code === 'EOF') return Buffer.concat(chunks);
      // A pipe that another process has made non-blocking is empty.
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

const retryMs = 5;

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
}

function writeFile(path: string, text: string): void {
  const known = statSync(path, { throwIfNoEntry: false });
  // A device or a pipe cannot be replaced: as root, a rename would put a file in the place of /dev/null.
  if (known && !known.isFile()) writeFileSync(path, text);
  else writeWhole(known ? realpathSync(path) : path, text, known);
}

function writeWhole(path: string, text: string, known: Stats | undefined): void {
  const written = `${path}.${process.pid}.tmp`;
  // Not over a file or a link that somebody has put there.
  writeFileSync(written, '', { flag: 'wx', mode: known?.mode ?? 0o666 });
  try {
    writeFileSync(written, text);
    renameSync(written, path);
  } catch (error) {
    rmSync(written, { force: true });
    throw error;
  }
}
