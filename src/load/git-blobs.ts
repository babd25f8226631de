import type { RunGit } from './git.ts';
import type { WorkTree } from './git-work-tree.ts';
import { UsageError } from './usage-error.ts';

/** The contents of a repository, by object id; `path` is where the object would be checked out, absolute. */
export interface GitBlobs {
  /** In bytes. */
  size(id: string, path: string): number;
  read(id: string, path: string): Buffer;
}

/** Which objects a run may need. */
export interface ExpectedBlobs {
  /** Those that the work tree is likely to lack. */
  changed(): readonly string[];
  all(): readonly string[];
}

/** Files up to this size, in bytes, are read together; larger ones, which are seldom configuration, one by one and only when asked for. */
const MOST_TOGETHER = 256 * 1024;

/** Beyond so many, what is likely to be read is no more than a guess: each is then read when asked for. */
const MOST_EXPECTED = 20_000;

/**
 * Reads blobs: from the work tree, where most of what is staged lies and takes a tenth of the time, else through `git
 * cat-file`. A start of git takes longer than reading a hundred files, so the first also brings what was changed, and the second
 * all that may be asked for: then the work tree is another one, or git writes it in another form.
 * https://git-scm.com/docs/git-cat-file#_batch_output
 */
export function gitBlobs(git: RunGit, workTree: WorkTree, expected: ExpectedBlobs): GitBlobs {
  const sizes = new Map<string, number>();
  const contents = new Map<string, Buffer>();
  const batches = [() => expected.changed(), () => expected.all()];

  function fetch(id: string): void {
    const batch = [...new Set([id, ...(batches.shift()?.() ?? [])])];
    const ids = batch.length > MOST_EXPECTED ? [id] : batch.filter((each) => !contents.has(each));
    const found = sizesOf(git, ids);
    for (const [known, size] of found) sizes.set(known, size);
    const small = ids.filter((known) => (found.get(known) ?? 0) <= MOST_TOGETHER);
    for (const [known, content] of contentsOf(git, small)) contents.set(known, content);
  }

  function lying(id: string, path: string): Buffer | undefined {
    const known = contents.get(id);
    if (known || sizes.has(id)) return known;
    const copy = workTree.blobAt(path, id, MOST_TOGETHER);
    if (copy) contents.set(id, copy);
    return copy;
  }

  return {
    size(id, path) {
      const known = lying(id, path);
      if (known) return known.length;
      if (!sizes.has(id)) fetch(id);
      return sizes.get(id) ?? 0;
    },
    read(id, path) {
      const known = lying(id, path);
      if (known) return known;
      if (!sizes.has(id)) fetch(id);
      const content = contents.get(id) ?? contentsOf(git, [id]).get(id);
      if (!content) throw new UsageError(`the repository lacks the object ${id}`);
      contents.set(id, content);
      return content;
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
