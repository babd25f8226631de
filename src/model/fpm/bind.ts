import { addressText, normalUnixPath } from '../links/address.ts';
import type { Master } from './master.ts';
import type { Pool } from './pool.ts';
import { knownValue } from './setting.ts';

/** Two pools of one master whose `listen` is written differently and means one socket. */
export interface SameSocket {
  readonly first: Pool;
  readonly second: Pool;
  /** The address that both mean. */
  readonly address: string;
  /** What php-fpm logs before it gives up; absent where it lets both pools accept from one socket. */
  readonly log?: string;
}

interface Bound {
  readonly pool: Pool;
  readonly family: 4 | 6;
  readonly host: string;
  readonly port: number;
}

/**
 * Binds the sockets of a master in php-fpm's order. An address that is bound already under the same resolved name is
 * shared; one that the kernel finds taken ends php-fpm. A port alone is bound for IPv6, which takes IPv4 along, and for
 * IPv4 where that fails. Pools with the same text are left out: php-fpm refuses those before it binds.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c, fpm_sockets_get_listening_socket
 */
export function sameSockets(
  master: Master,
  lookup: (name: string) => readonly string[],
): readonly SameSocket[] {
  const found: SameSocket[] = [];
  const paths = new Map<string, Pool>();
  const ports = new Map<number, Bound[]>();
  /** Of all ports, and of the paths that are bound already. */
  const texts = new Set<string>();
  for (const pool of master.pools) {
    const { listenAddress } = pool;
    const path = listenAddress?.kind === 'unix' ? normalUnixPath(listenAddress.path) : undefined;
    const first = path === undefined ? undefined : paths.get(path);
    if (path !== undefined && !first) {
      paths.set(path, pool);
      continue;
    }
    const text = knownValue(pool.listen);
    if (text === undefined || texts.has(text)) continue;
    texts.add(text);
    if (path === undefined || !first) {
      const same = bindPort(pool, text, ports, lookup);
      if (same) found.push(same);
    } else if (text !== knownValue(first.listen)) {
      const log = `Another FPM instance seems to already listen on ${text}`;
      found.push({ first, second: pool, address: `unix:${path}`, log });
    }
  }
  return found;
}

function bindPort(
  pool: Pool,
  text: string,
  ports: Map<number, Bound[]>,
  lookup: (name: string) => readonly string[],
): SameSocket | undefined {
  let taken: Bound | undefined;
  for (const { host, family, port } of wantedOf(pool, lookup)) {
    const there = ports.get(port) ?? [];
    const shared = there.find((bound) => bound.host === host);
    if (shared)
      return { first: shared.pool, second: pool, address: addressText({ kind: 'tcp', host, port }) };
    const other = there.find((bound) => isTaken(host, family, bound));
    if (!other) {
      ports.set(port, [...there, { pool, host, family, port }]);
      return undefined;
    }
    taken = other;
  }
  if (!taken) return undefined;
  return {
    first: taken.pool,
    second: pool,
    address: addressText({ kind: 'tcp', host: taken.host, port: taken.port }),
    log: `unable to bind listening socket for address '${text}': Address already in use (98)`,
  };
}

/** The addresses php-fpm tries in turn; none where the name of a host is not known. */
function wantedOf(
  { listenAddress }: Pool,
  lookup: (name: string) => readonly string[],
): readonly Omit<Bound, 'pool'>[] {
  if (listenAddress?.kind === 'any') {
    const { port } = listenAddress;
    return [
      { family: 6, host: '::', port },
      { family: 4, host: '0.0.0.0', port },
    ];
  }
  if (listenAddress?.kind !== 'tcp') return [];
  const { port } = listenAddress;
  const written = listenAddress.host.toLowerCase();
  const [host, ...others] = isLiteral(written) ? [written] : lookup(written);
  // Of several addresses the resolver's order decides.
  if (host === undefined || others.length > 0) return [];
  return [{ family: host.includes(':') ? 6 : 4, host, port }];
}

/** Whether the kernel finds an address taken by one that is bound: `::` takes IPv4 along. */
function isTaken(host: string, family: 4 | 6, bound: Bound): boolean {
  if (host === '::' || bound.host === '::') return true;
  return family === bound.family && (host === '0.0.0.0' || bound.host === '0.0.0.0');
}

function isLiteral(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
