import { realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import type { Io, Output } from './io.ts';
import { disk } from './load/disk.ts';

/** The streams, the disk and the environment of this process. */
export function processIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    fs: disk,
    cwd: process.cwd(),
    env: process.env,
    writeFile,
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // Who reads us may stop early, as `head` does: what is left unsaid is then no fault.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    ...(stream.columns !== undefined && { columns: stream.columns }),
  };
}

function writeFile(path: string, text: string): void {
  const known = statSync(path, { throwIfNoEntry: false });
  // A device or a pipe cannot be replaced: as root, a rename would put a file in the place of /dev/null.
  if (known && !known.isFile()) writeFileSync(path, text);
  else replaceFile(known ? realpathSync(path) : path, text, known);
}

function replaceFile(path: string, text: string, known: Stats | undefined): void {
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
