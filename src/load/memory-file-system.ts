import { systemError } from './errno.ts';
import type { FileStatus, FileSystem } from './file-system.ts';

/** What a status can say beyond the kind and the size. */
export interface MemoryOwnership {
  /** Permission bits; 0644 for files, 0755 for directories, 0777 for links. */
  readonly mode?: number;
  /** 0 unless said. */
  readonly uid?: number;
  /** 0 unless said. */
  readonly gid?: number;
}

/** One entry of a tree in memory: a file's content, alone or with its owner, a link, a directory, a socket. */
export type MemoryEntry =
  | string
  | Uint8Array
  | { readonly link: string }
  | ({ readonly content: string | Uint8Array } & MemoryOwnership)
  | ({ readonly directory: true } & MemoryOwnership)
  | ({ readonly socket: true } & MemoryOwnership)
  | { readonly denied: true };

interface Node {
  readonly status: FileStatus;
  readonly content?: Uint8Array;
  readonly link?: string;
  readonly denied?: boolean;
  readonly children?: string[];
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

function statusOf(
  kind: FileStatus['kind'],
  mode: number,
  size: number,
  ownership: MemoryOwnership,
): FileStatus {
  return { kind, mode: ownership.mode ?? mode, uid: ownership.uid ?? 0, gid: ownership.gid ?? 0, size };
}

function nodeOf(entry: MemoryEntry): Node {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return nodeOf({ content: entry });
  if ('link' in entry) return { status: statusOf('symlink', 0o777, entry.link.length, {}), link: entry.link };
  if ('directory' in entry) return { status: statusOf('directory', 0o755, 0, entry), children: [] };
  if ('socket' in entry) return { status: statusOf('socket', 0o755, 0, entry) };
  if ('denied' in entry) return { status: statusOf('file', 0, 1, {}), denied: true };
  const content = bytesOf(entry.content);
  return { status: statusOf('file', 0o644, content.length, entry), content };
}

/**
 * A file system that lives in memory: rule examples, standard input, the files of an `nginx -T` dump.
 * Paths are absolute and in normal form; the directories above an entry are implied. Unlike a disk it follows no links itself:
 * a `Root` resolves them, and asks for nothing else.
 */
export function memoryFileSystem(tree: Readonly<Record<string, MemoryEntry>>): FileSystem {
  const nodes = new Map<string, Node>([['/', nodeOf({ directory: true })]]);

  function place(path: string, added: Node): void {
    const slash = path.lastIndexOf('/');
    const parent = slash === 0 ? '/' : path.slice(0, slash);
    if (!nodes.has(parent)) place(parent, nodeOf({ directory: true }));
    if (!nodes.has(path)) nodes.get(parent)?.children?.push(path.slice(slash + 1));
    const known = nodes.get(path);
    nodes.set(path, known?.children ? { ...added, children: known.children } : added);
  }
  for (const [path, entry] of Object.entries(tree)) if (path !== '/') place(path, nodeOf(entry));

  function find(path: string, call: string): Node {
    const found = nodes.get(path);
    if (!found) throw systemError('ENOENT', call, path);
    return found;
  }

  return {
    readFile(path) {
      const found = find(path, 'open');
      if (found.denied) throw systemError('EACCES', 'open', path);
      if (found.children) throw systemError('EISDIR', 'read', path);
      if (!found.content) throw systemError('ENXIO', 'open', path);
      return found.content;
    },
    readDirectory(path) {
      const found = find(path, 'scandir');
      if (!found.children) throw systemError('ENOTDIR', 'scandir', path);
      return found.children;
    },
    status(path) {
      return find(path, 'lstat').status;
    },
    readLink(path) {
      const { link } = find(path, 'readlink');
      if (link === undefined) throw systemError('EINVAL', 'readlink', path);
      return link;
    },
  };
}
