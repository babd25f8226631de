import type { Listener } from '../links/listener.ts';
import type { Server } from './server.ts';

/**
 * The server that nginx takes for a host name, of those that listen where a connection arrives: the exact name first, then
 * the longest `*.` in front, then the longest `.*` behind, else the default. `undefined` where a regular expression may
 * decide. https://nginx.org/en/docs/http/server_names.html
 */
export function selectServer(listeners: readonly Listener[], name: string): Server | undefined {
  const servers = serversAt(listeners);
  const names = servers.flatMap(({ server }) =>
    server.names.map((word) => ({ server, pattern: word.value.toLowerCase() })),
  );
  const wanted = name.toLowerCase();
  const exact = names.find(({ pattern }) => pattern === wanted || pattern === `.${wanted}`);
  if (exact) return exact.server;
  const longest = (matches: (pattern: string) => boolean): Server | undefined =>
    names
      .filter(({ pattern }) => matches(pattern))
      .toSorted((one, other) => other.pattern.length - one.pattern.length)[0]?.server;
  const inFront = longest((pattern) => {
    const suffix = pattern.startsWith('*.')
      ? pattern.slice(1)
      : pattern.startsWith('.')
        ? pattern
        : undefined;
    return suffix !== undefined && wanted.endsWith(suffix);
  });
  const behind = longest((pattern) => pattern.endsWith('.*') && wanted.startsWith(pattern.slice(0, -1)));
  const wildcard = inFront ?? behind;
  if (wildcard) return wildcard;
  if (names.some(({ pattern }) => pattern.startsWith('~'))) return undefined;
  return (servers.find(({ isDefault }) => isDefault) ?? servers[0])?.server;
}

function serversAt(
  listeners: readonly Listener[],
): readonly { readonly server: Server; readonly isDefault: boolean }[] {
  return listeners.flatMap(({ owner, address, span }) => {
    if (owner.kind !== 'server') return [];
    const { server } = owner;
    const listen = server.listens.find(
      (each) => each.address === address || (span && each.directive?.start === span.start),
    );
    return [{ server, isDefault: listen?.defaultServer ?? false }];
  });
}
