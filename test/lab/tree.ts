import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree, TreeEntry } from './plan.ts';
import { type Change, type Hunk, ScenarioError } from './scenario.ts';

const FILE = { mode: 0o644, owner: '0:0' } as const;
const DIRECTORY = { kind: 'directory', mode: 0o755, owner: '0:0' } as const;

/** Reads a directory of this repository as a host. Everything belongs to root until a change says otherwise. */
export function readTree(root: string): Tree {
  const tree = new Map<string, TreeEntry>();
  const read = (path: string): void => {
    for (const name of readdirSync(join(root, path)).sort()) {
      const inside = `${path}/${name}`;
      const real = join(root, inside);
      const status = lstatSync(real);
      if (status.isSymbolicLink()) tree.set(inside, { kind: 'symlink', target: readlinkSync(real) });
      else if (status.isDirectory()) {
        tree.set(inside, DIRECTORY);
        read(inside);
      } else tree.set(inside, { kind: 'file', text: readFileSync(real, 'utf8'), ...FILE });
    }
  };
  read('');
  return tree;
}

/** The host after the changes, made in order. A change that finds nothing to change is its author's mistake and throws. */
export function applyChanges(base: Tree, changes: readonly Change[]): Tree {
  const tree = new Map(base);
  const known = (path: string): TreeEntry => {
    const entry = tree.get(path);
    if (!entry) throw new ScenarioError(`the host has no ${path}`);
    return entry;
  };
  for (const change of changes) {
    const { path } = change;
    switch (change.kind) {
      case 'write': {
        const old = tree.get(path);
        const kept = old?.kind === 'file' ? { mode: old.mode, owner: old.owner } : FILE;
        set(tree, path, { kind: 'file', text: change.text, ...kept });
        break;
      }
      case 'edit': {
        const entry = known(path);
        if (entry.kind !== 'file') throw new ScenarioError(`${path} is no file to edit`);
        set(tree, path, {
          ...entry,
          text: change.hunks.reduce((text, hunk) => applyHunk(path, text, hunk), entry.text),
        });
        break;
      }
      case 'delete':
        known(path);
        for (const inside of [...tree.keys()]) {
          if (inside === path || inside.startsWith(`${path}/`)) tree.delete(inside);
        }
        break;
      case 'link':
        set(tree, path, { kind: 'symlink', target: change.target });
        break;
      case 'directory':
        set(tree, path, DIRECTORY);
        break;
      case 'mode': {
        const entry = known(path);
        if (entry.kind !== 'symlink') set(tree, path, { ...entry, mode: change.mode });
        break;
      }
      case 'owner': {
        const entry = known(path);
        if (entry.kind !== 'symlink') set(tree, path, { ...entry, owner: change.owner });
        break;
      }
      default:
        change satisfies never;
    }
  }
  return new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The tree with names of users and groups replaced by the numbers that its own passwd and group files give them. */
export function resolveOwners(tree: Tree): Tree {
  const users = numbersByName(tree.get('/etc/passwd'));
  const groups = numbersByName(tree.get('/etc/group'));
  const numberOf = (numbers: ReadonlyMap<string, string>, name: string): string => {
    const known = /^\d+$/.test(name) ? name : numbers.get(name);
    if (known === undefined) throw new ScenarioError(`the host has no user or group ${name}`);
    return known;
  };
  return new Map(
    [...tree].map(([path, entry]): [string, TreeEntry] => {
      if (entry.kind === 'symlink') return [path, entry];
      const [user = '', group = user] = entry.owner.split(':');
      return [path, { ...entry, owner: `${numberOf(users, user)}:${numberOf(groups, group)}` }];
    }),
  );
}

/** `name:x:NUMBER:` of /etc/passwd and /etc/group alike. */
function numbersByName(entry: TreeEntry | undefined): ReadonlyMap<string, string> {
  const lines = entry?.kind === 'file' ? entry.text.split('\n') : [];
  return new Map(lines.map((line) => [line.split(':')[0] ?? '', line.split(':')[2] ?? '0']));
}

/** The tree with one more entry, and the directories above it. */
export function withEntry(base: Tree, path: string, entry: TreeEntry): Tree {
  const tree = new Map(base);
  set(tree, path, entry);
  return new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function set(tree: Map<string, TreeEntry>, path: string, entry: TreeEntry): void {
  for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) {
    if (!tree.has(parent)) tree.set(parent, DIRECTORY);
  }
  tree.set(path, entry);
}

function applyHunk(path: string, text: string, { before, after }: Hunk): string {
  const lines = text.split('\n');
  if (before.length === 0) {
    if (lines.at(-1) === '') lines.pop();
    return [...lines, ...after, ''].join('\n');
  }
  const places = lines.flatMap((_, at) =>
    before.every((old, step) => lines[at + step] === old) ? [at] : [],
  );
  const [place] = places;
  if (place === undefined || places.length > 1) {
    throw new ScenarioError(`${path} has ${places.length} places like: ${before.join(' / ')}`);
  }
  lines.splice(place, before.length, ...after);
  return lines.join('\n');
}
