import type { Host } from '../host.ts';
import type { Address } from '../links/address.ts';
import { answering } from '../links/dialed.ts';
import type { Link, PeerLink } from '../links/link.ts';
import { type LinkKind, linksOfKinds } from '../links/link-kind.ts';
import { kindsAmong, type Listener } from '../links/listener.ts';
import { type Block, effectiveAll, own } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';
import { selectServer } from '../nginx/select-server.ts';
import { oncePer } from '../once-per.ts';
import { spokenBy } from './protocol-mismatch.ts';

/** A pass by which a request comes back to the location that it left. */
export interface ProxyLoop {
  readonly link: Link;
  readonly peer: PeerLink;
  /** The name by which nginx finds its own server again. */
  readonly name: string;
  /** How many connections one worker of nginx may have. */
  readonly connections: number;
}

/** Finds the passes that lead back to themselves: same address, same server by name, same path. */
export function proxyLoops(host: Host): readonly ProxyLoop[] {
  const connections = workerConnections(host);
  if (!host.nginx?.complete || connections === undefined) return [];
  // With the network of the machine, nginx may not be the one that got the port.
  if (host.place?.isNamespaceOpen) return [];
  return linksOfKinds(host, mayLoop).flatMap((link): readonly ProxyLoop[] => {
    const { pass, peers } = link;
    const [peer, ...others] = peers.filter(({ upstream }) => !upstream?.server.down);
    if (!peer || others.length > 0 || !keepsPath(pass)) return [];
    const listeners = listenersFor(peer);
    if (listeners.length === 0) return [];
    const name = hostNamesOf(pass).find((each) => selectServer(listeners, each) === pass.server);
    return name === undefined ? [] : [{ link, peer, name, connections }];
  });
}

function mayLoop({ pass: { protocol, isReachable } }: LinkKind): boolean {
  return isReachable && (protocol === 'http' || protocol === 'https');
}

/** https://nginx.org/en/docs/ngx_core_module.html#worker_connections */
function workerConnections({ nginx }: Host): number | undefined {
  const events = nginx?.main.blocks.find(({ kind }) => kind === 'events');
  const text = events && own(events, 'worker_connections')?.args[0]?.value;
  const connections = text === undefined ? 512 : Number(text);
  return Number.isInteger(connections) ? connections : undefined;
}

/** The servers of nginx that a connection arrives at; an address of its own comes before `*`. None where others listen too. */
function listenersFor(peer: PeerLink): readonly Listener[] {
  const listeners = answering(peer);
  if (kindsAmong(listeners).some(({ owner }) => owner.kind !== 'server')) return [];
  const { address } = peer;
  const byHost = listenersByHost(listeners);
  const exact = address && byHost.get(hostOf(address));
  if (exact) return exact;
  // `localhost` may be one address of a server and another of the next one: then nobody knows.
  return byHost.size === 1 ? listeners : [];
}

const listenersByHost = oncePer(
  (listeners: readonly Listener[]): ReadonlyMap<string, readonly Listener[]> => {
    const byHost = new Map<string, Listener[]>();
    for (const listener of listeners) {
      const host = hostOf(listener.address);
      const same = byHost.get(host);
      if (same) same.push(listener);
      else byHost.set(host, [listener]);
    }
    return byHost;
  },
);

function hostOf(address: Address): string {
  return address.kind === 'tcp' ? address.host : address.path;
}

/** Whether the next request has the path of this one, and nothing looks at anything else before it is passed on. */
function keepsPath({ block, location, server, word }: Pass): boolean {
  if (block !== location.block || word.value.includes('$')) return false;
  if (looksAtMore(block).answer || looksAtMore(server.block).answer) return false;
  const path = word.value.replace(/^https?:\/\/[^/?]*/i, '');
  const isUnix = /^https?:\/\/unix:/i.test(word.value);
  return (
    !isUnix && (path === '' || (path === '/' && location.match === 'prefix' && location.pattern === '/'))
  );
}

/** Whether something in a block may look at more of a request than its path. A server has as many passes as it likes. */
const looksAtMore = oncePer(({ directives }: Block) => ({
  answer: directives.some(
    ({ name }) => name === 'rewrite' || name === 'if' || name.includes('_by_lua') || name === 'auth_request',
  ),
}));

/**
 * The names that may stand in the next request's `Host`: those of the server itself where the header is handed on, else what
 * nginx puts there. https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
 */
function hostNamesOf(pass: Pass): readonly string[] {
  if (spokenBy(pass) === undefined) return [];
  const header = effectiveAll(pass.block, 'proxy_set_header').find(
    ({ args }) => args[0]?.value.toLowerCase() === 'host',
  );
  const value = header?.args[1]?.value ?? '$proxy_host';
  const proxyHost = /^https?:\/\/([^/?]*)/i.exec(pass.word.value)?.[1] ?? '';
  switch (value) {
    case '$host':
    case '$http_host':
    case '$server_name':
      return pass.server.names
        .map((name) => name.value)
        .filter((name) => /^[a-z0-9][a-z0-9.-]*$/i.test(name));
    case '$proxy_host':
      return [withoutPort(proxyHost)];
    default:
      return value.includes('$') ? [] : [withoutPort(value)];
  }
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
