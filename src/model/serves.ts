import type { Master } from './fpm/master.ts';
import type { Pool } from './fpm/pool.ts';
import type { Host } from './host.ts';
import type { Link } from './link.ts';
import type { Server } from './nginx/server.ts';

/** The links of a host that lead to a pool. */
export function linksTo(pool: Pool, host: Host): readonly Link[] {
  return linksWhere(host, (owner) => owner.pool === pool);
}

/** The servers that pass requests to any pool of a master. */
export function serversBehind(master: Master, host: Host): readonly Server[] {
  const links = linksWhere(host, (owner) => owner.master === master);
  return [...new Set(links.map((link) => link.pass.server))];
}

function linksWhere(
  host: Host,
  isMeant: (owner: { readonly pool: Pool; readonly master: Master }) => boolean,
): readonly Link[] {
  return host.links.filter(
    (link) =>
      link.pass.unreachable === undefined &&
      link.peers.some(
        ({ result }) =>
          result.kind === 'found' &&
          result.listeners.some(({ owner }) => owner.kind === 'pool' && isMeant(owner)),
      ),
  );
}
