import type { FileSystem } from '../load/file-system.ts';

/** A file system in which some files, by absolute path, hold something else. */
export function overlay(fs: FileSystem, files: ReadonlyMap<string, Uint8Array>): FileSystem {
  return {
    readFile: (path) => files.get(path) ?? fs.readFile(path),
    readDirectory: (path) => fs.readDirectory(path),
    readLink: (path) => fs.readLink(path),
    status(path) {
      const status = fs.status(path);
      const size = files.get(path)?.length;
      return size === undefined ? status : { ...status, size };
    },
  };
}
