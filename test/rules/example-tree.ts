import type { Tree } from '../../src/engine/rule.ts';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';

/** A tree of an example as a file system holds it, below a directory. */
export function entriesOf(tree: Tree, directory: string): Readonly<Record<string, MemoryEntry>> {
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) =>
      path.endsWith('/')
        ? [`${directory}/${path.slice(0, -1)}`, directoryOf(text)]
        : [`${directory}/${path}`, text],
    ),
  );
}

/** Reads `drwxr-x--- 1001 1001`. */
function directoryOf(text: string): MemoryEntry {
  const [letters = '', uid, gid] = text.trim().split(' ');
  const bits = [...letters.slice(1)].map((letter) => (letter === '-' ? '0' : '1')).join('');
  return { directory: true, mode: Number.parseInt(bits, 2), uid: Number(uid), gid: Number(gid) };
}
