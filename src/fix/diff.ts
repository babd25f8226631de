import { isAbsolute } from 'node:path';
import type { FileChange } from './file-change.ts';

/**
 * The changes as a unified diff with three lines of context, for a person and for `git apply` or `patch -p1` in the current
 * directory. Files outside of it go by their absolute path. The library is loaded at the first call.
 */
export async function unifiedDiff(changes: readonly FileChange[]): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  return changes
    .map(({ file, before, text }) => {
      const [from, to] = isAbsolute(file) ? [file, file] : [`a/${file}`, `b/${file}`];
      const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
      return createTwoFilesPatch(from, to, before, text, undefined, undefined, options);
    })
    .join('');
}
