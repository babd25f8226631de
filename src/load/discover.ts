import { resolve as resolvePath } from 'node:path';
import { discoverPaths } from './discover-paths.ts';
import type { FileSystem } from './file-system.ts';
import type { Discovery, HostInput, LoadProblem } from './host-input.ts';
import { findMasters } from './php.ts';
import { openRoot, type Root } from './root.ts';
import { UsageError } from './usage-error.ts';

/** What a user named. */
export interface DiscoverRequest {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** Files, directories and patterns; empty where the root or the live host is meant. */
  readonly paths: readonly string[];
  /** The directory that plays `/`, as the user gave it. */
  readonly root?: string;
  /** Patterns of files that are not read when directories are walked, relative to `cwd`. */
  readonly exclude: readonly string[];
}

/** Where nginx.conf lies: packages, `make install`, FreeBSD and Homebrew, aaPanel, OpenResty. The first that is there is taken. */
const NGINX_MAINS = [
  '/etc/nginx/nginx.conf',
  '/usr/local/nginx/conf/nginx.conf',
  '/usr/local/etc/nginx/nginx.conf',
  '/opt/homebrew/etc/nginx/nginx.conf',
  '/www/server/nginx/conf/nginx.conf',
  '/usr/local/openresty/nginx/conf/nginx.conf',
  '/etc/openresty/nginx.conf',
  '/opt/bitnami/nginx/conf/nginx.conf',
] as const;

/**
 * Finds out what a call's arguments stand for: the live host, the host whose `/` a directory plays, or single files. Throws `UsageError`
 * where a path is not there or nothing can be linted. Asynchronous only because globby is, and that is loaded only for a pattern.
 */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const { fs, cwd, paths, root } = request;
  if (root !== undefined) {
    const directory = resolvePath(cwd, root);
    requireDirectory(fs, directory, root);
    return found([hostAt(openRoot(fs, directory, cwd), directory === '/' ? 'this host' : root)], root);
  }
  if (paths.length === 0) return found([hostAt(openRoot(fs, '/', cwd), 'this host')], 'this host');
  const { roots, host, problems } = await discoverPaths(request);
  const hosts = roots.map((directory) => {
    const opened = openRoot(fs, directory, cwd);
    return hostAt(opened, opened.display('/'));
  });
  return { hosts: [...hosts, ...host], problems };
}

function found(hosts: readonly [HostInput], name: string): Discovery {
  const [host] = hosts;
  if (!host.nginx && host.masters.length === 0) {
    throw new UsageError(
      `neither nginx nor php-fpm was found ${name === 'this host' ? 'on this host' : `in ${name}`}`,
      'looked for etc/nginx/nginx.conf, etc/php/*/fpm/php-fpm.conf and the places other packages use; give the files as paths, or --root DIR',
    );
  }
  const problems: LoadProblem[] = [];
  return { hosts, problems };
}

function requireDirectory(fs: FileSystem, directory: string, given: string): void {
  const resolved = openRoot(fs, '/', directory).resolve(directory);
  if (resolved.kind !== 'found') throw new UsageError(`--root ${given}: ${resolved.message}`);
  if (resolved.status.kind !== 'directory') throw new UsageError(`--root ${given}: it is not a directory`);
}

/** A whole host: the directory that plays `/` is all there is. */
function hostAt(root: Root, name: string): HostInput {
  const main = NGINX_MAINS.find((path) => root.exists(path));
  const { masters, unresolved } = findMasters(root);
  return {
    name,
    root,
    given: root.isLive ? 'live' : 'root',
    ...(main === undefined ? {} : { nginx: { kind: 'main', path: main } }),
    masters,
    poolFiles: [],
    iniFiles: [],
    complete: {
      nginx: main !== undefined,
      fpm: unresolved.length === 0 && (masters.length > 0 || root.isWhole),
    },
  };
}
