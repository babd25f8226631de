import { errorCodeOf } from './errno.ts';
import type { FileStatus, FileSystem } from './file-system.ts';
import { directoriesAbove } from './path-resolver.ts';

const DIRECTORY: FileStatus = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 };
const FILE: FileStatus = { kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 0 };

/**
 * A file system in which one file holds these bytes, whether it is there or not: a buffer of an editor that is not saved.
 * `path` is absolute, in normal form and free of symlinks.
 */
export function withFile(fs: FileSystem, path: string, bytes: Uint8Array): FileSystem {
  const above = new Set(directoriesAbove(path));

  function orElse<Result>(call: () => Result, otherwise: Result | undefined): Result {
    try {
      return call();
    } catch (error) {
      if (otherwise === undefined || errorCodeOf(error) !== 'ENOENT') throw error;
      return otherwise;
    }
  }

  return {
    readFile: (asked) => (asked === path ? bytes : fs.readFile(asked)),
    readLink: (asked) => fs.readLink(asked),
    status(asked) {
      if (asked === path)
        return { ...orElse(() => fs.status(asked), FILE), kind: 'file', size: bytes.length };
      return orElse(() => fs.status(asked), above.has(asked) ? DIRECTORY : undefined);
    },
    readDirectory(asked) {
      if (!above.has(asked)) return fs.readDirectory(asked);
      const from = asked === '/' ? 1 : asked.length + 1;
      const [name = ''] = path.slice(from).split('/', 1);
      const names = orElse(() => fs.readDirectory(asked), []);
      return names.includes(name) ? names : [...names, name];
    },
  };
}
