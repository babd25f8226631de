import type { Source } from '../syntax/source.ts';
import type { MasterLayout } from './php.ts';
import { type Root, underPrefix } from './root.ts';

/** What php-fpm finds for the value of an `include`. */
export type FpmInclude =
  /** The files in the order php-fpm reads them, directories left out. */
  | { readonly kind: 'files'; readonly sources: readonly Source[] }
  /** `Nothing matches the include pattern '%s' from %s at line %d.` Not fatal. */
  | { readonly kind: 'no-match' }
  /** `Unable to globalize '%s' (ret=%d) from %s at line %d.` Fatal. */
  | { readonly kind: 'glob-error'; readonly ret: number }
  /** `failed to open configuration file '%s': %s (%d)`, then `Unable to include %s from %s at line %d`. Fatal. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly errno: number; readonly message: string }
  /** no502 cannot tell: the files are not among those given, or the user who runs it may not read them. */
  | { readonly kind: 'unknown'; readonly why: string };

/** `GLOB_ABORTED` of glibc and musl alike. */
const GLOB_ABORTED = 2;

/**
 * Expands an `include` as `fpm_conf_ini_parser_include` does: a relative pattern stands below the prefix, glob(3) gets `GLOB_ERR`, so a
 * directory that is not there is an error where a pattern lists it, and a match that is a directory is passed over.
 * https://github.com/php/php-src/blob/master/sapi/fpm/fpm/fpm_conf.c
 */
export function expandFpmInclude(
  root: Root,
  layout: Pick<MasterLayout, 'prefix'>,
  pattern: string,
): FpmInclude {
  const path = fpmIncludePath(layout, pattern);
  if (path === undefined) return { kind: 'unknown', why: 'the prefix of this php-fpm is not known' };
  const { paths, failures } = root.glob(path);
  for (const { kind, path: directory, message } of failures) {
    if (root.isPartial || (kind !== 'missing' && kind !== 'loop'))
      return { kind: 'unknown', why: `${directory}: ${message}` };
    return { kind: 'glob-error', ret: GLOB_ABORTED };
  }
  const sources: Source[] = [];
  for (const match of paths) {
    const read = root.read(match);
    if (read.kind === 'read') sources.push(read.source);
    else if (read.kind === 'missing' || read.kind === 'loop') {
      const { errno = 2, message } = read;
      return { kind: 'unreadable', path: match, errno, message };
    } else if (read.kind !== 'directory') return { kind: 'unknown', why: `${match}: ${read.message}` };
  }
  if (paths.length > 0) return { kind: 'files', sources };
  const proved = !root.isPartial && root.resolve(path).kind !== 'outside';
  return proved ? { kind: 'no-match' } : { kind: 'unknown', why: `${path} is not among the files given` };
}

/** The pattern as php-fpm names it in its messages; nothing where it is relative and the prefix is not known. */
export function fpmIncludePath(
  { prefix }: Pick<MasterLayout, 'prefix'>,
  pattern: string,
): string | undefined {
  if (pattern.startsWith('/')) return pattern;
  return prefix === undefined ? undefined : underPrefix(prefix, pattern);
}

/** The callback that php-fpm's reader takes to follow the `include` lines of one master. */
export function fpmIncluder(
  root: Root,
  layout: Pick<MasterLayout, 'prefix'>,
): (pattern: string) => FpmInclude {
  return (pattern) => expandFpmInclude(root, layout, pattern);
}
