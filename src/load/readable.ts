import type { Source } from '../syntax/source.ts';
import type { Root } from './root.ts';

// For those who make no difference between what is not there and what cannot be read.

/** The names in a directory; none where it cannot be listed. */
export function namesIn(root: Root, directory: string): readonly string[] {
  const listing = root.list(directory);
  return listing.kind === 'listed' ? listing.names : [];
}

/** What stands in a file; nothing where it cannot be read. */
export function sourceAt(root: Root, path: string): Source | undefined {
  const read = root.read(path);
  return read.kind === 'read' ? read.source : undefined;
}
