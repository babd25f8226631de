import type { Io } from '../io.ts';
import type { FileSystem } from '../load/file-system.ts';
import { count } from '../report/count.ts';

/** A run that says on a terminal how far it is. */
export interface Progress {
  /** The same file system; reading from it is what moves the run on. */
  readonly fs: FileSystem;
  /** Takes the line away. To be called before anything else is printed. */
  end(): void;
}

/** A run that ends sooner needs no line, in milliseconds; and how often the line changes. */
const quietMs = 1000;
const stepMs = 100;

const eraseLine = '\r\u001b[K';

/**
 * Shows on standard error how many files were read, once a run takes long; where that is no terminal, nothing. Nothing of
 * a run waits, so there is no timer to show it by: each file that is read does.
 */
export function progressOf(fs: FileSystem, { stderr, now, env }: Io): Progress {
  if (!stderr.isTerminal || env['TERM'] === 'dumb') return { fs, end() {} };
  const began = now();
  let shownAt = 0;
  let files = 0;
  return {
    fs: {
      readFile(path, most, room) {
        files++;
        const at = now();
        if (at - began >= quietMs && at - shownAt >= stepMs) {
          shownAt = at;
          stderr.write(`${eraseLine}${count(files, 'file')} read`);
        }
        return fs.readFile(path, most, room);
      },
      readDirectory: (path) => fs.readDirectory(path),
      status: (path) => fs.status(path),
      readLink: (path) => fs.readLink(path),
      ...(fs.entriesIn && { entriesIn: fs.entriesIn }),
    },
    end() {
      if (shownAt > 0) stderr.write(eraseLine);
    },
  };
}
