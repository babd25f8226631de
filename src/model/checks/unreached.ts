import type { PublishedPort } from '../../load/network-place.ts';
import type { Host } from '../host.ts';
import { type Dialed, dialedPeers } from '../links/dialed.ts';
import type { PeerLink } from '../links/link.ts';
import type { Unreached } from '../links/neighbour.ts';
import type { Pass } from '../nginx/pass.ts';
import { oncePer } from '../once-per.ts';
import { runTimeNames } from './run-time-name.ts';

/** An address that requests are sent to and at which nobody answers, on whichever host. */
export interface UnreachedAddress<Kind extends Unreached['kind']> {
  readonly dialed: Dialed;
  readonly how: Extract<Unreached, { kind: Kind }>;
}

/** The addresses of a host at which nobody answers for this reason, each place once. */
export function unreachedAddresses<Kind extends Unreached['kind']>(
  host: Host,
  kind: Kind,
): readonly UnreachedAddress<Kind>[] {
  return unreachedDialed(host).flatMap(({ dialed, how }) => (isOf(how, kind) ? [{ dialed, how }] : []));
}

const unreachedDialed = oncePer((host: Host): readonly { dialed: Dialed; how: Unreached }[] =>
  dialedPeers(host).flatMap((dialed) => {
    const { result } = dialed.peer;
    return result.kind === 'unreached' ? [{ dialed, how: result.how }] : [];
  }),
);

function isOf<Kind extends Unreached['kind']>(
  how: Unreached,
  kind: Kind,
): how is Extract<Unreached, { kind: Kind }> {
  return how.kind === kind;
}

/** An address that leads to another host, where nobody listens on it. */
export interface UnheardAddress {
  readonly dialed: Dialed;
  readonly how: Extract<Unreached, { kind: 'port' | 'loopback' | 'socket' }>;
}

/**
 * The addresses that lead out of a host to where nobody listens on them. Those that have a cause of their own are left
 * out: a published port, a pool on the loopback address of its container.
 */
export function unheardAddresses(host: Host): readonly UnheardAddress[] {
  return unreachedDialed(host).flatMap(({ dialed, how }): readonly UnheardAddress[] => {
    switch (how.kind) {
      case 'port':
        return publishedPort(dialed, how) ? [] : [{ dialed, how }];
      case 'loopback':
        return isPoolInContainer(how) ? [] : [{ dialed, how }];
      case 'socket':
        return [{ dialed, how }];
      default:
        return [];
    }
  });
}

/** The port of the machine that is dialed in place of that of the container. */
export function publishedPort(
  { peer: { address } }: Dialed,
  { there }: Extract<Unreached, { kind: 'port' }>,
): PublishedPort | undefined {
  return there.place.published.find(({ outside }) => address?.kind === 'tcp' && outside === address.port);
}

/** True for a pool that only its own container can reach. */
export function isPoolInContainer({ there, listener }: Extract<Unreached, { kind: 'loopback' }>): boolean {
  return listener.owner.kind === 'pool' && there.place.kind === 'service';
}

/** A name that means nobody where nginx looks it up. */
export interface UnknownName {
  readonly name: string;
  readonly peer: PeerLink;
  /** What nginx writes, without the place. */
  readonly log: string;
  /** The pass that has it looked up with each request; absent where nginx does so as it starts, and then does not start. */
  readonly atRunTime?: Pass;
  readonly how: Extract<Unreached, { kind: 'no-name' | 'no-network' }>;
}

/**
 * The names that nobody has, each place once. What is written out is looked up as nginx starts, whether a request comes
 * there or not; what a variable gives, with each request.
 */
export function unknownNames(host: Host): readonly UnknownName[] {
  const found = new Map<string, UnknownName>();
  const add = (peer: PeerLink, more: (name: string) => Pick<UnknownName, 'log' | 'atRunTime'>): void => {
    const { result, address, directive, word } = peer;
    if (result.kind !== 'unreached' || address?.kind !== 'tcp') return;
    const { how } = result;
    if (how.kind !== 'no-name' && how.kind !== 'no-network') return;
    const place = `${directive.source.file}:${word.start}`;
    if (!found.has(place)) found.set(place, { name: address.host, peer, how, ...more(address.host) });
  };
  for (const { pass, peers } of host.links) {
    for (const peer of peers) {
      if (pass.atRunTime && !peer.upstream) continue;
      // A pass is looked up by its host alone, the server of an upstream as it is written.
      add(peer, (name) => ({
        log: `host not found in upstream "${peer.upstream ? peer.word.value : name}"`,
      }));
    }
  }
  for (const { link, peer, resolver } of runTimeNames(host)) {
    if (!resolver) continue;
    add(peer, (name) => ({ log: `${name} could not be resolved (3: Host not found)`, atRunTime: link.pass }));
  }
  return [...found.values()];
}
