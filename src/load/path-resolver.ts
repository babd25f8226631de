import { directoryOf } from '../syntax/path-parts.ts';
import { type EntryKinds, kindsOfEntries, StatusWhenAsked } from './entry-kinds.ts';
import { ERRNO, type ErrorCode, errorCodeOf } from './errno.ts';
import type { DirectoryEntries, FileStatus, FileSystem } from './file-system.ts';

/** Why a path leads nowhere, in the words of the system call that fails. */
export interface PathFailure {
  /**
   * `missing`: it is proved not to be there. `loop`: its symlinks never end. `denied`: the user who runs no502 may not look.
   * `outside`: it is no part of what was given, so nothing is known of it. `failed`: any other error, a broken disk for one.
   */
  readonly kind: 'missing' | 'loop' | 'denied' | 'outside' | 'failed';
  /** The path as far as it could be followed, in normal form: `/run/php/x.sock` for `/var/run/php/x.sock`. */
  readonly path: string;
  readonly errno: number;
  readonly message: string;
}

/** Where a host path leads: the real path in the host, free of symlinks, and what is there. */
export type Resolved =
  | { readonly kind: 'found'; readonly path: string; readonly status: FileStatus }
  | PathFailure;

/** What a resolver may follow and see. */
export interface ResolverOptions {
  /** The directory of the file system that plays the host's `/`, without a slash at its end; empty for `/` itself. */
  readonly directory: string;
  /** Host paths that lead elsewhere, whatever the disk says: `/etc/nginx` to the directory of a lone nginx.conf. */
  readonly mounts: ReadonlyMap<string, string>;
  /** Real host directories outside of which nothing is looked at; absent where all of the host is given. */
  readonly within?: readonly string[];
  /** Host paths of which nothing is known, whatever the file system says. */
  isUnknown?(path: string): boolean;
}

/** Finds where host paths lead. */
export interface PathResolver {
  resolve(path: string): Resolved;
  /** Takes what a look at a real directory told of its entries. */
  learn(directory: string, entries: DirectoryEntries): void;
}

/**
 * Links that every host has but a checkout of its `/etc` does not hold. They count only where the tree has nothing at that path.
 * https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch05s13.html and https://wiki.debian.org/UsrMerge
 */
const IMPLIED_LINKS: ReadonlyMap<string, string> = new Map([
  ['/var/run', '/run'],
  ['/var/lock', '/run/lock'],
  ['/bin', '/usr/bin'],
  ['/sbin', '/usr/sbin'],
  ['/lib', '/usr/lib'],
]);

/** Linux's PATH_MAX and NAME_MAX, in bytes, and how many symlinks it follows in one path: path_resolution(7). */
const PATH_MAX = 4096;
const NAME_MAX = 255;
const LINKS_MAX = 40;

const ROOT_STATUS: FileStatus = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 };

function failureKind(code: ErrorCode): PathFailure['kind'] {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return 'missing';
    case 'ELOOP':
      return 'loop';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    default:
      return 'failed';
  }
}

/** A failure with the errno and words of an error code. */
export function pathFailure(code: ErrorCode, path: string): PathFailure {
  const { errno, message } = ERRNO[code];
  return { kind: failureKind(code), path, errno, message };
}

/** The failure for a path that is no part of what was given. */
export function outside(path: string): PathFailure {
  return { kind: 'outside', path, ...ERRNO.ENOENT };
}

/** Puts a name behind a directory in normal form. */
export function joinPath(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** A path as it is written, without the slashes at its end: empty for the root. */
export function withoutTrailingSlashes<Path extends string | undefined>(path: Path): Path | string {
  if (path === undefined) return path;
  let end = path.length;
  while (end > 0 && path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

/** True where a path in normal form is the directory or lies in it. */
export function isInside(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}

/** A path's directories, from its own up to the root. */
export function* directoriesAbove(path: string): Generator<string> {
  let at = path;
  do {
    at = directoryOf(at);
    yield at;
  } while (at !== '/');
}

/** True where the path is one of these or lies in one. */
export function isInsideAny(path: string, directories: ReadonlySet<string>): boolean {
  if (directories.has(path)) return true;
  for (const directory of directoriesAbove(path)) if (directories.has(directory)) return true;
  return false;
}

/** Where a path leads that names the directory of another one, and what is known of the entries where it is one. */
interface Way {
  readonly resolved: Resolved;
  readonly kinds: EntryKinds | undefined;
}

/** A directory as it was spelled, without the slash behind it. */
interface Entered {
  readonly spelled: string;
  readonly way: Way;
}

/**
 * Follows paths as the kernel would after chroot(2): absolute symlinks start at the root, `..` is taken after the links before it and
 * ends at the root, and 40 links are the most. The file system is only asked about paths whose directories are resolved already, so it
 * never follows a link on its own and cannot be led outside.
 *
 * Each directory is resolved once and kept. A file costs one lstat(2), and a link one readlink(2) more: for ten thousand sites of
 * one directory that is ten thousand calls, not ten thousand times the depth.
 */
export function pathResolver(fileSystem: FileSystem, options: ResolverOptions): PathResolver {
  const { directory: base, mounts, within, isUnknown } = options;
  const kindsIn = kindsOfEntries(fileSystem, base);
  const directories = new Map<string, Way>([['', wayTo({ kind: 'found', path: '/', status: ROOT_STATUS })]]);
  /** The directory entered last, by the links followed until then: the sites are links in one, and files in another. */
  const entered: Entered[] = [];

  const allowed = new Set(within);
  const above = new Set((within ?? []).flatMap((path) => [...directoriesAbove(path)]));

  function isVisible(path: string): boolean {
    return !within || above.has(path) || isInsideAny(path, allowed);
  }

  function wayTo(resolved: Resolved): Way {
    const isDirectory = resolved.kind === 'found' && resolved.status.kind === 'directory';
    return { resolved, kinds: isDirectory ? kindsIn(resolved.path) : undefined };
  }

  /** Resolves a path whose directory may be known already; only directories are kept, so that the cache stays small. */
  function enter(path: string, links: number): Resolved {
    if (isTooLong(path)) return pathFailure('ENAMETOOLONG', path);
    const slash = path.lastIndexOf('/');
    let last = entered[links];
    if (!last || last.spelled.length !== slash || !path.startsWith(last.spelled)) {
      const spelled = path.slice(0, slash);
      last = { spelled, way: directoryAt(spelled, links) };
      entered[links] = last;
    }
    return step(last.way, path.slice(slash + 1), links, path);
  }

  /** The way goes from the longest directory that is known down to the one asked for: no recursion, however long the path. */
  function directoryAt(path: string, links: number): Way {
    let from = path.length;
    let known = directories.get(path);
    while (!known) {
      from = path.lastIndexOf('/', from - 1);
      known = directories.get(path.slice(0, from));
    }
    let current = known;
    while (from < path.length) {
      const next = path.indexOf('/', from + 1);
      const end = next === -1 ? path.length : next;
      const spelled = path.slice(0, end);
      current = wayTo(step(current, path.slice(from + 1, end), links, spelled));
      // A loop found at the end of a chain of links says nothing about the same directory reached by a shorter way.
      if (current.resolved.kind !== 'loop' || links === 0) directories.set(spelled, current);
      from = end;
    }
    return current;
  }

  /** Goes one name further. `spelled` is the whole way as it is written, which mostly is the path of what lies there. */
  function step({ resolved, kinds }: Way, name: string, links: number, spelled: string): Resolved {
    if (resolved.kind !== 'found') return beyond(resolved, name, links);
    const { path } = resolved;
    const stays = name === '' || name === '.';
    if (!kinds) return pathFailure('ENOTDIR', stays ? path : joinPath(path, name));
    if (stays) return resolved;
    if (name === '..') return path === '/' ? resolved : enter(directoryOf(path), links);
    return look(isWrittenAt(path, name, spelled) ? spelled : joinPath(path, name), path, links, kinds, name);
  }

  /** What lies behind a directory that is not there: nothing, or what an implied link or a mount leads to. */
  function beyond(parent: PathFailure, name: string, links: number): Resolved {
    if (name === '' || name === '.') return parent;
    const path = name === '..' ? directoryOf(parent.path) : joinPath(parent.path, name);
    const target = mounts.get(path) ?? (parent.kind === 'missing' ? IMPLIED_LINKS.get(path) : undefined);
    if (target !== undefined) return follow(target, links);
    const { kind, errno, message } = parent;
    return { kind, path, errno, message };
  }

  /** Looks at one name in a directory that is real. */
  function look(path: string, parent: string, links: number, kinds: EntryKinds, name: string): Resolved {
    const mounted = mounts.size === 0 ? undefined : mounts.get(path);
    if (mounted !== undefined && mounted !== path) return follow(mounted, links);
    if (!isVisible(path)) return outside(path);
    if (isUnknown?.(path)) {
      const implied = IMPLIED_LINKS.get(path);
      return implied === undefined ? outside(path) : follow(implied, links);
    }
    try {
      const kind = kinds.of(name);
      if (kind !== 'symlink') {
        const status =
          kind === 'file' ? new StatusWhenAsked(fileSystem, base + path) : fileSystem.status(base + path);
        if (status.kind !== 'symlink') return { kind: 'found', path, status };
      }
      const target = fileSystem.readLink(base + path);
      return follow(target.startsWith('/') ? target : joinPath(parent, target), links);
    } catch (error) {
      const failure = pathFailure(errorCodeOf(error), path);
      const implied = failure.kind === 'missing' ? IMPLIED_LINKS.get(path) : undefined;
      return implied === undefined ? failure : follow(implied, links);
    }
  }

  function follow(target: string, links: number): Resolved {
    return links >= LINKS_MAX ? pathFailure('ELOOP', target) : enter(target, links + 1);
  }

  return {
    resolve: (path) => enter(path.startsWith('/') ? path : `/${path}`, 0),
    learn: (directory, entries) => kindsIn(directory).learn(entries),
  };
}

/** Whether a path is written as a directory in normal form with one name behind. */
function isWrittenAt(directory: string, name: string, path: string): boolean {
  return path.length === directory.length + 1 + name.length && path.startsWith(directory);
}

function isTooLong(path: string): boolean {
  // Counting bytes only matters near the limit, and a UTF-16 unit is at most three bytes.
  if (path.length * 3 < NAME_MAX) return false;
  if (Buffer.byteLength(path) >= PATH_MAX) return true;
  return path.split('/').some((name) => Buffer.byteLength(name) > NAME_MAX);
}
