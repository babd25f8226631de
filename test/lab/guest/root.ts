import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan, TreeEntry } from '../plan.ts';

/** What the packages of nginx and php-fpm and the boot of a Debian host leave behind, in addition to the scenario's own tree. */
const PACKAGE_DIRECTORIES: readonly (readonly [path: string, mode: number, owner: string])[] = [
  ['/dev', 0o755, '0:0'],
  ['/etc/ssl', 0o755, '0:0'],
  ['/proc', 0o755, '0:0'],
  ['/root', 0o700, '0:0'],
  ['/run', 0o755, '0:0'],
  ['/run/php', 0o755, '33:33'],
  ['/tmp', 0o1777, '0:0'],
  ['/usr', 0o755, '0:0'],
  ['/var/lib/nginx', 0o755, '0:0'],
  ['/var/log/nginx', 0o755, '0:0'],
];

/** Files that the programs need and that say nothing about the host. */
const BORROWED = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf'];

/**
 * Builds the root of one host at `root`, which becomes a tmpfs of this mount namespace. Only the programs in /usr come
 * from the machine, copy on write; its /etc, /var and /run never shine through.
 */
export function buildRoot(root: string, plan: Plan): void {
  mountRoot(
    root,
    PACKAGE_DIRECTORIES.map(([path]) => path),
  );
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  for (const address of plan.addresses) {
    const block = address.includes(':') ? 128 : 32;
    execFileSync('ip', [
      'addr',
      'add',
      `${address}/${block}`,
      'dev',
      'lo',
      ...(block === 128 ? ['nodad'] : []),
    ]);
  }
  for (const [path, target] of plan.boot) {
    if (target === undefined) mkdirSync(join(root, path), { recursive: true });
    else symlinkSync(target, join(root, path));
  }
  for (const [path, mode, owner] of PACKAGE_DIRECTORIES) {
    if (path === '/dev' || path === '/proc' || path === '/usr') continue;
    chmodSync(join(root, path), mode);
    own(root, path, owner);
  }
  writeEntries(root, plan.entries);
}

/** Mounts what every root has: the machine's /usr, copy on write, /dev and /proc. Makes the directories. */
export function mountRoot(root: string, directories: readonly string[]): void {
  const layers = join(root, '.layers');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', root]);
  mkdirSync(join(layers, 'upper'), { recursive: true });
  mkdirSync(join(layers, 'work'));
  for (const path of directories) mkdirSync(join(root, path), { recursive: true });
  const overlay = `lowerdir=/usr,upperdir=${layers}/upper,workdir=${layers}/work`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', overlay, join(root, 'usr')]);
  execFileSync('mount', ['--rbind', '/dev', join(root, 'dev')]);
  execFileSync('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    if (lstatSync(`/${name}`, { throwIfNoEntry: false })?.isSymbolicLink())
      symlinkSync(`usr/${name}`, join(root, name));
  }
  symlinkSync('/run', join(root, 'var/run'));
  for (const path of BORROWED) if (existsSync(path)) copyFileSync(path, join(root, path));
}

/** Writes a tree into a directory: the root of a host, or one that hosts share. */
export function writeEntries(root: string, entries: Plan['entries']): void {
  for (const [path, entry] of entries) writeEntry(root, path, entry);
}

function writeEntry(root: string, path: string, entry: TreeEntry): void {
  const real = join(root, path);
  if (lstatSync(dirname(real)).isSymbolicLink()) throw new Error(`${path} lies behind a symlink`);
  if (entry.kind === 'symlink') {
    symlinkSync(entry.target, real);
    return;
  }
  const stood = lstatSync(real, { throwIfNoEntry: false }) !== undefined;
  if (entry.kind === 'directory') mkdirSync(real, { recursive: true });
  else writeFileSync(real, entry.text);
  // A base tree lists directories such as /run that stand already, with owners of their own.
  if (stood && entry.kind === 'directory' && entry.owner === '0:0' && entry.mode === 0o755) return;
  chmodSync(real, entry.mode);
  own(root, path, entry.owner);
}

function own(root: string, path: string, owner: string): void {
  const [user = '0', group = user] = owner.split(':');
  lchownSync(join(root, path), Number(user), Number(group));
}
