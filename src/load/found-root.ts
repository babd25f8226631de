import type { FileSystem } from './file-system.ts';
import { findNginxMain } from './nginx-main.ts';
import { joinPath } from './path-resolver.ts';
import { findMasters } from './php.ts';
import { openRoot, type Root } from './root.ts';

/**
 * What a directory met by path stands for. `snapshot`: the `/` of a host, as a copy of one would be. `overlay`: files that an image or a
 * package lays over a `/` of which nothing else is known. `directory`: neither.
 */
export type FoundRoot = 'snapshot' | 'overlay' | 'directory';

/**
 * Tells whether a directory plays the `/` of a host. A repository with `rootfs/etc/nginx` holds what its image changes, not what is there:
 * only a tree with accounts and with a main file to start from counts as a host. `--root` asks no such question.
 */
export function foundRoot(disk: Root, directory: string, fs: FileSystem, cwd: string): FoundRoot {
  if (!looksLikeRoot(disk, directory)) return 'directory';
  if (!disk.exists(joinPath(directory, 'etc/passwd'))) return 'overlay';
  const root = openRoot(fs, directory, cwd);
  const starts = findNginxMain(root) !== undefined || findMasters(root).masters.length > 0;
  return starts ? 'snapshot' : 'overlay';
}

/** True where a directory holds what below `/` only the configuration of nginx or php-fpm is called. */
function looksLikeRoot(disk: Root, directory: string): boolean {
  return ['etc/nginx', 'etc/php', 'etc/php-fpm.conf', 'etc/php-fpm.d'].some((name) =>
    disk.exists(joinPath(directory, name)),
  );
}
