import { directoryOf, liesIn } from '../../syntax/path-parts.ts';
import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import { cutPath } from '../fpm/meant-listen.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSetting } from '../fpm/pools-saying.ts';
import { knownValue, type Setting } from '../fpm/setting.ts';
import { type HostPaths, parentFailure } from '../host/host-paths.ts';
import type { Host } from '../host.ts';

/** A path that php-fpm opens when it starts, in a directory that is not there. */
export interface MissingDirectory {
  readonly master: Master;
  /** The setting that names the path: `listen`, `pid`, `error_log`, `access.log`, `slowlog`, `chdir`, `chroot`, `prefix`. */
  readonly setting: string;
  /** The directory that is missing. */
  readonly directory: string;
  readonly span: Span;
  /** Further lines of the same master that need the same directory. */
  readonly others: readonly Span[];
  /** What php-fpm logs at the first of them. */
  readonly log: string;
  /** False where only the start shows it, and `php-fpm -t` does not. */
  readonly seenByTest: boolean;
}

type Found = Omit<MissingDirectory, 'others' | 'master'>;

/** The directories of sockets and of the pid file that are not there when php-fpm binds and writes. */
export function missingSocketDirectories(host: Host): readonly MissingDirectory[] {
  return inMasters(host, (master) => [
    ...poolsWithoutDirectory(master, host.paths).flatMap((pool) => socketDirectory(pool, host.paths)),
    ...opened(
      'pid',
      master.settings.pid,
      host.paths,
      false,
      (path) => `Unable to create the PID file (${path}).`,
    ),
  ]);
}

/** The directories of logs that are not there. The slow log is opened only where it is used. */
export function missingLogDirectories(host: Host): readonly MissingDirectory[] {
  const { paths } = host;
  return inMasters(host, ({ settings, pools }) => [
    ...opened('error_log', settings.errorLog, paths, true, (path) => `failed to open error_log (${path})`),
    ...poolsSetting(pools, 'access.log', 'slowlog').flatMap((pool) => [
      ...opened('access.log', pool.accessLog, paths, true, (path) => `failed to open access log (${path})`),
      ...((knownValue(pool.slowlogTimeout) ?? 0) > 0
        ? opened('slowlog', pool.slowlog, paths, true, (path) => `Unable to create or open slowlog(${path})`)
        : []),
    ]),
  ]);
}

/** The directories that pools are put into and that are not there. */
export function missingPoolDirectories(host: Host): readonly MissingDirectory[] {
  return inMasters(host, (master) =>
    poolsSetting(master.pools, 'prefix', 'chroot', 'chdir').flatMap((pool) =>
      poolDirectories(pool, master, host.paths),
    ),
  );
}

function inMasters(host: Host, find: (master: Master) => readonly Found[]): readonly MissingDirectory[] {
  return host.masters.flatMap((master) => {
    const byDirectory = new Map<string, { first: Found; others: Span[] }>();
    for (const found of find(master)) {
      const key = `${found.setting} ${found.directory}`;
      const known = byDirectory.get(key);
      if (known) known.others.push(found.span);
      else byDirectory.set(key, { first: found, others: [] });
    }
    return [...byDirectory.values()].map(({ first, others }) => ({ ...first, master, others }));
  });
}

/** The pools whose sockets lie in no directory. Most sockets of a host lie in one, which is looked up once. */
function poolsWithoutDirectory({ pools }: Master, paths: HostPaths): readonly Pool[] {
  let good: string | undefined;
  return pools.filter(({ listenAddress }) => {
    if (listenAddress?.kind !== 'unix') return false;
    const path = cutPath(listenAddress.path);
    if (good !== undefined && liesIn(path, good)) return false;
    if (parentFailure(paths, path) !== undefined) return true;
    good = directoryOf(path);
    return false;
  });
}

function socketDirectory({ listen, listenAddress }: Pool, paths: HostPaths): readonly Found[] {
  if (listen.kind !== 'given' || listenAddress?.kind !== 'unix') return [];
  const path = cutPath(listenAddress.path);
  const failure = parentFailure(paths, path);
  if (failure === undefined) return [];
  const log = `unable to bind listening socket for address '${path}': ${failure}`;
  return [{ setting: 'listen', directory: directoryOf(path), span: listen.span, log, seenByTest: false }];
}

function opened(
  setting: string,
  value: Setting<string | undefined>,
  paths: HostPaths,
  seenByTest: boolean,
  words: (path: string) => string,
): readonly Found[] {
  if (value.kind !== 'given' || !value.value?.startsWith('/')) return [];
  const failure = parentFailure(paths, value.value);
  if (failure === undefined) return [];
  const log = `${words(value.value)}: ${failure}`;
  return [{ setting, directory: directoryOf(value.value), span: value.span, log, seenByTest }];
}

/**
 * php-fpm looks at the prefix, the chroot and the directory to change to, each in full, the last inside the chroot. One
 * that does not run as root ignores chroot but looks all the same.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c, fpm_conf_process_all_pools
 */
function poolDirectories(pool: Pool, master: Master, paths: HostPaths): readonly Found[] {
  const found: Found[] = [];
  const look = (
    setting: string,
    value: Setting<string | undefined>,
    directory: string,
    words: string,
  ): void => {
    const { kind } = paths.at(directory);
    if (value.kind !== 'given' || (kind !== 'absent' && kind !== 'file')) return;
    const log = `[pool ${pool.name}] ${words} does not exist or is not a directory`;
    found.push({ setting, directory, span: value.span, log, seenByTest: true });
  };
  const { chdir } = pool;
  const prefix = knownValue(pool.prefix);
  if (prefix) look('prefix', pool.prefix, prefix, `the prefix '${prefix}'`);
  const chroot = knownValue(pool.chroot);
  if (chroot) look('chroot', pool.chroot, chroot, `the chroot path '${chroot}'`);
  if (found.length > 0 || pool.chroot.kind === 'unknown' || !chdir || chdir.kind !== 'given') return found;
  const directory = chdir.value;
  if (!directory) return found;
  if (!chroot || !master.isRoot) look('chdir', chdir, directory, `the chdir path '${directory}'`);
  else {
    const inside = `${chroot}/${directory}`;
    look(
      'chdir',
      chdir,
      inside,
      `the chdir path '${directory}' within the chroot path '${chroot}' ('${inside}')`,
    );
  }
  return found;
}
