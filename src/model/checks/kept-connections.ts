import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { poolsAt } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { effective, own } from '../nginx/block.ts';

/** Connections to a pool that nginx keeps open, each of which holds a worker although it is idle. */
export interface KeptConnections {
  readonly link: Link;
  readonly pool: Pool;
  readonly keepalive: Directive;
  readonly keepConn: Directive;
  /** Kept by one worker process of nginx. */
  readonly perProcess: number;
  /** Worker processes of nginx; at least one where it depends on the machine. */
  readonly processes: number;
  readonly isLeast: boolean;
  readonly maxChildren: number;
}

/**
 * Finds the upstreams whose kept connections can take every worker of a pool: a php-fpm worker reads the next request
 * from the connection it has, and accepts no other one meanwhile.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
 */
export function pinnedPools(host: Host): readonly KeptConnections[] {
  const links = linksOfKinds(host, ({ pass }) => pass.isReachable && pass.target === 'upstream');
  const { processes, isLeast } = workerProcesses(host);
  const found = new Map<Directive, KeptConnections>();
  for (const link of links) {
    const { pass } = link;
    if (pass.protocol !== 'fastcgi' || pass.target.kind !== 'upstream') continue;
    const keepConn = effective(pass.block, 'fastcgi_keep_conn')?.directive;
    const keepalive = own(pass.target.upstream.block, 'keepalive');
    const perProcess = Number(keepalive?.args[0]?.value);
    if (keepConn?.args[0]?.value.toLowerCase() !== 'on' || !keepalive || !(perProcess > 0)) continue;
    const pools = poolsBehind(link);
    const [pool] = pools;
    const counts = pools.map(({ maxChildren }) => knownValue(maxChildren));
    const maxChildren = counts.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0);
    if (!pool || found.has(keepalive) || !(processes * perProcess >= maxChildren)) continue;
    found.set(keepalive, { link, pool, keepalive, keepConn, perProcess, processes, isLeast, maxChildren });
  }
  return [...found.values()];
}

/** All pools of an upstream, each once; none where one of its servers is not a pool that was read. */
function poolsBehind({ peers }: Link): readonly Pool[] {
  const pools = new Set<Pool>();
  for (const peer of peers) {
    if (peer.upstream?.server.down) continue;
    const owners = poolsAt(peer);
    if (owners.length === 0) return [];
    for (const { pool } of owners) pools.add(pool);
  }
  return [...pools];
}

/** https://nginx.org/en/docs/ngx_core_module.html#worker_processes */
function workerProcesses({ nginx }: Host): { readonly processes: number; readonly isLeast: boolean } {
  const text = nginx && own(nginx.main, 'worker_processes')?.args[0]?.value;
  const processes = text === undefined ? 1 : Number(text);
  return Number.isInteger(processes) ? { processes, isLeast: false } : { processes: 1, isLeast: true };
}
