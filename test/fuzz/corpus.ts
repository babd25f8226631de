import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real files to change a little, by the language that their path tells. */
export type Corpus = Readonly<Record<Language, readonly string[]>>;

/** What a real file is written in, as far as its path tells. */
export type Language = 'nginx' | 'ini' | 'yaml' | 'compose' | 'env' | 'javascript' | 'starters' | 'other';

const LARGEST = 16 * 1024;
const MOST = 3000;

/** Reads the hosts of the examples and of the lab below `root` and, where it is beside the repository, the public corpus. */
export function readCorpus(root: string, { isPublic = true }: { readonly isPublic?: boolean } = {}): Corpus {
  const corpus: Record<Language, string[]> = {
    nginx: [],
    ini: [],
    yaml: [],
    compose: [],
    env: [],
    javascript: [],
    starters: [],
    other: [],
  };
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

function kindOf(path: string): Language {
  if (/compose[^/]*\.ya?ml$/.test(path)) return 'compose';
  if (/\.ya?ml$/.test(path)) return 'yaml';
  if (/\.env[^/]*$/.test(path)) return 'env';
  if (/\.[cm]?js$/.test(path)) return 'javascript';
  if (/\.(?:service|socket)$|supervisor|uwsgi[^/]*\.ini$|Procfile$/.test(path)) return 'starters';
  if (/php|pool|\.ini$/.test(path)) return 'ini';
  return /nginx|sites|conf$/.test(path) ? 'nginx' : 'other';
}
