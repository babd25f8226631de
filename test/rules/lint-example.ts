import type { Example, Rule, Tree } from '../../src/engine/rule.ts';
import type { Report } from '../../src/engine/summary.ts';
import { lint } from '../../src/lint.ts';
import type { FileSystem } from '../../src/load/file-system.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { baseHost } from './base-host.ts';
import { entriesOf } from './example-tree.ts';

const directory = '/host';

/** One side of an example on its disk: laid over the small healthy host, or a repository of its own. */
export function exampleDisk(tree: Tree, { isProject }: Pick<Example, 'isProject'>): FileSystem {
  return memoryFileSystem(entriesOf(isProject ? tree : { ...baseHost, ...tree }, directory));
}

/** Lints that disk, as `no502 --root /host` would, and a repository as `no502 .` at its top. */
export function lintExample(
  fs: FileSystem,
  { options = {}, isProject }: Pick<Example, 'options' | 'isProject'>,
  rules: readonly Rule[],
): Promise<Report> {
  const call = isProject ? { paths: ['.'] } : { paths: [], root: directory };
  return lint({ fs, cwd: directory, exclude: [], options, rules, ...call });
}
