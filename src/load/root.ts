import { decode, type Source } from '../syntax/source.ts';
import { ERRNO, errorCodeOf } from './errno.ts';
import type { FileStatus, FileSystem } from './file-system.ts';
import { expandGlob, type GlobResult } from './glob.ts';
import {
  isInside,
  isInsideAny,
  joinPath,
  outside,
  type PathFailure,
  pathFailure,
  pathResolver,
  type Resolved,
} from './path-resolver.ts';

/** The largest file that is read, in bytes. Real configurations stay far below; log files and dumps that strayed in do not. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Why a file was not read. */
export interface ReadFailure {
  /**
   * Beside the failures of a path: `directory`; `special` for a socket, a pipe or a device, which no502 never opens; `binary` for a
   * file with a zero byte; `too-large` for one above `MAX_FILE_BYTES`.
   */
  readonly kind: PathFailure['kind'] | 'directory' | 'special' | 'binary' | 'too-large';
  /** The host path as it was asked for. */
  readonly path: string;
  /** The path as a user at the current directory would open it. */
  readonly file: string;
  /** What strerror(3) says for `errno`; our own words where there is none. */
  readonly message: string;
  /** The error number a daemon would log; absent where the system has nothing against the file. */
  readonly errno?: number;
}

/** One file that was read, or why it was not. */
export type ReadResult = { readonly kind: 'read'; readonly source: Source } | ReadFailure;

/** The names in a directory, in no particular order, or why it cannot be listed. */
export type Listing = { readonly kind: 'listed'; readonly names: readonly string[] } | PathFailure;

/** A file system seen as one host sees it. All paths are the host's own, from its `/`. */
export interface Root {
  /** The directory that plays `/`. */
  readonly directory: string;
  /** True where this is the machine no502 runs on, as a whole. */
  readonly isLive: boolean;
  /** True where the tree holds a whole system, not only a checkout of its configuration. */
  readonly isWhole: boolean;
  /** True where only some files of a host were given, so that a missing one proves nothing. */
  readonly isPartial: boolean;
  /** Follows a path to the end. A `missing` path still carries its normal form. */
  resolve(path: string): Resolved;
  /** Reads a file. The text is read once for each real file; `Source.path` is the path as opened. */
  read(path: string): ReadResult;
  list(path: string): Listing;
  /** True where the path leads somewhere, symlinks followed. */
  exists(path: string): boolean;
  /** Expands a pattern of glob(7), as nginx and php-fpm do for `include`. */
  glob(pattern: string): GlobResult;
  /** The path of a real host path as a user at the current directory would open it. */
  display(path: string): string;
}

/** What can be said about a root beyond its directory. */
export interface RootOptions {
  /** Host paths that lead elsewhere, whatever the disk says. */
  readonly mounts?: ReadonlyMap<string, string>;
  /** Real host directories outside of which nothing is read: only these were given. */
  readonly within?: readonly string[];
  /** What is known of a container's files, where the root is none of a machine. */
  readonly container?: ContainerKnowledge;
}

/** What a container's files are to a person, and how far they are known. */
export interface ContainerKnowledge {
  /** The path as a person would open it: of the project's file that is there, or in the image. */
  display(path: string): string;
  /** Paths of which nothing is known: that they are missing proves nothing. */
  isUnknown(path: string): boolean;
  /** True where the path is a file that somebody can edit, to the letter. */
  isEditable(path: string): boolean;
}

/** Where a file lies until it is decoded: ten thousand files need no memory of their own. */
const room = Buffer.allocUnsafeSlow(1 << 16);

/** Why a file was not read, whatever path led to it. */
type Unread = Pick<ReadFailure, 'kind' | 'message' | 'errno'>;

type Content = Pick<Source, 'text' | 'encoding'> | Unread;

/**
 * Opens a directory as the `/` of a host. `directory` is absolute; `displayBase` is the current directory, to which the names shown to
 * people are relative. Nothing outside of `directory` is ever read, wherever symlinks point.
 */
export function openRoot(
  fileSystem: FileSystem,
  directory: string,
  displayBase: string,
  options: RootOptions = {},
): Root {
  const base = directory.endsWith('/') ? directory.slice(0, -1) : directory;
  const { within, container, mounts = new Map<string, string>() } = options;
  const resolver = pathResolver(fileSystem, {
    directory: base,
    mounts,
    ...(within ? { within } : {}),
    ...(container ? { isUnknown: container.isUnknown } : {}),
  });
  const isLive = base === '' && !within && !container;
  const given = new Set(within);
  /** What was read, by the path as it was asked for; and by the real path, with the first path that led there. */
  const reads = new Map<string, Source | ReadFailure>();
  const listings = new Map<string, Listing>();
  const covered = new Map<string, boolean>();

  const isWhole = isLive || (!within && !container && hasSystem());

  function hasSystem(): boolean {
    return ['/usr/bin', '/bin'].some((path) => resolver.resolve(path).kind === 'found');
  }

  /** Who resolves a path mostly reads it next: that need not ask the disk again. */
  let last: { readonly path: string; readonly resolved: Resolved } | undefined;

  function resolve(path: string): Resolved {
    if (last?.path === path) return last.resolved;
    const found = resolver.resolve(path);
    const resolved = found.kind === 'missing' && !isCovered(found.path) ? outside(found.path) : found;
    last = { path, resolved };
    return resolved;
  }

  /**
   * Whether a missing path proves anything. A checkout of `/etc/nginx` knows nothing of `/etc/letsencrypt` or `/usr/share`: in a tree
   * that is not a whole system, the directory two levels down must be there.
   */
  function isCovered(path: string): boolean {
    if (isWhole || container) return true;
    if (within) return isInsideAny(path, given);
    const second = path.indexOf('/', path.indexOf('/', 1) + 1);
    const parents = second === -1 ? path.slice(0, Math.max(1, path.lastIndexOf('/'))) : path.slice(0, second);
    const known = covered.get(parents);
    if (known !== undefined) return known;
    const isThere = resolver.resolve(parents).kind === 'found';
    covered.set(parents, isThere);
    return isThere;
  }

  /** A root beside the current directory has nothing in it, so that no path need be held against it. */
  const isBeside = !isInside(base || '/', displayBase) && !isInside(displayBase, base || '/');

  function display(path: string): string {
    if (container) return container.display(path);
    const real = path === '/' ? base || '/' : base + path;
    if (isBeside) return real;
    if (real === displayBase) return '.';
    if (!isInside(real, displayBase)) return real;
    return real.slice(displayBase === '/' ? 1 : displayBase.length + 1);
  }

  function load(path: string, status: FileStatus): Content {
    try {
      const bytes = fileSystem.readFile(base + path, MAX_FILE_BYTES + 1, room);
      if (bytes.length > MAX_FILE_BYTES) return tooLarge(Math.max(bytes.length, status.size));
      const zero = bytes.indexOf(0);
      if (zero !== -1) return { kind: 'binary', message: `it is a binary file (byte ${zero + 1} is zero)` };
      return decode(bytes);
    } catch (error) {
      const { kind, errno, message } = pathFailure(errorCodeOf(error), path);
      return { kind, errno, message };
    }
  }

  function contentOf(resolved: Resolved): Content {
    // A file linked to /dev/null is switched off, or meant to be empty; a tree seldom holds the device.
    if (resolved.path === '/dev/null') return { text: '', encoding: 'utf8' };
    if (resolved.kind !== 'found') return resolved;
    switch (resolved.status.kind) {
      case 'directory':
        return { kind: 'directory', ...ERRNO.EISDIR };
      case 'file':
        return reads.get(resolved.path) ?? load(resolved.path, resolved.status);
      case 'socket':
        return { kind: 'special', ...ERRNO.ENXIO };
      case 'other':
      case 'symlink':
        return { kind: 'special', message: 'it is not a regular file' };
      default:
        return resolved.status.kind satisfies never;
    }
  }

  function read(path: string): ReadResult {
    const known = reads.get(path);
    const result = known?.path === path ? known : firstRead(path);
    return 'kind' in result ? result : { kind: 'read', source: result };
  }

  function firstRead(path: string): Source | ReadFailure {
    const resolved = resolve(path);
    const content = contentOf(resolved);
    const file = display(resolved.path);
    const result = 'text' in content ? sourceOf(path, file, content) : failureOf(path, file, content);
    reads.set(path, result);
    const isFile = resolved.kind === 'found' && resolved.status.kind === 'file';
    if (isFile && resolved.path !== path && !reads.has(resolved.path)) reads.set(resolved.path, result);
    return result;
  }

  function sourceOf(
    path: string,
    file: string,
    { text, encoding }: Pick<Source, 'text' | 'encoding'>,
  ): Source {
    if (container && !container.isEditable(path)) return { path, file, text, encoding, isDerived: true };
    return { path, file, text, encoding };
  }

  function list(path: string): Listing {
    const resolved = resolve(path);
    if (resolved.kind !== 'found') return resolved;
    if (resolved.status.kind !== 'directory') return pathFailure('ENOTDIR', resolved.path);
    const known = listings.get(resolved.path);
    if (known) return known;
    let listing: Listing;
    try {
      listing = { kind: 'listed', names: namesIn(resolved.path) };
    } catch (error) {
      listing = pathFailure(errorCodeOf(error), resolved.path);
    }
    listings.set(resolved.path, listing);
    return listing;
  }

  function namesIn(path: string): readonly string[] {
    if (!fileSystem.entriesIn) return fileSystem.readDirectory(base + path);
    const entries = fileSystem.entriesIn(base + path);
    resolver.learn(path, entries);
    return entries.names;
  }

  function entryExists(path: string): boolean {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    if (resolve(path).kind === 'found') return true;
    // What cannot be followed may still be there: a symlink that leads nowhere.
    const parent = list(slash <= 0 ? '/' : path.slice(0, slash));
    return parent.kind === 'listed' && parent.names.includes(name);
  }

  return {
    directory: base === '' ? '/' : base,
    isLive,
    isWhole,
    isPartial: within !== undefined,
    resolve,
    read,
    list,
    exists: (path) => resolve(path).kind === 'found',
    glob: (pattern) => expandGlob({ list, entryExists }, pattern),
    display,
  };
}

/** Puts a path that may be relative behind a directory, as both daemons do with their prefix: joined, not normalised. */
export function underPrefix(prefix: string, path: string): string {
  return path.startsWith('/') ? path : joinPath(prefix, path);
}

function failureOf(path: string, file: string, { kind, message, errno }: Unread): ReadFailure {
  return { kind, path, file, message, ...(errno === undefined ? {} : { errno }) };
}

function tooLarge(size: number): Content {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / (1024 * 1024))} MB`;
  return {
    kind: 'too-large',
    message: `it is larger than no502 reads (${megabytes(size)}, the limit is ${megabytes(MAX_FILE_BYTES)})`,
  };
}
