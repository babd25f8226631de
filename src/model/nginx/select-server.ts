import type { Listener } from '../links/listener.ts';
import { oncePer } from '../once-per.ts';
import type { Server } from './server.ts';

/** A name of a server, and how many stand before it. */
interface Named {
  readonly server: Server;
  /** In small letters. */
  readonly pattern: string;
  readonly rank: number;
}

/** The servers that listen at one address, by their names: every site may ask for its own among all others. */
interface ServersByName {
  /** The first of each pattern. */
  readonly first: ReadonlyMap<string, Named>;
  readonly hasExpressions: boolean;
  readonly byDefault?: Server;
}

/**
 * The server that nginx takes for a host name, of those that listen where a connection arrives: the exact name first, then
 * the longest `*.` in front, then the longest `.*` behind, else the default. `undefined` where a regular expression may
 * decide. https://nginx.org/en/docs/http/server_names.html
 */
export function selectServer(listeners: readonly Listener[], name: string): Server | undefined {
  const { first, hasExpressions, byDefault } = serversByName(listeners);
  const wanted = name.toLowerCase();
  const exact = best([first.get(wanted), first.get(`.${wanted}`)], ({ rank }) => -rank);
  if (exact) return exact.server;
  const suffixes = dotsOf(wanted).map((dot) => wanted.slice(dot));
  const inFront = best(
    suffixes.flatMap((suffix) => [first.get(`*${suffix}`), first.get(suffix)]),
    ({ pattern }) => pattern.length,
  );
  const prefixes = dotsOf(wanted).map((dot) => wanted.slice(0, dot + 1));
  const behind = best(
    prefixes.map((prefix) => first.get(`${prefix}*`)),
    ({ pattern }) => pattern.length,
  );
  const wildcard = inFront ?? behind;
  if (wildcard) return wildcard.server;
  return hasExpressions ? undefined : byDefault;
}

function dotsOf(name: string): readonly number[] {
  const dots: number[] = [];
  for (let at = name.indexOf('.'); at !== -1; at = name.indexOf('.', at + 1)) dots.push(at);
  return dots;
}

/** The one with the highest score; of two the one that nginx reads first. */
function best(found: readonly (Named | undefined)[], score: (named: Named) => number): Named | undefined {
  return found
    .filter((named) => named !== undefined)
    .toSorted((one, other) => score(other) - score(one) || one.rank - other.rank)[0];
}

const serversByName = oncePer((listeners: readonly Listener[]): ServersByName => {
  const first = new Map<string, Named>();
  const servers = serversAt(listeners);
  let hasExpressions = false;
  let rank = 0;
  for (const { server } of servers) {
    for (const { value } of server.names) {
      const pattern = value.toLowerCase();
      if (pattern.startsWith('~')) hasExpressions = true;
      if (!first.has(pattern)) first.set(pattern, { server, pattern, rank });
      rank++;
    }
  }
  const byDefault = (servers.find(({ isDefault }) => isDefault) ?? servers[0])?.server;
  return { first, hasExpressions, ...(byDefault && { byDefault }) };
});

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
