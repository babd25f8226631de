import type { NetworkPlace } from '../../load/network-place.ts';
import { type Directive, nameWordOf, type Word } from '../../syntax/nginx/tree.ts';
import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { MeantListen } from '../fpm/meant-listen.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Pass, TargetChoice } from '../nginx/pass.ts';
import type { ParsedTarget } from '../nginx/target.ts';
import type { Upstream, UpstreamServer } from '../nginx/upstream.ts';
import { type Address, isIpAddress, isLoopback, isWildcard } from './address.ts';
import { isForPhp } from './for-php.ts';
import type { LinkFacts } from './link-facts.ts';
import type { Listener } from './listener.ts';
import { type Likely, lookBeyond, type Neighbour, type Neighbourhood, type Unreached } from './neighbour.ts';
import { unreachedText } from './unreached-text.ts';

/** A pass joined to the listeners that its addresses reach. */
export interface Link {
  readonly pass: Pass;
  /** Where the host of the pass stands among others; `undefined` where it is alone. */
  readonly from: NetworkPlace | undefined;
  readonly peers: readonly PeerLink[];
  /** `missing` where at least one address in use has no listener, `unknown` where at least one could not be judged. */
  readonly state: 'found' | 'missing' | 'unknown';
  /** Why it is unknown: `the address comes from a request variable`; or missing: `the service php listens on 127.0.0.1:9000 only`. */
  readonly why: string | undefined;
}

/** One address that a pass may dial. */
export class PeerLink {
  /** `undefined` where the target does not name an address that nginx would take. */
  readonly address: Address | undefined;
  readonly target: ParsedTarget;
  /** Where the address is written: the pass, the upstream's `server`, or the map's line. */
  readonly directive: Directive;
  readonly upstream: { readonly block: Upstream; readonly server: UpstreamServer } | undefined;
  /** The map entry that chooses it. */
  readonly choice: TargetChoice['choice'] | undefined;
  readonly result: PeerResult;

  constructor(
    target: ParsedTarget,
    directive: Directive,
    upstream: PeerLink['upstream'],
    choice: PeerLink['choice'],
    result: PeerResult,
  ) {
    this.address = target.kind === 'address' ? target.address : undefined;
    this.target = target;
    this.directive = directive;
    this.upstream = upstream;
    this.choice = choice;
    this.result = result;
  }

  /** The word of the directive that is the address. */
  get word(): Word {
    if (this.choice && !this.upstream) return this.choice.word;
    return this.directive.args[0] ?? nameWordOf(this.directive);
  }
}

export type PeerResult =
  | {
      readonly kind: 'found';
      readonly listeners: readonly Listener[];
      /** The other hosts that they are on; absent for listeners of the host itself. */
      readonly on?: readonly Neighbour[];
    }
  | {
      readonly kind: 'missing';
      /** Pools that were meant to listen there and do not, because of how their `listen` is written. */
      readonly meant?: readonly MeantListener[];
    }
  /** All who could listen there are known, some on other hosts, and nobody does. */
  | { readonly kind: 'unreached'; readonly how: Unreached }
  | {
      readonly kind: 'unknown';
      readonly why: string;
      /** That nobody answers, unless something is so that no file tells. */
      readonly likely?: Likely;
    };

/** A pool at an address where it was meant to listen. */
export interface MeantListener {
  readonly kind: MeantListen['kind'];
  readonly pool: Pool;
  readonly master: Master;
}

/** Why nothing is known of an address where the tree holds a socket. */
export const liveSocket = 'a socket is there that no configuration read declares';

/** Joins a pass to its listeners, on the host itself and on those around it. */
export function linkPass(pass: Pass, facts: LinkFacts, around?: Neighbourhood): Link {
  const spent = linkedOn.get(facts) ?? { peers: 0 };
  linkedOn.set(facts, spent);
  if (spent.peers > PEERS_MAX) return { pass, from: around?.place, peers: [], ...tooMany };
  const peers = peersOf(pass, (target) => judge(target, pass, facts, around));
  spent.peers += peers.length;
  const { state, why } = stateOf(pass, peers);
  return { pass, from: around?.place, peers, state, why };
}

/**
 * How many addresses the passes of a host dial in all before the rest counts as unknown: a thousand passes to an upstream
 * of ten thousand servers are ten million of them. A panel of ten thousand sites has a third of this.
 */
const PEERS_MAX = 200_000;
const linkedOn = new WeakMap<LinkFacts, { peers: number }>();
const tooMany = {
  state: 'unknown',
  why: 'the passes above it dial more addresses than no502 follows',
} as const;

interface State {
  readonly state: Link['state'];
  readonly why?: string;
}

function stateOf({ target }: Pass, peers: readonly PeerLink[]): State {
  if (target.kind === 'unknown') return { state: 'unknown', why: target.why };
  if (peers.every(({ result }) => result.kind === 'found')) return found;
  const inUse = peers.filter((peer) => !peer.upstream?.server.down);
  const missing = inUse.find(({ result }) => isMissing(result))?.result;
  if (missing)
    return { state: 'missing', ...(missing.kind === 'unreached' && { why: unreachedText(missing.how) }) };
  const unknown = inUse.find((peer) => peer.result.kind === 'unknown')?.result;
  if (unknown?.kind === 'unknown') return { state: 'unknown', why: unknown.why };
  return found;
}

const found: State = { state: 'found' };

/** The servers of upstreams that no pass dials. nginx looks their names up all the same. */
export function idlePeers(
  upstreams: Iterable<Upstream>,
  links: readonly Link[],
  facts: LinkFacts,
  around: Neighbourhood,
): readonly PeerLink[] {
  const dialed = new Set(links.flatMap(({ peers }) => peers.map(({ upstream }) => upstream?.block)));
  return [...upstreams]
    .filter((block) => !dialed.has(block))
    .flatMap((block) =>
      upstreamPeers(block, undefined, (target) => {
        const address = target.kind === 'address' ? target.address : undefined;
        const beyond = address && lookBeyond({ address, isForPhp: false, facts, around });
        return beyond ?? { kind: 'unknown', why: 'no pass dials it' };
      }),
    );
}

/** True where it is known that nobody answers. */
export function isMissing({ kind }: PeerResult): boolean {
  return kind === 'missing' || kind === 'unreached';
}

/** Tells what is known of an address that is dialed. */
type Judge = (target: ParsedTarget) => PeerResult;

function peersOf({ target, directive }: Pass, judged: Judge): readonly PeerLink[] {
  if (target.kind !== 'choices') return peersOfTarget(target, directive, undefined, judged);
  return target.choices.flatMap(({ choice, target: chosen }) =>
    peersOfTarget(chosen, choice.directive, choice, judged),
  );
}

function peersOfTarget(
  target: TargetChoice['target'],
  directive: Directive,
  choice: PeerLink['choice'],
  judged: Judge,
): readonly PeerLink[] {
  switch (target.kind) {
    case 'unknown':
      return [];
    case 'address':
      return [new PeerLink(target.parsed, directive, undefined, choice, judged(target.parsed))];
    case 'upstream':
      return upstreamPeers(target.upstream, choice, judged);
    default:
      return target satisfies never;
  }
}

function upstreamPeers(block: Upstream, choice: PeerLink['choice'], judged: Judge): readonly PeerLink[] {
  return block.servers.map(
    (server) =>
      new PeerLink(server.target, server.directive, { block, server }, choice, judged(server.target)),
  );
}

function judge(
  target: ParsedTarget,
  pass: Pass,
  facts: LinkFacts,
  around: Neighbourhood | undefined,
): PeerResult {
  if (target.kind === 'invalid') return { kind: 'unknown', why: 'nginx does not take the address' };
  if (target.kind === 'relative-unix') {
    return { kind: 'unknown', why: 'the socket is relative to the directory nginx is started in' };
  }
  const listeners = findListeners(target.address, facts);
  if (listeners.length > 0) return { kind: 'found', listeners };
  const meant = pass.protocol === 'fastcgi' ? meantListeners(target.address, facts) : [];
  if (meant.length > 0) return { kind: 'missing', meant };
  const beyond = around && lookBeyond({ address: target.address, isForPhp: isForPhp(pass), facts, around });
  if (beyond) return beyond;
  return target.address.kind === 'unix'
    ? judgeSocket(target.address.path, pass, facts)
    : judgePort(target.address.host, pass, facts);
}

/** The listeners at an address, symlinks and names of the hosts file followed. */
function findListeners(address: Address, facts: LinkFacts): readonly Listener[] {
  const direct = answeringAt(address, facts);
  if (direct.length > 0) return direct;
  if (address.kind === 'unix') {
    const path = facts.realSocketPath(address.path);
    return path === address.path ? [] : facts.listeners.find({ kind: 'unix', path });
  }
  return facts.hostAddresses(address.host).flatMap((host) => answeringAt({ ...address, host }, facts));
}

/** Who listens on every address of this machine is met at an address only where that is known to be one of them. */
function answeringAt(address: Address, facts: LinkFacts): readonly Listener[] {
  const listeners = facts.listeners.find(address);
  if (address.kind === 'unix' || isLoopback(address.host) || isWildcard(address.host)) return listeners;
  return facts.listeners.isBound(address.host) ? listeners : [];
}

function meantListeners(address: Address, facts: LinkFacts): readonly MeantListener[] {
  if (address.kind === 'tcp') return facts.meantAt(address);
  if (facts.isLiveSocket(address.path)) return [];
  const direct = facts.meantAt(address);
  return direct.length > 0
    ? direct
    : facts.meantAt({ kind: 'unix', path: facts.realSocketPath(address.path) });
}

function judgeSocket(path: string, pass: Pass, facts: LinkFacts): PeerResult {
  if (facts.isLiveSocket(path)) return { kind: 'unknown', why: liveSocket };
  return missingOrUnknown(pass, facts);
}

function judgePort(host: string, pass: Pass, facts: LinkFacts): PeerResult {
  const here =
    isLoopback(host) || isWildcard(host) || facts.hostAddresses(host).some((address) => isLoopback(address));
  if (!here) {
    const what = isIpAddress(host)
      ? 'an address outside of what was read'
      : 'a name outside of what was read';
    return { kind: 'unknown', why: `${host} is ${what}` };
  }
  return missingOrUnknown(pass, facts);
}

function missingOrUnknown(pass: Pass, facts: LinkFacts): PeerResult {
  if (pass.protocol !== 'fastcgi')
    return { kind: 'unknown', why: 'no app that was read declares this address' };
  if (!facts.mastersComplete) return { kind: 'unknown', why: 'not found in the files given' };
  if (!isForPhp(pass))
    return { kind: 'unknown', why: 'it may belong to a FastCGI program other than php-fpm' };
  return { kind: 'missing' };
}

/** Where a peer's address is written. */
export function peerSpan(peer: PeerLink): Span {
  return { source: peer.directive.source, start: peer.word.start, end: peer.word.end };
}
