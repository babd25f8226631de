import { addressText } from '../model/links/address.ts';
import { type Link, type PeerLink, peerSpan } from '../model/links/link.ts';
import { unreachedText } from '../model/links/unreached-text.ts';
import { directiveSpan, type FaultIndex } from './faults.ts';
import type { AddressNode, Destination, Fault } from './graph.ts';
import type { ListenerNodes } from './listeners.ts';
import { addressState } from './state.ts';

/** The destinations of a host: passes that lead to the same place share one. */
export interface Destinations {
  of(link: Link): Destination;
  all(): readonly Destination[];
}

/** Begins the destinations of a host. `nextId` numbers those of all hosts. */
export function destinationsOf(
  hostId: string,
  faults: FaultIndex,
  listeners: ListenerNodes,
  nextId: () => string,
): Destinations {
  const known = new Map<string, Destination>();

  function addressNode(peer: PeerLink, { pass }: Link): AddressNode {
    const { address, word, upstream, choice, directive, result } = peer;
    const answering = result.kind === 'found' ? listeners.dialed(result.listeners, hostId) : [];
    // Whom they do not reach, as it listens on its own loopback address, they are sent to all the same.
    if (result.kind === 'unreached' && result.how.kind === 'loopback')
      listeners.dialed([result.how.listener], hostId);
    // What lies on the pass itself is told there.
    const on = directive === pass.directive ? [] : faults.on(directiveSpan(directive));
    const why = whyOf(peer);
    return {
      text: address ? addressText(address) : word.value,
      place: peerSpan(peer),
      parameters: upstream ? directive.args.slice(1).map(({ value }) => value) : [],
      isUsed: !upstream?.server.down,
      isBackup: upstream?.server.backup ?? false,
      ...(choice && { when: choice.when }),
      state: addressState(result, on, answering),
      ...(why !== undefined && { why }),
      faults: on,
      listeners: answering,
    };
  }

  function make(link: Link): Destination {
    const { target, word } = link.pass;
    const block = target.kind === 'upstream' ? target.upstream.block : undefined;
    const opener = block?.directive;
    const own = block ? block.directives.filter(({ name }) => name !== 'server') : [];
    const around = [...(opener ? [opener] : []), ...own].flatMap((each): readonly Fault[] =>
      faults.on(directiveSpan(each)),
    );
    return {
      id: nextId(),
      kind: target.kind,
      name: target.kind === 'upstream' ? target.upstream.name : word.value,
      ...(opener && { place: { source: opener.source, start: opener.start, end: opener.terminator } }),
      faults: around,
      addresses: link.peers.map((peer) => addressNode(peer, link)),
    };
  }

  return {
    of(link) {
      const key = keyOf(link);
      const before = known.get(key);
      if (before) return before;
      const made = make(link);
      known.set(key, made);
      return made;
    },
    all: () => [...known.values()],
  };
}

/** Equal for passes that lead to the same places and of which the same is known. */
function keyOf({ pass, peers, why = '' }: Link): string {
  const { kind } = pass.target;
  const each = peers.map((peer) => [peerText(peer), peer.result.kind, whyOf(peer) ?? '']);
  const written = kind === 'upstream' ? pass.target.upstream.name : pass.word.value;
  return JSON.stringify([pass.protocol, kind, written, kind === 'unknown' ? why : '', each]);
}

function peerText({ address, directive, word, choice }: PeerLink): string {
  return `${address ? addressText(address) : word.value} ${choice?.when ?? ''} ${directive.source.file}:${directive.start}`;
}

function whyOf({ result }: PeerLink): string | undefined {
  switch (result.kind) {
    case 'found':
      return undefined;
    case 'missing': {
      const [meant] = result.meant ?? [];
      return meant
        ? `the pool ${meant.pool.name} of ${meant.master.title} was meant to listen there`
        : 'nobody listens there';
    }
    case 'unreached':
      return unreachedText(result.how);
    case 'unknown':
      return result.why;
    default:
      return result satisfies never;
  }
}
