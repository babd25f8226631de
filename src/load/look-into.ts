import type { GivenPath } from './expand-patterns.ts';
import { followConfiguration } from './fence.ts';
import { foundRoot } from './found-root.ts';
import type { DiscoverRequest, LoadProblem } from './host-input.ts';
import { nearPathHint } from './near-path.ts';
import { guessPrefix } from './nginx-prefix.ts';
import { joinPath } from './path-resolver.ts';
import { openRoot, type Root } from './root.ts';
import { UsageError } from './usage-error.ts';
import { walk } from './walk.ts';

const TOO_MANY = 'it holds too many files, not all were looked at';

/** What stands at the paths of a call, and below its directories. */
export interface FoundPaths {
  /** Files that are named one by one. */
  readonly explicit: ReadonlySet<string>;
  readonly directories: ReadonlySet<string>;
  /** Directories that play the `/` of a host. */
  readonly roots: ReadonlySet<string>;
  /** Directories that are laid over the `/` of one. */
  readonly overlays: ReadonlySet<string>;
  /** Files below the directories that may be configuration. */
  readonly walked: ReadonlySet<string>;
  /** Those that may declare apps. */
  readonly declaring: ReadonlySet<string>;
  /** Those that are named like compose files. */
  readonly composing: ReadonlySet<string>;
  readonly problems: readonly LoadProblem[];
}

/** Walks directories, and takes files as they are named. @throws UsageError where a path leads nowhere. */
export function lookInto(
  { fs, cwd }: DiscoverRequest,
  disk: Root,
  isExcluded: (path: string) => boolean,
  paths: readonly GivenPath[],
): FoundPaths {
  const kindOf = (directory: string) => foundRoot(disk, directory, fs, cwd);
  const roots = new Set<string>();
  const overlays = new Set<string>();
  const explicit = new Set<string>();
  const walked = new Set<string>();
  const declaring = new Set<string>();
  const composing = new Set<string>();
  const directories = new Set<string>();
  const problems: LoadProblem[] = [];
  for (const { path, given } of paths) {
    const resolved = followConfiguration(disk, cwd, given);
    if (resolved.kind !== 'found') {
      throw new UsageError(`${given}: ${resolved.message}${nearPathHint(fs, cwd, given)}`);
    }
    if (resolved.status.kind !== 'directory') explicit.add(path);
    else {
      const listing = disk.list(resolved.path);
      if (listing.kind !== 'listed') problems.push({ file: given, reason: listing.message, named: true });
      // Links that lead elsewhere are not even looked at: some file systems are mounted by a look.
      const around = [resolved.path, guessPrefix(joinPath(resolved.path, 'x'))];
      const near = openRoot(fs, '/', cwd, { within: around });
      const below = walk(near, resolved.path, isExcluded, kindOf);
      for (const root of below.roots) roots.add(root);
      for (const overlay of below.overlays) overlays.add(overlay);
      for (const file of below.files) walked.add(file);
      for (const file of below.declarations) declaring.add(file);
      for (const file of below.composeFiles) composing.add(file);
      directories.add(resolved.path);
      if (below.isTruncated) problems.push({ file: given, reason: TOO_MANY, named: true });
    }
  }
  return { explicit, directories, roots, overlays, walked, declaring, composing, problems };
}
