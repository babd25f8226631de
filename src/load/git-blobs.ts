import type { RunGit } from './git.ts';
import { UsageError } from './usage-error.ts';

/** The contents of a repository, by object id. */
export interface GitBlobs {
  /** In bytes. */
  size(id: string): number;
  read(id: string): Buffer;
}

/** Files up to this size, in bytes, are read together; larger ones, which are seldom configuration, one by one and only when asked for. */
const MOST_TOGETHER = 256 * 1024;

/** Beyond so many, what is likely to be read is no more than a guess: each is then read when asked for. */
const MOST_EXPECTED = 20_000;

/**
 * Reads blobs through `git cat-file`. A start of git takes longer than reading a hundred files, so `expected`, what is
 * likely to be asked for, is read at once when the first of it is.
 * https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function gitBlobs(git: RunGit, expected: Iterable<string>): GitBlobs {
  const sizes = new Map<string, number>();
  const contents = new Map<string, Buffer>();
  const waiting = new Set(expected);
  if (waiting.size > MOST_EXPECTED) waiting.clear();

  function prepare(id: string): void {
    const ids = waiting.has(id) ? [...waiting] : [id];
    for (const known of ids) waiting.delete(known);
    for (const [known, size] of sizesOf(git, ids)) sizes.set(known, size);
    const small = ids.filter((known) => (sizes.get(known) ?? 0) <= MOST_TOGETHER);
    for (const [known, content] of contentsOf(git, small)) contents.set(known, content);
  }

  return {
    size(id) {
      if (!sizes.has(id)) prepare(id);
      return sizes.get(id) ?? 0;
    },
    read(id) {
      if (!sizes.has(id)) prepare(id);
      const known = contents.get(id) ?? contentsOf(git, [id]).get(id);
      if (!known) throw new UsageError(`the repository lacks the object ${id}`);
      contents.set(id, known);
      return known;
    },
  };
}

function sizesOf(git: RunGit, ids: readonly string[]): ReadonlyMap<string, number> {
  const lines = catFile(git, '--batch-check', ids).toString('latin1').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [id = '', kind, size] = line.split(' ');
      return kind === 'blob' ? [[id, Number(size)] as const] : [];
    }),
  );
}

/** `<id> blob <size>`, a line feed, the content, a line feed; for one that is not there `<id> missing`. */
function contentsOf(git: RunGit, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  if (ids.length === 0) return contents;
  const output = catFile(git, '--batch', ids);
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [id = '', kind, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    const length = Number(size);
    contents.set(id, output.subarray(at, at + length));
    at += length + 1;
  }
  return contents;
}

function catFile(git: RunGit, batch: '--batch' | '--batch-check', ids: readonly string[]): Buffer {
  const { status, stdout, stderr } = git(['cat-file', batch], `${ids.join('\n')}\n`);
  if (status !== 0) throw new UsageError(`git cat-file: ${stderr.trim()}`);
  return stdout;
}
