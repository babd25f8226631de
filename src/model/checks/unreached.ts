import type { PublishedPort } from '../../load/network-place.ts';
import type { Deployment } from '../deployment.ts';
import type { Host } from '../host.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import type { PeerLink } from '../links/link.ts';
import type { Unreached } from '../links/neighbour.ts';
import type { Pass } from '../nginx/pass.ts';
import { oncePer } from '../once-per.ts';
import { runTimeNames } from './run-time-name.ts';

/** An address that requests are sent to and at which nobody answers, on whichever host. */
export interface UnreachedAddress<Kind extends Unreached['kind']> {
  readonly dialed: Dialed;
  readonly how: Extract<Unreached, { kind: Kind }>;
  /** Under which condition somebody answers all the same, as it reads behind "unless". */
  readonly unless?: string;
}

/** The addresses of a host at which nobody answers for this reason, each place once. */
export function unreachedAddresses<Kind extends Unreached['kind']>(
  host: Host,
  kind: Kind,
): readonly UnreachedAddress<Kind>[] {
  return unreachedDialed(host).flatMap(({ how, ...rest }) => (isOf(how, kind) ? [{ how, ...rest }] : []));
}

interface Found {
  readonly dialed: Dialed;
  readonly how: Unreached;
  readonly unless?: string;
}

/** A host that is alone reaches nobody else: it need not be asked. */
const unreachedDialed = oncePer((host: Host): readonly Found[] => {
  if (!host.place) return [];
  return dialedBeyondPools(host).flatMap((dialed) => {
    const found = unreachedBy(dialed.peer);
    return found ? [{ dialed, ...found }] : [];
  });
});

/** Why nobody answers, for sure or most likely. */
function unreachedBy({
  result,
}: PeerLink): { readonly how: Unreached; readonly unless?: string } | undefined {
  if (result.kind === 'unreached') return { how: result.how };
  return result.kind === 'unknown' ? result.likely : undefined;
}

function isOf<Kind extends Unreached['kind']>(
  how: Unreached,
  kind: Kind,
): how is Extract<Unreached, { kind: Kind }> {
  return how.kind === kind;
}

/** An address that leads to another host, where nobody listens on it. */
export interface UnheardAddress {
  readonly dialed: Dialed;
  /** Who is meant to listen there: only a pool, where all that is spoken is FastCGI. */
  readonly meant: 'pool' | 'app';
  readonly how: Extract<Unreached, { kind: 'port' | 'loopback' | 'socket' }>;
  /** Under which condition somebody answers all the same, as it reads behind "unless". */
  readonly unless?: string;
}

/**
 * The addresses that lead out of a host to where nobody listens on them. Those that have a cause of their own are left
 * out: a published port, a pool on the loopback address of its container.
 */
export function unheardAddresses(host: Host): readonly UnheardAddress[] {
  return unreachedDialed(host).flatMap(({ how, ...rest }): readonly UnheardAddress[] => {
    const isForPool = rest.dialed.links.every(({ pass }) => pass.protocol === 'fastcgi');
    const meant = isForPool ? 'pool' : 'app';
    switch (how.kind) {
      case 'port':
        return publishedPort(rest.dialed, how) ? [] : [{ how, meant, ...rest }];
      case 'loopback':
        return isPoolInContainer(how) ? [] : [{ how, meant, ...rest }];
      case 'socket':
        return [{ how, meant, ...rest }];
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

/**
 * Why an app that nobody declared may listen on another machine all the same: each that is declared there is dialed. One
 * that nobody dials is most likely the one that is meant.
 */
export function doubtOfMachine({ how }: UnheardAddress, { hosts }: Deployment): string | undefined {
  if (how.kind !== 'port' || how.there.place.kind !== 'machine') return undefined;
  const there = hosts.find(({ place }) => place === how.there.place);
  const dialed = new Set(
    [...(there?.links ?? []), ...(there?.incoming ?? [])].flatMap(({ peers }) =>
      peers.flatMap((peer) => answering(peer).map(({ owner }) => owner.kind === 'app' && owner.app)),
    ),
  );
  return there?.apps.some((app) => app.doubt === undefined && !dialed.has(app))
    ? undefined
    : 'an app that is not declared listens there';
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
  /** What may bring the name all the same, as it reads behind "unless". */
  readonly unless?: string;
}

/**
 * The names that nobody has, each place once. What is written out is looked up as nginx starts, whether a request comes
 * there or not; what a variable gives, with each request.
 */
export const unknownNames = oncePer((host: Host): readonly UnknownName[] => {
  if (!host.place) return [];
  const found = new Map<string, UnknownName>();
  const add = (peer: PeerLink, more: (name: string) => Pick<UnknownName, 'log' | 'atRunTime'>): void => {
    const { address, directive, word } = peer;
    const { how, unless } = unreachedBy(peer) ?? {};
    if (address?.kind !== 'tcp' || (how?.kind !== 'no-name' && how?.kind !== 'no-network')) return;
    const place = `${directive.source.file}:${word.start}`;
    if (found.has(place)) return;
    const name = address.host;
    found.set(place, { name, peer, how, ...(unless !== undefined && { unless }), ...more(name) });
  };
  const atStart = host.links.flatMap(({ pass, peers }) =>
    peers.filter(({ upstream }) => upstream || !pass.atRunTime),
  );
  for (const peer of [...atStart, ...host.idlePeers]) {
    if (peer.upstream && isLookedUpLater(peer)) continue;
    // A pass is looked up by its host alone, the server of an upstream as it is written.
    add(peer, (name) => ({ log: `host not found in upstream "${peer.upstream ? peer.word.value : name}"` }));
  }
  for (const { link, peer, resolver } of runTimeNames(host)) {
    if (!resolver) continue;
    add(peer, (name) => ({ log: `${name} could not be resolved (3: Host not found)`, atRunTime: link.pass }));
  }
  return [...found.values()];
});

/** With `resolve` nginx starts without an answer. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve */
function isLookedUpLater({ directive }: PeerLink): boolean {
  return directive.args.slice(1).some(({ value }) => value === 'resolve');
}
