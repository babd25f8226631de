import { resolve } from 'node:path';
import { encode, type Source } from '../syntax/source.ts';
import { applyEdits, editsByFile, type Fixable } from './edits.ts';

/** A file before and after its fixes. */
export interface FileChange {
  /** Absolute; the real file, symlinks followed. */
  readonly path: string;
  /** As a user at the current directory would open it. */
  readonly file: string;
  readonly encoding: Source['encoding'];
  readonly before: string;
  readonly text: string;
  /** The text as bytes, in the encoding of the file. */
  readonly after: Uint8Array;
}

/** By the file's name as reports have it. */
export type FileChanges = ReadonlyMap<string, FileChange>;

/** The changes with further fixes made in what they left. */
export function withFixes(changes: FileChanges, fixes: readonly Fixable[], cwd: string): FileChanges {
  const next = new Map(changes);
  for (const [file, edits] of editsByFile(fixes)) {
    const { source } = edits;
    const { encoding } = source;
    const text = applyEdits(edits);
    const before = changes.get(file)?.before ?? source.text;
    next.set(file, { path: resolve(cwd, file), file, encoding, before, text, after: encode(text, encoding) });
  }
  return next;
}

/** Those that end up different, in the order of their names. */
export function changedFiles(changes: FileChanges): readonly FileChange[] {
  return [...changes.values()]
    .filter(({ before, text }) => before !== text)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
