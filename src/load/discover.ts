import { resolve as resolvePath } from 'node:path';
import { discoverPaths } from './discover-paths.ts';
import type { DiscoverRequest, Discovery, HostInput } from './host-input.ts';
import { type Machine, machinePlaces } from './machine.ts';
import { nearPathHint } from './near-path.ts';
import { findNginxMain } from './nginx-main.ts';
import { findMasters } from './php.ts';
import { openRoot, type Root } from './root.ts';
import { UsageError } from './usage-error.ts';

/**
 * Finds out what a call's arguments stand for: the live host, the host whose `/` a directory plays, or single files. Throws `UsageError`
 * where a path is not there or nothing can be linted. Asynchronous only because globby is, and that is loaded only for a pattern.
 */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const { fs, cwd, paths, root, machines = [] } = request;
  if (root !== undefined) {
    const directory = directoryAt(request, root, `--root ${root}`);
    return found([hostAt(openRoot(fs, directory, cwd), directory === '/' ? 'this host' : root)], root);
  }
  if (paths.length === 0 && machines.length > 0) {
    return { hosts: machineHosts(request, machines), problems: [], templates: [] };
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
  if (!isConfigured(host)) {
    const where = name === 'this host' ? 'on this host' : `in ${name}`;
    throw new UsageError(`neither nginx nor php-fpm was found ${where}; give files as paths, or --root DIR`);
  }
  return { hosts, problems: [], templates: [] };
}

function isConfigured({ nginx, masters }: HostInput): boolean {
  return nginx !== undefined || masters.length > 0;
}

/** Machines that only run apps are among them, but not all can be. */
function machineHosts({ fs, cwd }: DiscoverRequest, machines: readonly Machine[]): readonly HostInput[] {
  const places = machinePlaces(machines);
  const hosts = machines.map(({ name, root }, at): HostInput => {
    const directory = directoryAt({ fs, cwd }, root, `hosts.${name}: root ${root}`);
    const place = places[at];
    return { ...hostAt(openRoot(fs, directory, cwd), name), ...(place && { place }) };
  });
  if (hosts.some(isConfigured)) return hosts;
  const names = machines.map(({ name }) => name).join(', ');
  throw new UsageError(`neither nginx nor php-fpm was found on any of the hosts ${names}`);
}

function directoryAt({ fs, cwd }: Pick<DiscoverRequest, 'fs' | 'cwd'>, given: string, title: string): string {
  const directory = resolvePath(cwd, given);
  const resolved = openRoot(fs, '/', directory).resolve(directory);
  if (resolved.kind !== 'found') {
    throw new UsageError(`${title}: ${resolved.message}${nearPathHint(fs, cwd, given)}`);
  }
  if (resolved.status.kind !== 'directory') throw new UsageError(`${title}: it is not a directory`);
  return directory;
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
