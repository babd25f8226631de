import { errorCodeOf } from './errno.ts';
import type { FileSystem } from './file-system.ts';

/** Two file systems seen as one: what the first does not have comes from the second. A directory that both have is the first's. */
export function firstOf(first: FileSystem, second: FileSystem): FileSystem {
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
