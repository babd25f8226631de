import { resolve as resolvePath } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { guessPrefix } from './nginx-prefix.ts';
import { isInside, type Resolved } from './path-resolver.ts';
import { openRoot, type Root } from './root.ts';
import { UsageError } from './usage-error.ts';

/** What a call works on. Either directory may come from strangers: a checkout in CI, a snapshot of a host. */
export interface Ground {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The directory that plays `/`, as the user gave it. */
  readonly root?: string;
}

/** Where a path leads that a call or a file of settings names. */
export interface Followed {
  /** Absolute; free of links where the path lies on the ground. */
  readonly path: string;
  /** What is there; absent for a path that does not lie on the ground: those are the user's own, and taken as they are. */
  readonly resolved?: Resolved;
}

/**
 * Follows a path to its end. What lies on the ground may hold links that somebody planted there, so that a report
 * overwrites the user's files or a message quotes them: such a path must not lead out.
 *
 * @throws UsageError where it does.
 */
export function follow(ground: Ground, given: string): Followed {
  const { fs, cwd } = ground;
  const path = resolvePath(cwd, given);
  const base = baseOf(ground, path);
  if (base === undefined) return { path };
  const disk = openRoot(fs, '/', cwd);
  const resolved = disk.resolve(path);
  if (isInside(resolved.path, disk.resolve(base).path)) return { path: resolved.path, resolved };
  throw leadsOut(ground, given, base, resolved);
}

/**
 * The same for a file or a directory of configuration, which may also lie where its nginx has it:
 * `sites-enabled/shop` leads to `../sites-available/shop`. `disk` is the whole file system.
 *
 * @throws UsageError where it leads elsewhere.
 */
export function followConfiguration(disk: Root, cwd: string, given: string): Resolved {
  const path = resolvePath(cwd, given);
  const resolved = disk.resolve(path);
  if (leadsAway(disk, cwd, path, resolved.path)) throw leadsOut({ cwd }, given, cwd, resolved);
  return resolved;
}

/** True where a path of configuration is written below the current directory and really lies elsewhere. */
export function leadsAway(disk: Root, cwd: string, path: string, real: string): boolean {
  if (!isInside(path, cwd)) return false;
  return ![cwd, guessPrefix(path)].some((directory) => isInside(real, disk.resolve(directory).path));
}

/** What a file may be read for. */
export interface NamedFile {
  /** As the user, or a file of settings, names it. */
  readonly file: string;
  /** In bytes. */
  readonly most: number;
}

/**
 * Reads a whole file that a call names. Throws Node's own errors where that fails.
 *
 * @throws UsageError where it leads out, is no regular file, or is larger.
 */
export function readNamed(ground: Ground, { file, most }: NamedFile): Uint8Array {
  const { path, resolved } = follow(ground, file);
  if (resolved?.kind === 'found') {
    const { kind, size } = resolved.status;
    if (kind !== 'file' && kind !== 'directory') throw new UsageError(`${file}: it is not a regular file`);
    if (size > most) throw tooLarge(file, most);
  }
  const bytes = ground.fs.readFile(path);
  if (bytes.length > most) throw tooLarge(file, most);
  return bytes;
}

function tooLarge(file: string, most: number): UsageError {
  return new UsageError(`${file}: it is larger than ${most >> 20} MB`);
}

/** The innermost directory of the ground that a path is written below. */
function baseOf({ cwd, root }: Ground, path: string): string | undefined {
  const bases = [cwd, ...(root === undefined ? [] : [resolvePath(cwd, root)])];
  return bases.filter((base) => isInside(path, base)).sort((a, b) => b.length - a.length)[0];
}

function leadsOut({ cwd }: Pick<Ground, 'cwd'>, given: string, base: string, { path }: Resolved): UsageError {
  const where = base === cwd ? 'the current directory' : base;
  return new UsageError(`${given}: it leads out of ${where}, to ${path}; name that path if it is meant`);
}
