import type { FileSystem } from './file-system.ts';
import { joinPath } from './path-resolver.ts';
import { openRoot } from './root.ts';

/** How deep roots are looked for, and in how many directories: repositories keep them near their top. */
const MAX_DEPTH = 4;
const MAX_DIRECTORIES = 2000;

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'vendor', '.git']);

/**
 * The directories below `start`, itself included, that hold an nginx.conf or masters of php-fpm where a host has them
 * below `/`. Absolute, the ones higher up first; what lies in a root is not looked at.
 */
export function findRoots(fs: FileSystem, start: string): readonly string[] {
  const disk = openRoot(fs, '/', start);
  const roots: string[] = [];
  let level = [start];
  for (let depth = 0, seen = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const below: string[] = [];
    for (const directory of level) {
      if (++seen > MAX_DIRECTORIES) return roots;
      const isRoot = ['etc/nginx/nginx.conf', 'etc/php', 'etc/php-fpm.conf'].some((path) =>
        disk.exists(joinPath(directory, path)),
      );
      if (isRoot) roots.push(directory);
      else for (const inside of directoriesIn(directory)) below.push(inside);
    }
    level = below;
  }
  return roots;

  function directoriesIn(directory: string): readonly string[] {
    const listing = disk.list(directory);
    if (listing.kind !== 'listed') return [];
    const paths = listing.names.filter((name) => !SKIPPED.has(name)).map((name) => joinPath(directory, name));
    return paths.sort().filter((path) => {
      const found = disk.resolve(path);
      return found.kind === 'found' && found.status.kind === 'directory' && found.path === path;
    });
  }
}
