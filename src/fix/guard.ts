import { resolve } from 'node:path';
import type { FileSystem } from '../load/file-system.ts';
import { isInside } from '../load/path-resolver.ts';
import { openRoot } from '../load/root.ts';
import { encode, type Source } from '../syntax/source.ts';
import type { Fixable } from './edits.ts';

/** Where fixes may be made. */
export interface GuardOptions {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The directory that plays `/`, as the user gave it; absent where the real one does. */
  readonly root?: string;
}

/**
 * Tells why a fix may not be made: a file that lies outside of the root, is reached through a link by now, is no regular
 * file, has changed since it was read, or could not hold the new text in its encoding. `undefined` where it may.
 */
export function writingGuard({ fs, cwd, root }: GuardOptions): (fix: Fixable) => string | undefined {
  const base = root === undefined ? '/' : resolve(cwd, root);
  const opened = openRoot(fs, base, cwd);
  const checked = new Map<string, string | undefined>();

  function refusalOf(source: Source): string | undefined {
    const path = resolve(cwd, source.file);
    if (!isInside(path, base)) return `${source.file} is no file of the host`;
    const inside = base === '/' ? path : path.slice(base.length);
    const resolved = opened.resolve(inside);
    if (resolved.kind !== 'found') return `${source.file}: ${resolved.message}`;
    if (resolved.path !== inside) return `${source.file} lies behind a link by now`;
    if (resolved.status.kind !== 'file') return `${source.file} is not a regular file`;
    const isAsRead = Buffer.compare(fs.readFile(path), encode(source.text, source.encoding)) === 0;
    return isAsRead ? undefined : `${source.file} has changed since it was read`;
  }

  return ({ fix }) => {
    for (const { span, text } of fix.edits) {
      const { source } = span;
      if (!fits(text, source)) return `${source.file} is not UTF-8 and cannot hold the new text`;
      if (!checked.has(source.file)) checked.set(source.file, refusalOf(source));
      const refusal = checked.get(source.file);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

/** What is not ASCII may come from a file in another encoding: only in UTF-8 is its meaning known. */
function fits(text: string, { encoding }: Source): boolean {
  return encoding === 'utf8' || /^[\x00-\x7f]*$/.test(text);
}
