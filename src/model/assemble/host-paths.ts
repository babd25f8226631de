import type { LayoutName } from '../../load/php-layouts.ts';
import type { Root } from '../../load/root.ts';
import { runtimeDirectories } from '../../load/runtime-directories.ts';
import type { HostPaths, PathAccess, PathFact } from '../host/host-paths.ts';

/**
 * Directories that every system has, whether a checkout of its configuration holds them or not.
 * https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html
 */
const STANDARD: ReadonlySet<string> = new Set(
  `/ /boot /dev /dev/pts /dev/shm /etc /home /media /mnt /opt /proc /proc/self/fd /root /run /run/lock /srv /sys /tmp
  /usr /usr/bin /usr/games /usr/include /usr/lib /usr/libexec /usr/local /usr/local/bin /usr/local/etc /usr/local/lib
  /usr/local/sbin /usr/local/share /usr/sbin /usr/share /usr/src /var /var/cache /var/lib /var/local /var/log /var/mail
  /var/opt /var/spool /var/tmp`.split(/\s+/),
);

/** Below these everything is made anew at each boot. */
const VOLATILE = ['/run/', '/dev/shm/'] as const;

/** What the packages of php-fpm make outside of /etc, at installation or at boot. */
const PACKAGED: Partial<Record<LayoutName, readonly string[]>> = {
  debian: ['/run/php', '/var/lib/php', '/var/lib/php/sessions'],
  rhel: ['/run/php-fpm', '/var/log/php-fpm', '/var/lib/php', '/var/lib/php/session'],
};

/** Tells of the paths of a host; `layouts` are those of its php-fpm masters. */
export function hostPaths(root: Root, layouts: readonly LayoutName[]): HostPaths {
  const facts = new Map<string, PathFact>();
  const packaged = new Set(layouts.flatMap((layout) => PACKAGED[layout] ?? []));
  const isTrueOwner = ownersAreTrue(root);
  // A tree with the users of a host is a copy of its /etc, so that what is made at boot can be seen there.
  const isCopy = root.isWhole || (!root.isPartial && root.exists('/etc/passwd'));
  const knowsPackages = root.isWhole || layouts.every((layout) => PACKAGED[layout] !== undefined);
  // A container has no boot: what starts it may make any directory first.
  const boots = !root.isWhole || root.exists('/usr/lib/systemd/systemd');
  let made: ReadonlySet<string> | undefined;

  function judge(path: string): PathFact {
    const resolved = root.resolve(path);
    if (resolved.kind === 'found') {
      const { kind, mode, uid, gid } = resolved.status;
      // Every distribution closes it; a copy that holds only some files may not show that.
      const isRootsHome = resolved.path === '/root' && !root.isWhole;
      const access: PathAccess = isRootsHome ? { mode: 0o700, uid: 0, gid: 0 } : { mode, uid, gid };
      return { kind: kind === 'directory' ? 'directory' : 'file', ...(isTrueOwner && { access }) };
    }
    const real = resolved.path;
    if (STANDARD.has(real) || packaged.has(real)) return { kind: 'directory' };
    const unknown: PathFact = { kind: 'unknown', why: `the tree does not show whether ${real} exists` };
    if (!isCopy || real.startsWith('/tmp/')) return unknown;
    if (VOLATILE.some((top) => real.startsWith(top))) {
      made ??= runtimeDirectories(root);
      if (made.has(real)) return { kind: 'directory' };
      return knowsPackages && boots ? { kind: 'absent' } : unknown;
    }
    if (resolved.kind === 'missing') return isPackaged(real) && !knowsPackages ? unknown : { kind: 'absent' };
    return resolved.kind === 'outside' && isBesideUsr(real) ? { kind: 'absent' } : unknown;
  }

  return {
    at: (path) => {
      const known = facts.get(path);
      if (known) return known;
      const fact = judge(path);
      facts.set(path, fact);
      return fact;
    },
  };
}

/** Where packages make directories for the programs they bring; a copy seldom holds logs and caches. */
function isPackaged(path: string): boolean {
  return /^\/var\/(?:cache|lib|log)\/[^/]+$/.test(path);
}

/** `/usr/run` or `/usr/log`: below /usr only packages make directories, and none makes these. */
function isBesideUsr(path: string): boolean {
  return /^\/usr\/(?:run|var|log|tmp|etc)(?:\/|$)/.test(path);
}

/** A checkout belongs to the user who made it; in a copy of a system /etc belongs to root and everybody may enter it. */
function ownersAreTrue(root: Root): boolean {
  const etc = root.resolve('/etc');
  return (
    etc.kind === 'found' && !root.isPartial && etc.status.uid === 0 && (etc.status.mode & 0o005) === 0o005
  );
}
