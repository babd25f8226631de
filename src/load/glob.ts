import { byteString, compilePattern, hasWildcards, matchesName, unescapeName } from './glob-pattern.ts';
import { joinPath, type PathFailure } from './path-resolver.ts';

/** What is needed of a host to expand a pattern. */
export interface GlobHost {
  /** The names in a directory, `.` and `..` left out. */
  list(path: string): { readonly kind: 'listed'; readonly names: readonly string[] } | PathFailure;
  /** True where lstat(2) finds something: a symlink that leads nowhere is there too, as for glob(3). */
  entryExists(path: string): boolean;
}

/** What a pattern stands for. */
export interface GlobResult {
  /** The paths, spelled as the pattern spells its directories, sorted by their bytes. */
  readonly paths: readonly string[];
  /**
   * Directories that could not be listed. nginx takes them for empty; php-fpm, which passes `GLOB_ERR`, refuses to start
   * (`Unable to globalize '%s' (ret=2)`).
   */
  readonly failures: readonly PathFailure[];
  /** Why the expansion was given up, and holds nothing: many stars with `..` between them match more than any memory holds. */
  readonly tooMuch?: string;
}

/** The longest pattern that is looked at, in UTF-16 units: no path is longer. */
const PATTERN_MAX = 4096;

/** The most paths that a pattern may come to, also on the way: five times the sites of the largest panels. */
const MATCHES_MAX = 50_000;

/** The most names of files that are held against one pattern. */
const NAMES_MAX = 2_000_000;

const TOO_MUCH = `more files match it than no502 looks at (${MATCHES_MAX})`;

/** What one expansion has come to so far. */
interface Work {
  readonly host: GlobHost;
  readonly failures: PathFailure[];
  namesLeft: number;
  isTooMuch: boolean;
}

/**
 * Expands a pattern as glob(3) does for nginx and php-fpm: both call it in the C locale, so names match and sort as bytes; neither
 * turns on braces or the tilde. `**` is `*`, and hidden files need a period in the pattern.
 * https://www.man7.org/linux/man-pages/man3/glob.3.html, `ngx_open_glob` in nginx's src/os/unix/ngx_files.c,
 * `fpm_conf_ini_parser_include` in PHP's sapi/fpm/fpm/fpm_conf.c
 */
export function expandGlob(host: GlobHost, pattern: string): GlobResult {
  if (pattern === '' || pattern.length > PATTERN_MAX) return { paths: [], failures: [] };
  const work: Work = { host, failures: [], namesLeft: NAMES_MAX, isTooMuch: false };
  const paths = expand(work, pattern);
  const { failures, isTooMuch } = work;
  return isTooMuch ? { paths: [], failures, tooMuch: TOO_MUCH } : { paths: sortByBytes(paths), failures };
}

/** Sorts paths as strcmp(3) does. */
function sortByBytes(paths: readonly string[]): readonly string[] {
  if (paths.every(followsByBytes)) return paths;
  const keyed = paths.map((path) => ({ path, key: byteString(path) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ path }) => path);
}

/** Whether a path is of ASCII and not below the one before: as a rule the system lists a directory so. */
function followsByBytes(path: string, at: number, paths: readonly string[]): boolean {
  return byteString(path) === path && (paths[at - 1] ?? '') <= path;
}

/** `directory` is what stands before the last slash, the root's own slash included. */
function splitLast(pattern: string): { directory: string; last: string } {
  const slash = pattern.lastIndexOf('/');
  if (slash === -1) return { directory: '', last: pattern };
  return { directory: slash === 0 ? '/' : pattern.slice(0, slash), last: pattern.slice(slash + 1) };
}

function expand(work: Work, pattern: string): readonly string[] {
  const { host } = work;
  if (!hasWildcards(pattern)) {
    const path = unescapeName(pattern);
    return host.entryExists(path) ? [path] : [];
  }
  const { directory, last } = splitLast(pattern);
  const directories = hasWildcards(directory) ? expand(work, directory) : [unescapeName(directory)];
  const paths: string[] = [];
  for (const found of directories) {
    for (const path of expandName(work, found, last)) paths.push(path);
    work.isTooMuch ||= paths.length > MATCHES_MAX || work.namesLeft < 0;
    if (work.isTooMuch) return [];
  }
  return paths;
}

function expandName(work: Work, directory: string, last: string): readonly string[] {
  const { host, failures } = work;
  if (last === '') return isDirectory(host, directory) ? [`${directory}/`] : [];
  if (!hasWildcards(last)) {
    const path = joinPath(directory, unescapeName(last));
    return host.entryExists(path) ? [path] : [];
  }
  const listing = host.list(directory === '' ? '/' : directory);
  if (listing.kind !== 'listed') {
    // A plain file where a directory was expected is no error, not even with GLOB_ERR.
    if (listing.errno !== ENOTDIR) failures.push(listing);
    return [];
  }
  const compiled = compilePattern(last);
  const names = compiled.matchesHidden ? ['.', '..', ...listing.names] : listing.names;
  // A long pattern takes longer for each name.
  work.namesLeft -= 1 + names.length * (1 + (compiled.elements.length >> 3));
  const before = joinPath(directory, '');
  const paths: string[] = [];
  for (const name of names) if (matchesName(compiled, name)) paths.push(before + name);
  return paths;
}

const ENOTDIR = 20;

function isDirectory(host: GlobHost, path: string): boolean {
  return host.list(path).kind === 'listed';
}
