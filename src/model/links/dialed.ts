import type { Host } from '../host.ts';
import type { Pass } from '../nginx/pass.ts';
import { oncePer } from '../once-per.ts';
import { isMissing, type Link, type PeerLink } from './link.ts';
import { type LinkKind, linksOfKinds } from './link-kind.ts';
import { type Listener, poolsAmong } from './listener.ts';

/** One address that requests are sent to, with every pass that dials it from the same place in the files. */
export interface Dialed {
  readonly peer: PeerLink;
  readonly links: readonly Link[];
}

/**
 * The addresses of a host that a request can lead to, each place once: a snippet or an upstream that many servers use
 * is one of these. Servers marked `down` and passes that no request comes to are left out.
 */
export const dialedPeers = oncePer((host: Host) => dialedBy(host, () => true));

/**
 * The same without sockets that a pass names itself and that pools alone answer at, as they do in nearly every site of a panel:
 * there nothing goes by a name or a port, and both sides speak FastCGI.
 */
export const dialedBeyondPools = oncePer((host: Host) =>
  dialedBy(
    host,
    ({ pass, isAnsweredByPools }) =>
      pass.atRunTime || pass.target !== 'unix' || pass.protocol !== 'fastcgi' || !isAnsweredByPools,
  ),
);

/** Whoever chooses kinds has to choose all that lead to one place in one protocol, or none. */
function dialedBy(host: Host, isMeant: (kind: LinkKind) => boolean): readonly Dialed[] {
  const byPlace = new Map<string, { peer: PeerLink; links: Link[] }>();
  for (const link of linksOfKinds(host, (kind) => kind.pass.isReachable && isMeant(kind))) {
    for (const peer of link.peers) {
      if (peer.upstream?.server.down) continue;
      const place = `${peer.directive.source.file}:${peer.word.start}:${link.pass.protocol}`;
      const known = byPlace.get(place);
      known?.links.push(link);
      // One pass that always leads there tells more than a map that may.
      if (known?.peer.choice && !peer.choice) known.peer = peer;
      if (!known) byPlace.set(place, { peer, links: [link] });
    }
  }
  return [...byPlace.values()];
}

/** The passes behind an address. */
export function passesOf({ links }: Dialed): readonly Pass[] {
  return links.map(({ pass }) => pass);
}

/** Who answers at an address; empty where nobody does or nobody knows. */
export function answering({ result }: PeerLink): readonly Listener[] {
  return result.kind === 'found' ? result.listeners : [];
}

/** The pools that answer at an address. */
export function poolsAt(peer: PeerLink): ReturnType<typeof poolsAmong> {
  return poolsAmong(answering(peer));
}

/** The pools that answer at any address of a link. */
export function poolsBehind({ peers }: Link): ReturnType<typeof poolsAmong> {
  const [first] = peers;
  // Nearly every pass dials one address, and no array is made for each of ten thousand.
  return peers.length === 1 && first ? poolsAt(first) : peers.flatMap(poolsAt);
}

/** Other servers of the same upstream that are in use and not known to be dead: nginx may choose them instead. */
export function othersOf({ peer, links }: Dialed): readonly PeerLink[] {
  if (!peer.upstream) return [];
  return (links[0]?.peers ?? []).filter(
    (other) =>
      other.upstream?.server !== peer.upstream?.server &&
      other.upstream?.block === peer.upstream?.block &&
      !isMissing(other.result) &&
      !other.upstream?.server.down,
  );
}
