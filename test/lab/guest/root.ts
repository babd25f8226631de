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
import type { Plan } from '../plan.ts';

/** What the packages of nginx and php-fpm and the boot of a Debian host leave behind, in addition to the scenario's own tree. */
const PACKAGE_DIRECTORIES: readonly (readonly [path: string, mode: number, owner: string])[] = [
  ['/dev', 0o755, 'root:root'],
  ['/etc/ssl', 0o755, 'root:root'],
  ['/proc', 0o755, 'root:root'],
  ['/root', 0o700, 'root:root'],
  ['/run', 0o755, 'root:root'],
  ['/run/php', 0o755, 'www-data:www-data'],
  ['/tmp', 0o1777, 'root:root'],
  ['/usr', 0o755, 'root:root'],
  ['/var/lib/nginx', 0o755, 'root:root'],
  ['/var/log/nginx', 0o755, 'root:root'],
];

/** Files that the programs need and that say nothing about the host. */
const BORROWED = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf'];

/**
 * Builds the root of one host at `root`, which becomes a tmpfs of this mount namespace. Only the programs in /usr come
 * from the machine, copy on write; its /etc, /var and /run never shine through.
 */
export function buildRoot(root: string, plan: Plan): void {
  const layers = join(root, '.layers');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', root]);
  mkdirSync(join(layers, 'upper'), { recursive: true });
  mkdirSync(join(layers, 'work'));
  for (const [path] of PACKAGE_DIRECTORIES) mkdirSync(join(root, path), { recursive: true });
  const overlay = `lowerdir=/usr,upperdir=${layers}/upper,workdir=${layers}/work`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', overlay, join(root, 'usr')]);
  execFileSync('mount', ['--rbind', '/dev', join(root, 'dev')]);
  execFileSync('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
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

  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    if (lstatSync(`/${name}`, { throwIfNoEntry: false })?.isSymbolicLink())
      symlinkSync(`usr/${name}`, join(root, name));
  }
  symlinkSync('/run', join(root, 'var/run'));
  for (const path of BORROWED) if (existsSync(path)) copyFileSync(path, join(root, path));
  for (const [path, target] of plan.boot) {
    if (target === undefined) mkdirSync(join(root, path), { recursive: true });
    else symlinkSync(target, join(root, path));
  }
  writeTree(root, plan);
}

function writeTree(root: string, plan: Plan): void {
  const textOf = (wanted: string): string => {
    const entry = plan.entries.find(([path]) => path === wanted)?.[1];
    return entry?.kind === 'file' ? entry.text : '';
  };
  const users = numbersByName(textOf('/etc/passwd'));
  const groups = numbersByName(textOf('/etc/group'));
  const own = (path: string, owner: string): void => {
    const [user = 'root', group = user] = owner.split(':');
    lchownSync(join(root, path), numberOf(users, user), numberOf(groups, group));
  };
  for (const [path, mode, owner] of PACKAGE_DIRECTORIES) {
    if (path === '/dev' || path === '/proc' || path === '/usr') continue;
    chmodSync(join(root, path), mode);
    own(path, owner);
  }
  for (const [path, entry] of plan.entries) {
    const real = join(root, path);
    if (lstatSync(dirname(real)).isSymbolicLink()) throw new Error(`${path} lies behind a symlink`);
    if (entry.kind === 'symlink') {
      symlinkSync(entry.target, real);
      continue;
    }
    if (entry.kind === 'directory') mkdirSync(real, { recursive: true });
    else writeFileSync(real, entry.text);
    // A base tree lists directories like /usr or /var that stand already, with their own owners.
    if (
      entry.kind === 'directory' &&
      PACKAGE_DIRECTORIES.some(([known]) => known === path) &&
      entry.mode === 0o755
    ) {
      if (entry.owner === 'root:root') continue;
    }
    chmodSync(real, entry.mode);
    own(path, entry.owner);
  }
}

/** `name:x:NUMBER:` of /etc/passwd and /etc/group alike. */
function numbersByName(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split('\n').map((line) => [line.split(':')[0] ?? '', Number(line.split(':')[2] ?? '0')]),
  );
}

function numberOf(numbers: ReadonlyMap<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  if (/^\d+$/.test(name)) return Number(name);
  // /run/php belongs to www-data on Debian; a host without that user got it from another package.
  if (name === 'www-data') return 0;
  throw new Error(`the host has no user or group ${name}`);
}
