import type { NetworkPlace } from '../../load/network-place.ts';
import {
  type Address,
  isIpAddress,
  isLoopback,
  isWildcard,
  type TcpAddress,
  type UnixAddress,
} from './address.ts';
import type { LinkFacts } from './link-facts.ts';
import type { Listener } from './listener.ts';
import { unreachedText } from './unreached-text.ts';

/** Another host of the same run. */
export interface Neighbour {
  readonly place: NetworkPlace;
  readonly facts: LinkFacts;
}

/** A host among its neighbours. */
export interface Neighbourhood {
  /** Its own place. */
  readonly place: NetworkPlace;
  /** All others. */
  readonly others: readonly Neighbour[];
  at(id: string): Neighbour | undefined;
}

/** A listener of another host. */
export interface ListenerElsewhere {
  readonly on: Neighbour;
  readonly listener: Listener;
}

/** Why nobody answers at an address, although all who could are known. */
export type Unreached =
  /** No host has the name. */
  | { readonly kind: 'no-name' }
  /** Hosts that have the name are in other networks. */
  | { readonly kind: 'no-network'; readonly there: readonly Neighbour[] }
  /** The host listens on its own loopback address only. */
  | { readonly kind: 'loopback'; readonly there: Neighbour; readonly listener: Listener }
  /** Nobody listens on that port of the host, but on these. */
  | { readonly kind: 'port'; readonly there: Neighbour; readonly listeners: readonly Listener[] }
  /** The loopback address of a container, in which nobody has the port; others have it. */
  | { readonly kind: 'own-loopback'; readonly elsewhere: readonly ListenerElsewhere[] }
  /** A socket that no listener makes where the host sees it; others make one of that path for themselves. */
  | { readonly kind: 'socket'; readonly elsewhere: readonly ListenerElsewhere[] };

/** What looking beyond the host itself comes to; `undefined` where its neighbours have nothing to do with the address. */
export type Beyond =
  | { readonly kind: 'found'; readonly listeners: readonly Listener[]; readonly on: readonly Neighbour[] }
  | { readonly kind: 'unreached'; readonly how: Unreached }
  | { readonly kind: 'unknown'; readonly why: string; readonly likely?: Likely }
  | undefined;

/** That nobody answers, unless something is so that no file tells. */
export interface Likely {
  readonly how: Unreached;
  /** As it reads behind "unless": `server.js does not read PORT`. */
  readonly unless: string;
}

/** An address that nobody on the host itself listens on. */
export interface Sought {
  readonly address: Address;
  /** True where only a pool can be meant, so that who knows all pools of a host knows who answers. */
  readonly isForPhp: boolean;
  /** What is known of the host itself. */
  readonly facts: LinkFacts;
  readonly around: Neighbourhood;
}

/** Who answers at an address that nobody on the host itself listens on. */
export function lookBeyond({ address, isForPhp, facts, around }: Sought): Beyond {
  if (address.kind === 'unix') return sharedSocket(address, facts, around);
  const isOwn = (host: string): boolean => isLoopback(host) || isWildcard(host);
  if (isOwn(address.host)) return ownLoopback(address, facts, around);
  if (facts.hostAddresses(address.host).some(isOwn)) return ownLoopback(address, facts, around);
  return dialed(address, isForPhp, facts, around);
}

function dialed(address: TcpAddress, isForPhp: boolean, facts: LinkFacts, around: Neighbourhood): Beyond {
  const names = [address.host, ...facts.hostAddresses(address.host)];
  const answers = names.map((name) => around.place.reach(name));
  const answer = answers.find(({ kind }) => kind === 'hosts') ?? answers[0];
  if (!answer) return undefined;
  switch (answer.kind) {
    case 'unknown':
      return answer;
    case 'nobody': {
      const there = answer.elsewhere.flatMap((id) => around.at(id) ?? []);
      const how: Unreached = there.length > 0 ? { kind: 'no-network', there } : { kind: 'no-name' };
      return answer.unless === undefined ? { kind: 'unreached', how } : likely(how, answer.unless);
    }
    case 'hosts':
      return together(
        answer.ids.map((id) => {
          const there = around.at(id);
          if (!there) return { kind: 'unknown', why: `${address.host} was not read` };
          const heard = heardAt(there, address, isForPhp);
          // Its own address leads a host back to itself.
          return heard?.kind === 'found' && there.place === around.place ? { ...heard, on: [] } : heard;
        }),
        address,
      );
    default:
      return answer satisfies never;
  }
}

/** What one host answers to a connection from outside of it. */
function heardAt(there: Neighbour, address: TcpAddress, isForPhp: boolean): Beyond {
  const { place, facts } = there;
  const at = (host: string): readonly Listener[] => facts.listeners.find({ ...address, host });
  // A name may stand for any of its addresses, an address for itself alone.
  const hosts = isIpAddress(address.host) ? [address.host] : [address.host, ...place.addresses];
  const listeners = hosts.flatMap(at);
  if (listeners.length > 0) return { kind: 'found', listeners: [...new Set(listeners)], on: [there] };
  const isSure = isForPhp && place.kind === 'machine' ? facts.mastersComplete : facts.isClosed;
  const unless = isSure ? undefined : (facts.closedUnless ?? doubtOfPublished(there, address));
  if (!isSure && unless === undefined) return unknownAt(place);
  const bound = facts.listeners.all.filter(
    (each) => each.address.kind === 'tcp' && each.address.port === address.port,
  );
  const [first] = bound;
  // What is bound to a name may be bound to what is dialed; two addresses are two.
  const isElsewhere = (each: Listener): boolean =>
    isOnLoopback(each) ||
    (isIpAddress(address.host) && each.address.kind === 'tcp' && isIpAddress(each.address.host));
  if (!bound.every(isElsewhere)) return unknownAt(place);
  const isInside = first !== undefined && bound.every(isOnLoopback);
  const others = facts.listeners.all.filter((listener) => listener.address.kind === 'tcp');
  const how: Unreached = isInside
    ? { kind: 'loopback', there, listener: first }
    : { kind: 'port', there, listeners: others };
  const doubt = (first && defaultHost(first)) ?? unless;
  return doubt === undefined ? { kind: 'unreached', how } : likely(how, doubt);
}

/** A port of the machine that leads to another one of a container, on which something is known to listen, is most likely taken for that. */
function doubtOfPublished({ place, facts }: Neighbour, { port }: TcpAddress): string | undefined {
  const published = place.published.find(({ outside }) => outside === port);
  const isInUse = facts.listeners.all.some(
    ({ address }) => address.kind === 'tcp' && address.port === published?.inside,
  );
  return isInUse ? `${place.title} listens on port ${port} as well` : undefined;
}

function isOnLoopback({ address }: Listener): boolean {
  return address.kind === 'tcp' && isLoopback(address.host);
}

/** A default of the program that no file says makes no proof. */
function defaultHost({ owner }: Listener): string | undefined {
  return owner.kind === 'app' && owner.app.isHostDefault
    ? `${owner.app.name} is told another host than its default`
    : undefined;
}

function unknownAt({ title }: NetworkPlace): Beyond {
  return { kind: 'unknown', why: `not all that listens in ${title} is known` };
}

function likely(how: Unreached, unless: string): Beyond {
  return { kind: 'unknown', why: `${unreachedText(how)}, unless ${unless}`, likely: { how, unless } };
}

/** One name may lead to several hosts, of which nginx asks each in turn. */
function together(results: readonly Beyond[], { host }: TcpAddress): Beyond {
  const unknown = results.find((result) => result?.kind === 'unknown');
  if (unknown) return unknown;
  const found = results.flatMap((result) => (result?.kind === 'found' ? [result] : []));
  if (found.length === 0) return results[0];
  if (found.length < results.length) {
    return { kind: 'unknown', why: `not every host that is called ${host} listens there` };
  }
  return {
    kind: 'found',
    listeners: found.flatMap(({ listeners }) => listeners),
    on: found.flatMap(({ on }) => on),
  };
}

/** The loopback address of a container leads to those that share its namespace, and to nobody else. */
function ownLoopback(address: TcpAddress, facts: LinkFacts, { place, others, at }: Neighbourhood): Beyond {
  const same = place.sameNamespace.map(at);
  for (const each of same) {
    const listeners = each?.facts.listeners.find(address) ?? [];
    if (each && listeners.length > 0) return { kind: 'found', listeners, on: [each] };
  }
  if (place.kind === 'machine' || place.isNamespaceOpen) return undefined;
  if (!facts.isClosed || same.some((each) => !each?.facts.isClosed)) return undefined;
  const elsewhere = others.flatMap((on) =>
    on.facts.listeners.all.flatMap((listener) =>
      listener.address.kind === 'tcp' && listener.address.port === address.port ? [{ on, listener }] : [],
    ),
  );
  return { kind: 'unreached', how: { kind: 'own-loopback', elsewhere } };
}

function sharedSocket(address: UnixAddress, facts: LinkFacts, around: Neighbourhood): Beyond {
  const { place, others } = around;
  const shared = place.sharedAt(facts.realSocketPath(address.path));
  const seen = shared.map(({ id, path }) => ({ there: around.at(id), path }));
  for (const { there, path } of seen) {
    const real = there?.facts.realSocketPath(path) ?? path;
    const listeners = there?.facts.listeners.find({ kind: 'unix', path: real }) ?? [];
    if (there && listeners.length > 0) return { kind: 'found', listeners, on: [there] };
  }
  const couldListen = seen.some(({ there }) => !there?.facts.isClosed);
  if (place.kind === 'machine' || !facts.isClosed || couldListen || facts.isLiveSocket(address.path)) {
    return undefined;
  }
  const elsewhere = others.flatMap((on) =>
    on.facts.listeners.find(address).map((listener) => ({ on, listener })),
  );
  return { kind: 'unreached', how: { kind: 'socket', elsewhere } };
}
