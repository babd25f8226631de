import { joinPath } from '../path-resolver.ts';
import type { Root } from '../root.ts';
import { SKIPPED_DIRECTORIES } from '../walk.ts';
import { isComposeName } from './file-names.ts';

/** Repositories keep compose files near their top. */
const MAX_DEPTH = 8;
const MAX_DIRECTORIES = 5000;

/** Collects the files below a directory that have a name of a compose file, sorted. Links are not followed. `isExcluded` gets absolute paths. */
export function listComposeFiles(
  root: Root,
  start: string,
  isExcluded: (path: string) => boolean = () => false,
): readonly string[] {
  const files: string[] = [];
  let level = [start];
  let seen = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const below: string[] = [];
    for (const directory of level) {
      if (++seen > MAX_DIRECTORIES) return files.sort();
      const listing = root.list(directory);
      for (const name of listing.kind === 'listed' ? listing.names : []) {
        const path = joinPath(directory, name);
        if (isExcluded(path)) continue;
        const found = root.resolve(path);
        if (found.kind !== 'found' || found.path !== path) continue;
        if (found.status.kind === 'directory' && !SKIPPED_DIRECTORIES.has(name)) below.push(path);
        if (found.status.kind === 'file' && isComposeName(name)) files.push(path);
      }
    }
    level = below;
  }
  return files.sort();
}
