import { directoryOf, liesIn } from '../../syntax/path-parts.ts';
import type { Span } from '../../syntax/source.ts';
import type { Pool } from '../fpm/pool.ts';
import { spanOf } from '../fpm/setting.ts';
import type { PathAccess } from '../host/host-paths.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { dialedAs } from '../links/serves.ts';
import { type NginxWorker, nginxWorkerOf } from './permission.ts';

/** A pool's socket in a directory that nginx may not enter. */
export interface ClosedDirectory {
  readonly pool: Pool;
  readonly nginxUser: string;
  readonly directory: string;
  /** Its mode in octal: `0750`. */
  readonly mode: string;
  readonly listen: Span;
  readonly links: readonly Link[];
  /** The address as nginx logs it. */
  readonly logged: string;
  /** False where an access list, which the mode does not show, might let nginx in. */
  readonly certain: boolean;
}

/**
 * The sockets that nginx cannot reach because it has no search permission on a directory above, path_resolution(7). With
 * an access list the group's bits show the most that the list grants: without search there, nobody has it by the list.
 * https://www.man7.org/linux/man-pages/man5/acl.5.html
 */
export function closedDirectories(host: Host): readonly ClosedDirectory[] {
  const worker = nginxWorkerOf(host);
  if (!worker || worker.uid === undefined || worker.uid === 0) return [];
  const closed = closedAbove(worker, host);
  return host.masters.flatMap(({ pools }) =>
    pools.flatMap((pool) => {
      if (pool.listenAddress?.kind !== 'unix') return [];
      const found = closed(pool.listenAddress.path);
      const dialed = found && dialedAs(pool, host);
      const listen = dialed && spanOf(pool.listen);
      if (!dialed || !listen) return [];
      const { directory, access } = found;
      return [
        {
          pool,
          nginxUser: worker.name,
          directory,
          mode: (access.mode & 0o7777).toString(8).padStart(4, '0'),
          listen,
          ...dialed,
          certain: host.users?.complete === true && (access.mode & 0o010) === 0,
        },
      ];
    }),
  );
}

interface Closed {
  readonly directory: string;
  readonly access: PathAccess;
}

/** Finds the first directory on the way to a path that nginx may not enter. Most sockets share a few directories. */
function closedAbove(worker: NginxWorker, host: Host): (path: string) => Closed | undefined {
  const known = new Map<string, Closed | undefined>();
  let last: string | undefined;
  let closed: Closed | undefined;
  return (path) => {
    if (last !== undefined && liesIn(path, last)) return closed;
    last = directoryOf(path);
    closed = known.has(last) ? known.get(last) : firstClosed(last, worker, host);
    known.set(last, closed);
    return closed;
  };
}

function firstClosed(last: string, worker: NginxWorker, { paths }: Host): Closed | undefined {
  const above: string[] = [];
  for (let at = last; at !== '/'; at = directoryOf(at)) above.unshift(at);
  for (const directory of above) {
    const fact = paths.at(directory);
    const access = fact.kind === 'directory' ? fact.access : undefined;
    if (access && !mayEnter(access, worker)) return { directory, access };
  }
  return undefined;
}

function mayEnter({ uid, gid, mode }: PathAccess, worker: NginxWorker): boolean {
  if (uid === worker.uid) return (mode & 0o100) !== 0;
  return (mode & (worker.gids.includes(gid) ? 0o010 : 0o001)) !== 0;
}
