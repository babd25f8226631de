import { resolve as resolvePath } from 'node:path';
import { discoverPaths } from './discover-paths.ts';
import type { FileSystem } from './file-system.ts';
import type { DiscoverRequest, Discovery, HostInput } from './host-input.ts';
import { findNginxMain } from './nginx-main.ts';
import { findMasters } from './php.ts';
import { openRoot, type Root } from './root.ts';
import { UsageError } from './usage-error.ts';

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
  const { roots, partial, problems, templates } = await discoverPaths(request);
  const whole = roots.map((directory) => {
    const opened = openRoot(fs, directory, cwd);
    return hostAt(opened, opened.display('/'));
  });
  return { hosts: [...whole, ...partial], problems, templates };
}

function found(hosts: readonly [HostInput], name: string): Discovery {
  const [host] = hosts;
  if (!host.nginx && host.masters.length === 0) {
    const where = name === 'this host' ? 'on this host' : `in ${name}`;
    throw new UsageError(`neither nginx nor php-fpm was found ${where}; give files as paths, or --root DIR`);
  }
  return { hosts, problems: [], templates: [] };
}

function requireDirectory(fs: FileSystem, directory: string, given: string): void {
  const resolved = openRoot(fs, '/', directory).resolve(directory);
  if (resolved.kind !== 'found') throw new UsageError(`--root ${given}: ${resolved.message}`);
  if (resolved.status.kind !== 'directory') throw new UsageError(`--root ${given}: it is not a directory`);
}

/** A whole host: the directory that plays `/` is all there is. */
function hostAt(root: Root, name: string): HostInput {
  const main = findNginxMain(root);
  const { masters, unresolved } = findMasters(root);
  return {
    name,
    root,
    given: root.isLive ? 'live' : 'root',
    ...(main === undefined ? {} : { nginx: { kind: 'main', path: main, others: [] } }),
    masters,
    poolFiles: [],
    iniFiles: [],
    complete: {
      nginx: main !== undefined,
      fpm: unresolved.length === 0 && (masters.length > 0 || root.isWhole),
    },
  };
}
