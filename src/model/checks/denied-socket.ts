import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSaying } from '../fpm/pools-saying.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link, PeerLink } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { accessByLines, accessDirectives, type DeniedAccess, socketAccess } from './permission.ts';

/** A pool's socket that nginx's workers cannot open, with the passes that dial it. */
export interface DeniedSocket {
  readonly master: Master;
  readonly pool: Pool;
  readonly access: DeniedAccess;
  /** Where the pool says where it listens. */
  readonly listen: Span;
  readonly links: readonly Link[];
  /** The address as nginx logs it: `unix:/run/php/shop.sock`. */
  readonly logged: string;
}

/** What a look at all sockets in use gives: those that are locked, and why others could not be judged. */
export interface DeniedSockets {
  readonly denied: readonly DeniedSocket[];
  readonly unknown: readonly string[];
}

const known = new WeakMap<Host, DeniedSockets>();

/** Judges the sockets of all pools that a request can lead to, once a host. */
export function deniedSockets(host: Host): DeniedSockets {
  const judged = known.get(host) ?? judgeSockets(host);
  known.set(host, judged);
  return judged;
}

function judgeSockets(host: Host): DeniedSockets {
  const denied: DeniedSocket[] = [];
  const unknown = new Set<string>();
  for (const master of host.masters) {
    const mayBeDenied = (pool: Pool) => accessByLines(pool, host).kind !== 'allowed';
    for (const pool of poolsSaying(master.pools, accessDirectives, mayBeDenied)) {
      const all = linksTo(pool, host);
      if (all.length === 0) continue;
      const access = socketAccess(pool, host);
      if (access.kind === 'allowed') continue;
      // In another container the same names are other numbers: shared-socket-uid-mismatch compares those.
      const links = all.filter(({ from }) => from === host.place);
      const listen = spanOf(pool.listen);
      if (links.length === 0 || !listen) continue;
      if (access.kind === 'unknown') unknown.add(access.why);
      if (access.kind !== 'denied') continue;
      const peer = links[0]?.peers.find((each) => leadsTo(each, pool));
      const logged = peer?.target.kind === 'address' ? peer.target.logged : '';
      denied.push({ master, pool, access, listen, links, logged });
    }
  }
  return { denied, unknown: [...unknown] };
}

function leadsTo({ result }: PeerLink, pool: Pool): boolean {
  return (
    result.kind === 'found' &&
    result.listeners.some(({ owner }) => owner.kind === 'pool' && owner.pool === pool)
  );
}
