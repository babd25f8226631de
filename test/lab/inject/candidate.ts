import { createHash } from 'node:crypto';
import type { Tree, TreeEntry } from '../plan.ts';

/** One way to break a host: what kind of change, in words, and the host after it. */
export interface Candidate {
  /** The kind of the change; mutants are drawn from all kinds alike. */
  readonly operator: string;
  /** What was changed, for a person: `etc/nginx/nginx.conf:14 without its last character`. */
  readonly what: string;
  readonly tree: Tree;
}

/** A file of the host with its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Files below the given directories, in order of their paths. */
export function filesBelow(tree: Tree, directories: readonly string[]): readonly TextFile[] {
  return [...tree].flatMap(([path, entry]) =>
    entry.kind === 'file' && directories.some((directory) => path.startsWith(directory))
      ? [{ path, text: entry.text }]
      : [],
  );
}

/** The pool and master files of a host. */
export function poolFiles(tree: Tree): readonly TextFile[] {
  return filesBelow(tree, ['/etc/php']).filter(({ path }) => path.endsWith('.conf'));
}

/** The tree with another text in one file. */
export function withText(tree: Tree, path: string, text: string): Tree {
  const entry = tree.get(path);
  return entry?.kind === 'file' ? withEntry(tree, path, { ...entry, text }) : tree;
}

/** The tree with another entry at one path; `undefined` takes it away. */
export function withEntry(tree: Tree, path: string, entry: TreeEntry | undefined): Tree {
  const changed = new Map(tree);
  if (entry) changed.set(path, entry);
  else changed.delete(path);
  return new Map([...changed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A short name of a whole tree: equal for equal trees, whatever made them. */
export function hashOf(tree: Tree): string {
  return createHash('sha256')
    .update(JSON.stringify([...tree]))
    .digest('hex')
    .slice(0, 12);
}
