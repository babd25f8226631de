import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real files to change a little, by the language that their path tells. */
export interface Corpus {
  readonly nginx: readonly string[];
  readonly ini: readonly string[];
  readonly yaml: readonly string[];
  readonly other: readonly string[];
}

const LARGEST = 16 * 1024;
const MOST = 3000;

/** Reads the hosts of the examples and of the lab below `root` and, where it is beside the repository, the public corpus. */
export function readCorpus(root: string, { isPublic = true }: { readonly isPublic?: boolean } = {}): Corpus {
  const corpus = { nginx: [] as string[], ini: [] as string[], yaml: [] as string[], other: [] as string[] };
  const names = ['examples', 'test/lab/hosts', ...(isPublic ? ['../shared/corpus/projects'] : [])];
  const directories = names.map((path) => resolve(root, path));
  let count = 0;
  const pending = directories.filter((path) => existsSync(path)).reverse();
  for (let next = pending.pop(); next !== undefined && count < MOST; next = pending.pop()) {
    for (const name of readdirSync(next).sort()) {
      const path = join(next, name);
      const status = statSync(path, { throwIfNoEntry: false });
      if (status?.isDirectory()) pending.push(path);
      if (!status?.isFile() || status.size === 0 || status.size > LARGEST) continue;
      count++;
      corpus[kindOf(path)].push(readFileSync(path, 'utf8'));
    }
  }
  return corpus;
}

function kindOf(path: string): keyof Corpus {
  if (/\.ya?ml$/.test(path)) return 'yaml';
  if (/php|pool|\.ini$|\.service$/.test(path)) return 'ini';
  return /nginx|sites|conf$/.test(path) ? 'nginx' : 'other';
}
