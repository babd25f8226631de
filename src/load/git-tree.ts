import { systemError } from './errno.ts';
import { fileNameFromBytes } from './file-name.ts';
import type { FileStatus, FileSystem } from './file-system.ts';
import type { GitBlobs } from './git-blobs.ts';
import { joinPath } from './path-resolver.ts';

/** A file, link or submodule of a commit or of the index. */
export interface GitEntry {
  /** As git writes it: `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
  /** The id of its blob. */
  readonly id: string;
}

/** Entries by their path from the top of the work tree, without a slash at its begin. */
export type GitEntries = ReadonlyMap<string, GitEntry>;

type Node = { readonly entry: GitEntry } | { readonly names: string[] };

const LINK = '120000';
/** The mode of a submodule. */
export const SUBMODULE = '160000';
const EXECUTABLE = '100755';

/**
 * What git has recorded, as if it were checked out at `top`, an absolute directory; outside of it there is nothing.
 * Git records of modes no more than whether a file may be executed, and no owners. A submodule is an empty directory.
 */
export function gitTree(top: string, entries: GitEntries, blobs: GitBlobs): FileSystem {
  let nodes: ReadonlyMap<string, Node> | undefined;

  function find(path: string, call: string): Node {
    nodes ??= nodesOf(top, entries);
    const found = nodes.get(path);
    if (!found) throw systemError('ENOENT', call, path);
    return found;
  }

  return {
    readFile(path) {
      const found = find(path, 'open');
      if ('names' in found) throw systemError('EISDIR', 'read', path);
      return blobs.read(found.entry.id, path);
    },
    readDirectory(path) {
      const found = find(path, 'scandir');
      if ('entry' in found) throw systemError('ENOTDIR', 'scandir', path);
      return found.names;
    },
    status(path) {
      const found = find(path, 'lstat');
      return 'entry' in found ? statusOf(path, found.entry, blobs) : DIRECTORY;
    },
    readLink(path) {
      const found = find(path, 'readlink');
      if ('names' in found || found.entry.mode !== LINK) throw systemError('EINVAL', 'readlink', path);
      return fileNameFromBytes(blobs.read(found.entry.id, path));
    },
  };
}

function nodesOf(top: string, entries: GitEntries): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>([['/', { names: [] }]]);

  function place(path: string, node: Node): void {
    const slash = path.lastIndexOf('/');
    namesIn(slash <= 0 ? '/' : path.slice(0, slash)).push(path.slice(slash + 1));
    nodes.set(path, node);
  }
  function namesIn(directory: string): string[] {
    const known = nodes.get(directory);
    if (known && 'names' in known) return known.names;
    const names: string[] = [];
    place(directory, { names });
    return names;
  }
  namesIn(top);
  for (const [path, entry] of entries) {
    place(joinPath(top, path), entry.mode === SUBMODULE ? { names: [] } : { entry });
  }
  return nodes;
}

const DIRECTORY: FileStatus = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 };

function statusOf(path: string, { mode, id }: GitEntry, blobs: GitBlobs): FileStatus {
  const isLink = mode === LINK;
  return {
    kind: isLink ? 'symlink' : 'file',
    mode: isLink ? 0o777 : mode === EXECUTABLE ? 0o755 : 0o644,
    uid: 0,
    gid: 0,
    // Whether a file is there is asked for far more of them than are read.
    get size() {
      return blobs.size(id, path);
    },
  };
}
