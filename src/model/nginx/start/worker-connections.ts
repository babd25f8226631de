import { isIpAddress, isWildcard } from '../../links/address.ts';
import { own } from '../block.ts';
import { listensOf } from '../different-listens.ts';
import type { Nginx } from '../nginx.ts';
import type { Listen } from '../server.ts';
import { directiveSpan, type Refusal } from './refusal.ts';

/** A `worker_connections` that the sockets of nginx itself use up. */
export interface TooFewConnections extends Refusal {
  /** `start`: nginx refuses to start. `pass`: it starts, and none is left to connect to an upstream. */
  readonly kind: 'start' | 'pass';
  readonly connections: number;
  readonly sockets: number;
}

/** What a worker holds beside its listening sockets: the channel to the master and the visitor that is served. */
const BESIDE_SOCKETS = 2;

/**
 * Compares `worker_connections` with the sockets that nginx listens on: each takes a connection of every worker, one
 * more is the channel to the master, and a request that is passed on takes two.
 * https://nginx.org/en/docs/ngx_core_module.html#worker_connections
 * https://github.com/nginx/nginx/blob/master/src/event/ngx_event.c, ngx_event_init_conf, ngx_event_process_init
 */
export function tooFewConnections(nginx: Nginx): TooFewConnections | undefined {
  const { main, complete, passes } = nginx;
  const events = main.blocks.find(({ kind }) => kind === 'events');
  const directive = events && own(events, 'worker_connections');
  const connections = Number(directive?.args[0]?.value ?? Number.NaN);
  if (!directive || !complete || Number.isNaN(connections)) return undefined;
  const sockets = listeningSockets(nginx);
  if (sockets === undefined || connections > sockets + BESIDE_SOCKETS) return undefined;
  const found = { connections, sockets, at: directiveSpan(directive), related: [] };
  if (connections <= sockets) {
    const log = `${connections} worker_connections are not enough for ${sockets} listening sockets`;
    return { ...found, kind: 'start', log };
  }
  // Without a master there is no channel; with room for the visitor only, what is not passed on is still served.
  const hasMaster = own(main, 'master_process')?.args[0]?.value !== 'off';
  if (!hasMaster || connections !== sockets + BESIDE_SOCKETS || passes.length === 0) return undefined;
  const log = `${connections} worker_connections are not enough while connecting to upstream`;
  return { ...found, kind: 'pass', log };
}

/** How many sockets nginx opens before it starts workers; undefined where a name may be several, or not all are known. */
function listeningSockets(nginx: Nginx): number | undefined {
  // Their sockets count as well, and the model does not read them.
  if (nginx.main.blocks.some(({ kind }) => kind === 'stream' || kind === 'mail')) return undefined;
  const { different, unread } = listensOf(nginx);
  if (unread.length > 0) return undefined;
  const listens = different.map(({ listen }) => listen);
  if (listens.some(isUnclear)) return undefined;
  const everywhere = new Set(listens.filter(isEverywhere).map(familyAndPort));
  const alone = new Set(listens.filter(hasSocketOption).map(socketKey));
  const bound = listens.filter(
    (listen) =>
      isEverywhere(listen) || alone.has(socketKey(listen)) || !everywhere.has(familyAndPort(listen)),
  );
  return new Set(bound.map(socketKey)).size;
}

/** A name, which may have several addresses, or a socket of QUIC, which is counted apart. */
function isUnclear({ address, directive }: Listen): boolean {
  const isName = address.kind === 'tcp' && !isWildcard(address.host) && !isIpAddress(address.host);
  return isName || (directive?.args.some(({ value }) => value === 'quic') ?? false);
}

function isEverywhere({ address }: Listen): boolean {
  return address.kind === 'tcp' && isWildcard(address.host);
}

/** A wildcard takes over the other addresses of its family and port, unless they have options of their own. */
function familyAndPort({ address }: Listen): string {
  return address.kind === 'unix' ? address.path : `${address.host.includes(':') ? 6 : 4} ${address.port}`;
}

function socketKey(listen: Listen): string {
  const { address } = listen;
  const host = address.kind === 'unix' || isWildcard(address.host) ? '' : address.host;
  return `${familyAndPort(listen)} ${host}`;
}

const SOCKET_OPTIONS: ReadonlySet<string> = new Set(
  'bind deferred reuseport setfib fastopen backlog rcvbuf sndbuf accept_filter ipv6only so_keepalive'.split(
    ' ',
  ),
);

function hasSocketOption({ directive }: Listen): boolean {
  return (directive?.args ?? []).some(({ value }) => SOCKET_OPTIONS.has(value.split('=', 1)[0] ?? ''));
}
