import { resolve as resolvePath } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { isInside } from './path-resolver.ts';
import { openRoot } from './root.ts';

/** Where paths are looked for. */
export interface RealFilePlace {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The directory that plays `/`, as the user gave it; absent where the real one does. */
  readonly root?: string;
}

/**
 * Makes a function that tells the one path by which a file can be compared with others: absolute, its symlinks followed,
 * those below the root as the host would. A file that is not there has one too.
 */
export function realFiles({ fs, cwd, root }: RealFilePlace): (path: string) => string {
  const disk = openRoot(fs, '/', cwd);
  const given = root === undefined ? '/' : resolvePath(cwd, root);
  const base = disk.resolve(given).path;
  const host = base === '/' ? disk : openRoot(fs, base, cwd);
  return (path) => {
    const absolute = resolvePath(cwd, path);
    const directory = [given, base].find((each) => isInside(absolute, each));
    if (base === '/' || directory === undefined) return disk.resolve(absolute).path;
    return base + host.resolve(absolute.slice(directory.length) || '/').path;
  };
}
