import { relative, resolve } from 'node:path';
import { baseName } from '../syntax/path-parts.ts';
import { fileNameFromBytes } from './file-name.ts';
import type { FileSystem } from './file-system.ts';
import type { RunGit } from './git.ts';
import { gitBlobs } from './git-blobs.ts';
import { type GitEntries, type GitEntry, gitTree, SUBMODULE } from './git-tree.ts';
import { gitWorkTree } from './git-work-tree.ts';
import { UsageError } from './usage-error.ts';
import { isForeign } from './walk.ts';

/** What a commit would record, and what it would change. */
export interface GitIndex {
  /** The work tree as it would be checked out after the commit. */
  readonly fs: FileSystem;
  /** The same before the commit; empty where it is the first. */
  readonly head: FileSystem;
  /** Files that the commit adds, changes or removes, as absolute paths. */
  readonly changed: readonly string[];
}

/** Where the index is looked for. */
export interface GitPlace {
  /** The disk, on which the work tree lies. */
  readonly disk: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The directory below which files will be read, absolute. */
  readonly scope: string;
}

/**
 * Opens the index of the repository that the current directory lies in.
 * https://git-scm.com/docs/git-ls-files, https://git-scm.com/docs/git-ls-tree
 *
 * @throws UsageError where there is no git, or no repository with a work tree.
 */
export function openGitIndex(git: RunGit, { disk, cwd, scope }: GitPlace): GitIndex {
  const { top, hasHead } = findRepository(git, cwd);
  const staged = entriesOf(output(git, ['ls-files', '--stage', '-z', '--full-name', ':/']), 'index');
  const head = hasHead
    ? entriesOf(output(git, ['ls-tree', '-r', '-z', '--full-tree', 'HEAD']), 'tree')
    : new Map<string, GitEntry>();
  const changed = differences(staged, head);
  const idsAt = (paths: Iterable<string>): readonly string[] =>
    expectedBelow(relative(top, scope), paths).flatMap((path) => [
      ...idOf(staged.get(path)),
      ...idOf(head.get(path)),
    ]);
  const blobs = gitBlobs(git, gitWorkTree(disk, top), {
    changed: () => idsAt(changed),
    all: () => idsAt(new Set([...staged.keys(), ...head.keys()])),
  });
  return {
    fs: gitTree(top, staged, blobs),
    head: gitTree(top, head, blobs),
    changed: changed.map((path) => resolve(top, path)),
  };
}

function expectedBelow(directory: string, paths: Iterable<string>): readonly string[] {
  return [...paths].filter(
    (path) =>
      (directory === '' || path === directory || path.startsWith(`${directory}/`)) &&
      !isForeign(baseName(path)),
  );
}

function idOf(entry: GitEntry | undefined): readonly string[] {
  return entry && entry.mode !== SUBMODULE ? [entry.id] : [];
}

/** Where the work tree begins, and whether there is a commit already. */
function findRepository(git: RunGit, cwd: string): { readonly top: string; readonly hasHead: boolean } {
  const { status, stdout, stderr } = git(['rev-parse', '--show-cdup', 'HEAD^{tree}']);
  // Before the first commit git says where the top is and then that there is no HEAD.
  const [up, tree] = stdout.toString('utf8').split('\n');
  if (status === undefined) throw new UsageError(`--staged needs git: ${stderr.trim()}`);
  if (tree === undefined || up === undefined) {
    const [why = ''] = stderr.split('\n');
    throw new UsageError(`--staged needs a git repository with a work tree: ${why.replace(/^fatal: /, '')}`);
  }
  return { top: resolve(cwd, up), hasHead: status === 0 };
}

function output(git: RunGit, args: readonly string[]): Buffer {
  const { status, stdout, stderr } = git(args);
  if (status !== 0) throw new UsageError(`git ${args[0]}: ${stderr.trim()}`);
  return stdout;
}

/** `mode id stage<TAB>path` of ls-files, `mode type id<TAB>path` of ls-tree, each ended by a zero byte. */
function entriesOf(listing: Buffer, kind: 'index' | 'tree'): GitEntries {
  const entries = new Map<string, GitEntry>();
  for (const record of fileNameFromBytes(listing).split('\0')) {
    const tab = record.indexOf('\t');
    if (tab === -1) continue;
    const [mode = '', second = '', third = ''] = record.slice(0, tab).split(' ');
    const path = record.slice(tab + 1);
    // Of a conflict, which no commit can hold, the last side stands for the file.
    entries.set(path, { mode, id: kind === 'index' ? second : third });
  }
  return entries;
}

function differences(staged: GitEntries, head: GitEntries): readonly string[] {
  const changed = [...staged].filter(([path, { mode, id }]) => {
    const before = head.get(path);
    return before?.id !== id || before.mode !== mode;
  });
  const removed = [...head.keys()].filter((path) => !staged.has(path));
  return [...changed.map(([path]) => path), ...removed];
}
