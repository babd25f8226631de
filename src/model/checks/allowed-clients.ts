import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Host } from '../host.ts';
import { isIpAddress, isLoopback } from '../links/address.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { effective } from '../nginx/block.ts';

/** A pool that drops the connections of nginx because of `listen.allowed_clients`. */
export interface ClosedPool {
  readonly master: Master;
  readonly pool: Pool;
  readonly span: Span;
  /** The addresses nginx comes from; empty where they are only known to be none of the machine itself. */
  readonly clients: readonly string[];
  /** Entries that php-fpm does not take: networks, names, and addresses with a blank. */
  readonly wrong: readonly string[];
  readonly links: readonly Link[];
  /** False where nginx may come from an address that nobody told. */
  readonly certain: boolean;
}

/**
 * The pools whose list lets nginx in from nowhere. php-fpm cuts the list at commas and takes literal addresses only. A
 * connection to a loopback address comes from the same one, unless nginx binds another.
 * https://github.com/php/php-src/blob/PHP-8.2/main/fastcgi.c, fcgi_set_allowed_clients
 */
export function closedPools(host: Host): readonly ClosedPool[] {
  return host.masters.flatMap((master) =>
    master.pools.flatMap((pool) => {
      const { listenAllowedClients: list, listenAddress } = pool;
      if (list.kind !== 'given' || !list.value || listenAddress?.kind === 'unix') return [];
      const entries = list.value.split(',');
      const allowed = new Set(entries.filter(isLiteral).map(plain));
      const letsOnlyItself = [...allowed].every(isLoopback);
      const isShut = (client: Client): boolean => {
        if (client === 'unknown') return false;
        return client === 'another host' ? letsOnlyItself : !allowed.has(client);
      };
      const links = linksTo(pool, host).filter((link) => clientsOf(link, pool).every(isShut));
      if (links.length === 0) return [];
      const isTold = ({ from }: Link): boolean => from?.kind === 'machine' && !letsOnlyItself;
      const clients = new Set(links.flatMap((link) => clientsOf(link, pool)));
      return [
        {
          master,
          pool,
          span: list.span,
          clients: [...clients].filter((client) => client !== 'unknown' && client !== 'another host'),
          wrong: entries.filter((entry) => !isLiteral(entry)),
          links,
          certain: !links.every(isTold),
        },
      ];
    }),
  );
}

/** An address that nginx comes from; `another host` where it is only known to be none of the loopback addresses. */
type Client = string;

/** The addresses nginx may come from when it dials the pool. */
function clientsOf(link: Link, pool: Pool): readonly Client[] {
  if (effective(link.pass.block, 'fastcgi_bind')) return ['unknown'];
  return link.peers.flatMap(({ address, result }): readonly Client[] => {
    const leadsHere =
      result.kind === 'found' &&
      result.listeners.some(({ owner }) => owner.kind === 'pool' && owner.pool === pool);
    if (!leadsHere) return [];
    if (address?.kind !== 'tcp') return ['unknown'];
    if (address.host === 'localhost') return ['127.0.0.1', '::1'];
    if (isLoopback(address.host)) return [address.host];
    return result.on?.length ? clientsFrom(link.from) : ['unknown'];
  });
}

function clientsFrom(place: Link['from']): readonly Client[] {
  const literal = place?.addresses.filter(isIpAddress) ?? [];
  return literal.length > 0 ? literal : ['another host'];
}

function isLiteral(entry: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(entry) || (entry.includes(':') && /^[0-9a-f:.]*$/i.test(entry));
}

/** An IPv4 address that is written as one of IPv6 is the same. */
function plain(entry: string): string {
  const lower = entry.toLowerCase();
  return lower.startsWith('::ffff:') && lower.includes('.') ? lower.slice('::ffff:'.length) : lower;
}
