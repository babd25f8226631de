import { isLoopback, isWildcard } from './address.ts';
import type { App } from './app.ts';
import type { Host } from './host.ts';
import type { Link, PeerLink } from './link.ts';

/** A port of this host that nginx dials and that no app, pool or server declares. */
export interface WrongPort {
  readonly peer: PeerLink;
  readonly links: readonly Link[];
  readonly port: number;
  /** Declared apps that nothing dials: one of them is most likely meant. */
  readonly idle: readonly App[];
}

/** Finds the dialed ports that nobody declares. Without any declared app nothing is known, and nothing is reported. */
export function wrongPorts(host: Host): readonly WrongPort[] {
  if (host.apps.length === 0) return [];
  const dialed = new Set(
    host.links.flatMap(({ peers }) =>
      peers.flatMap(({ result }) =>
        result.kind === 'found'
          ? result.listeners.flatMap(({ owner }) => (owner.kind === 'app' ? [owner.app] : []))
          : [],
      ),
    ),
  );
  const idle = host.apps.filter((app) => !dialed.has(app));
  const byPlace = new Map<string, { peer: PeerLink; links: Link[]; port: number }>();
  for (const link of host.links) {
    const { protocol, unreachable } = link.pass;
    if (unreachable !== undefined || protocol === 'fastcgi') continue;
    for (const peer of link.peers) {
      const { address, result } = peer;
      if (result.kind === 'found' || address?.kind !== 'tcp' || peer.upstream?.server.down) continue;
      if (!isLoopback(address.host) && !isWildcard(address.host)) continue;
      const place = `${peer.directive.source.file}:${peer.word.start}`;
      const known = byPlace.get(place);
      if (known) known.links.push(link);
      else byPlace.set(place, { peer, links: [link], port: address.port });
    }
  }
  return [...byPlace.values()].map((found) => ({ ...found, idle }));
}
