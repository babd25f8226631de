import { resolve as resolvePath } from 'node:path';
import { leadsAway } from './fence.ts';
import type { DiscoverRequest } from './host-input.ts';
import type { Root } from './root.ts';
import { UsageError } from './usage-error.ts';

/** Characters that make a path a pattern of globby's, where no file has that very name. */
const PATTERN_CHARACTERS = ['*', '?', '[', '{', '!('] as const;

/** A path of the command line, or one that its pattern matches. */
export interface GivenPath {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly given: string;
}

/** The files and directories that paths name, one for each match of a pattern. @throws UsageError where a pattern matches nothing. */
export async function expandPatterns(
  { cwd, paths }: DiscoverRequest,
  disk: Root,
  isExcluded: (path: string) => boolean,
): Promise<readonly GivenPath[]> {
  const expanded: GivenPath[] = [];
  for (const given of paths) {
    const path = resolvePath(cwd, given);
    if (disk.exists(path) || !PATTERN_CHARACTERS.some((character) => given.includes(character))) {
      expanded.push({ path, given });
      continue;
    }
    const { globby } = await import('globby');
    const matches = await globby(given, {
      cwd,
      absolute: true,
      dot: true,
      expandDirectories: false,
      // Links to directories may lead anywhere; those to files count, so the kind is looked up below.
      followSymbolicLinks: false,
      onlyFiles: false,
    });
    const files = matches.filter((match) => !isExcluded(match) && isFileInside(disk, cwd, match));
    if (files.length === 0) throw new UsageError(`${given}: nothing matches the pattern`);
    for (const match of files.sort()) expanded.push({ path: match, given: match });
  }
  return expanded;
}

/** What a pattern matches and leads elsewhere by a link is none of the files that are meant. */
function isFileInside(disk: Root, cwd: string, match: string): boolean {
  const resolved = disk.resolve(match);
  return (
    resolved.kind === 'found' &&
    resolved.status.kind === 'file' &&
    !leadsAway(disk, cwd, match, resolved.path)
  );
}
