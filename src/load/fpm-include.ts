import type { FpmIncluded, FpmIncluder } from '../syntax/fpm/options.ts';
import type { Source } from '../syntax/source.ts';
import { ERRNO } from './errno.ts';
import type { GlobResult } from './glob.ts';
import type { ReadFailure, Root } from './root.ts';
import { findPlaceholder } from './template.ts';

/** Follows the `include` lines of one master. */
export interface RootFpmIncluder {
  /** Takes patterns that are absolute: the reader puts relative ones below the prefix. */
  readonly include: FpmIncluder;
  /** Files that php-fpm may well read but no502 could not: denied, binary, too large. What stands in them is not known. */
  readonly unread: readonly ReadFailure[];
}

/** What glob(3) of glibc and musl returns where a directory cannot be listed: `GLOB_ABORTED`. */
const GLOB_ABORTED = 2;

/**
 * Expands an `include` as `fpm_conf_ini_parser_include` does: glob(3) gets `GLOB_ERR`, so a directory that is not there is an error where
 * the pattern lists it; a match that is a directory is passed over, a link that leads nowhere is not.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export function fpmIncluder(root: Root): RootFpmIncluder {
  const unread: ReadFailure[] = [];

  function open(paths: readonly string[]): FpmIncluded {
    const sources: Source[] = [];
    for (const path of paths) {
      const read = root.read(path);
      if (read.kind === 'read') {
        // Of a partial host no more is known than what the files say, so a template takes nothing from it.
        if (!root.isPartial || findPlaceholder(path, read.source.text, 'php-fpm') === undefined)
          sources.push(read.source);
      } else if (!root.isPartial && (read.kind === 'missing' || read.kind === 'loop')) {
        return { kind: 'unreadable', path, errno: read.errno ?? ERRNO.ENOENT.errno, message: read.message };
      } else if (read.kind !== 'directory') unread.push(read);
    }
    return { kind: 'files', sources };
  }

  function include(pattern: string): FpmIncluded {
    const matches = root.glob(pattern);
    if (matches.tooMuch !== undefined) return givenUp(pattern, matches.tooMuch);
    const failed = globFailure(root, matches);
    if (failed) return failed;
    if (matches.paths.length > 0) return open(matches.paths);
    if (root.isPartial || root.resolve(pattern).kind === 'outside') return notGiven(pattern);
    return { kind: 'no-match' };
  }

  /** Nothing that no502 leaves out on its own may look like health. */
  function givenUp(pattern: string, message: string): FpmIncluded {
    unread.push({ kind: 'too-large', path: pattern, file: root.display(pattern), message });
    return { kind: 'unknown', why: `${pattern}: ${message}` };
  }

  return { include, unread };
}

function notGiven(path: string): FpmIncluded {
  return { kind: 'unknown', why: `${path} is not among the files given` };
}

/** glob(3) stops at the first directory it cannot list; whether php-fpm could list it, only a proof of absence tells. */
function globFailure(root: Root, { failures }: GlobResult): FpmIncluded | undefined {
  const [first] = failures;
  if (!first) return undefined;
  if (root.isPartial || first.kind === 'outside') return notGiven(first.path);
  if (first.kind === 'missing' || first.kind === 'loop') return { kind: 'glob-error', ret: GLOB_ABORTED };
  return { kind: 'unknown', why: `${first.path}: ${first.message}` };
}
