import { dirname } from 'node:path';
import { fileNameToBytes } from './file-name.ts';
import type { FileSystem } from './file-system.ts';

/** What is checked out, as far as it is what git has recorded. */
export interface WorkTree {
  /** The blob `id`, where the file or link at an absolute path is just that, and takes no more than `most` bytes. */
  blobAt(path: string, id: string, most: number): Buffer | undefined;
}

/**
 * The work tree below `top`, an absolute directory. A file whose hash is the id of a blob is that blob, whatever times,
 * filters and flags say. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function gitWorkTree(fs: FileSystem, top: string): WorkTree {
  const directories = new Map<string, boolean>([[top, true]]);

  /** Whether a directory and all above it are ones, and no links that lead out of the tree. */
  function isDirectory(path: string): boolean {
    const known = directories.get(path);
    if (known !== undefined) return known;
    const is = dirname(path) !== path && isDirectory(dirname(path)) && fs.status(path).kind === 'directory';
    directories.set(path, is);
    return is;
  }

  return {
    blobAt(path, id, most) {
      try {
        if (!isDirectory(dirname(path))) return undefined;
        const { kind, size } = fs.status(path);
        if (size > most || (kind !== 'symlink' && kind !== 'file')) return undefined;
        // Of a link git records its target.
        const content = kind === 'file' ? Buffer.from(fs.readFile(path)) : fileNameToBytes(fs.readLink(path));
        return hashOf(content, id.length) === id ? content : undefined;
      } catch {
        // Removed, or not to be read: git has it.
        return undefined;
      }
    },
  };
}

const SHA1_DIGITS = 40;

function hashOf(content: Buffer, digits: number): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = createHash(digits === SHA1_DIGITS ? 'sha1' : 'sha256');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}
