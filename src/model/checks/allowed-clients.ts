import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSetting } from '../fpm/pools-saying.ts';
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
    poolsSetting(master.pools, 'listen.allowed_clients').flatMap((pool) => {
      const { listenAllowedClients: list, listenAddress } = pool;
      if (list.kind !== 'given' || !list.value || listenAddress?.kind === 'unix') return [];
      const entries = list.value.split(',');
      const allowed = new Set(entries.filter(isLiteral).map(plain));
      const links = linksTo(pool, host).filter((link) =>
        clientsOf(link, pool).every((client) => isShutOut(client, allowed)),
      );
      if (links.length === 0) return [];
      const clients = links.flatMap((link) => clientsOf(link, pool));
      return [
        {
          master,
          pool,
          span: list.span,
          clients: [...new Set(clients.flatMap(({ addresses }) => addresses))],
          wrong: entries.filter((entry) => !isLiteral(entry)),
          links,
          certain: clients.every((client) => !client.hasMore || !mayHold(allowed, client)),
        },
      ];
    }),
  );
}

/** Where nginx comes from when it dials a pool. */
interface Client {
  readonly addresses: readonly string[];
  /** True where it may come from another address than these, which is none of the loopback addresses. */
  readonly hasMore: boolean;
  /** The family of all its addresses, where that is known. */
  readonly family?: 4 | 6;
}

/** The addresses nginx may come from when it dials the pool; of one that is not known at all nothing can be said. */
function clientsOf(link: Link, pool: Pool): readonly Client[] {
  if (effective(link.pass.block, 'fastcgi_bind')) return [anybody];
  return link.peers.flatMap(({ address, result }): readonly Client[] => {
    const leadsHere =
      result.kind === 'found' &&
      result.listeners.some(({ owner }) => owner.kind === 'pool' && owner.pool === pool);
    if (!leadsHere) return [];
    if (address?.kind !== 'tcp') return [anybody];
    if (address.host === 'localhost') return [{ addresses: ['127.0.0.1', '::1'], hasMore: false }];
    if (isLoopback(address.host)) return [{ addresses: [address.host], hasMore: false }];
    return [result.on?.length ? clientFrom(link.from, address.host) : anybody];
  });
}

const anybody: Client = { addresses: [], hasMore: false };

/** A connection comes from an address of the family that is dialed. A machine may have more addresses than were told. */
function clientFrom(place: Link['from'], dialed: string): Client {
  const family = isIpAddress(dialed) ? familyOf(dialed) : undefined;
  const literal = place?.addresses.filter(isIpAddress) ?? [];
  const addresses = literal.filter((each) => family === undefined || familyOf(each) === family);
  return {
    addresses,
    hasMore: place?.kind === 'machine' || addresses.length === 0,
    ...(family && { family }),
  };
}

function isShutOut(client: Client, allowed: ReadonlySet<string>): boolean {
  const { addresses, hasMore } = client;
  if (addresses.length === 0) return hasMore && !mayHold(allowed, client);
  return addresses.every((address) => !allowed.has(address));
}

/** Whether the list holds an address that another host could have. */
function mayHold(allowed: ReadonlySet<string>, { family }: Client): boolean {
  return [...allowed].some(
    (address) => !isLoopback(address) && (family === undefined || familyOf(address) === family),
  );
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

function isLiteral(entry: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(entry) || (entry.includes(':') && /^[0-9a-f:.]*$/i.test(entry));
}

/** An IPv4 address that is written as one of IPv6 is the same. */
function plain(entry: string): string {
  const lower = entry.toLowerCase();
  return lower.startsWith('::ffff:') && lower.includes('.') ? lower.slice('::ffff:'.length) : lower;
}
