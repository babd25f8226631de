import type { AppProtocol } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { isLoopback, isWildcard } from '../links/address.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import { isGuessed, kindsAmong, type Listener } from '../links/listener.ts';
import type { Pass } from '../nginx/pass.ts';
import { oncePer } from '../once-per.ts';

/** What nginx can speak to the other side, with TLS told apart. */
export type Spoken = AppProtocol | 'uwsgis';

/** An address where nginx speaks one protocol and everybody who listens there another. */
export interface ProtocolMismatch {
  readonly dialed: Dialed;
  readonly spoken: Spoken;
  readonly listener: Listener;
}

/** Finds the addresses of a host where the two sides do not speak the same. */
export const protocolMismatches = oncePer((host: Host): readonly ProtocolMismatch[] => {
  return dialedBeyondPools(host).flatMap((dialed): readonly ProtocolMismatch[] => {
    const pass = dialed.links[0]?.pass;
    const spoken = pass && spokenBy(pass);
    const listeners = answering(dialed.peer);
    const [listener] = listeners;
    // An upstream's server without a port is a mistake of its own: upstream-server-port-missing.
    if (!spoken || !listener || isPortless(dialed) || !isSurelyAt(listener, dialed, host)) return [];
    const kinds = kindsAmong(listeners);
    if (kinds.some(isGuessed)) return [];
    return kinds.every((each) => !understands(each, spoken, kinds)) ? [{ dialed, spoken, listener }] : [];
  });
});

/**
 * A pool on every address would also answer under the name of another machine, if that is what the name is; and files given without
 * their host may be alternatives that never run together.
 */
function isSurelyAt({ address, owner }: Listener, { peer }: Dialed, host: Host): boolean {
  const dialed = peer.address;
  // That the name is that of the other host is known then.
  const isElsewhere = peer.result.kind === 'found' && peer.result.on !== undefined;
  if (owner.kind === 'pool' && !owner.master.complete) return false;
  if (owner.kind === 'server' && !host.nginx?.complete) return false;
  if (dialed?.kind !== 'tcp' || address.kind !== 'tcp' || isElsewhere) return dialed !== undefined;
  const isHere = (name: string): boolean => isLoopback(name) || isWildcard(name) || name === address.host;
  return isHere(dialed.host) || host.hostsFile.lookup(dialed.host).some((entry) => isHere(entry.address));
}

/** True for an upstream's `server` that says no port and so means port 80. */
export function isPortless({ peer }: Dialed): boolean {
  return peer.upstream !== undefined && peer.target.kind === 'address' && !peer.target.portGiven;
}

/** The protocol of a pass; `undefined` where a variable may bring another scheme along. */
export function spokenBy(pass: Pass): Spoken | undefined {
  const text = pass.word.value.toLowerCase();
  switch (pass.protocol) {
    case 'http':
    case 'https':
      return text.startsWith('$') ? undefined : pass.protocol;
    case 'grpc':
      if (text.startsWith('$')) return undefined;
      return text.startsWith('grpcs:') ? 'grpcs' : 'grpc';
    case 'uwsgi':
      if (text.startsWith('$')) return undefined;
      return text.startsWith('suwsgi:') ? 'uwsgis' : 'uwsgi';
    case 'memcached':
      return undefined;
    default:
      return pass.protocol;
  }
}

function understands({ protocol, owner }: Listener, spoken: Spoken, all: readonly Listener[]): boolean {
  if (owner.kind !== 'server') {
    // With TLS both sides agree on HTTP/1 or HTTP/2 as they connect.
    return protocol === spoken || (isTls(protocol) && isTls(spoken) && spoken !== 'uwsgis');
  }
  // One `ssl` at an address is enough for all servers there, and whether they speak HTTP/2 is not looked at.
  const tls = all.some((each) => each.owner.kind === 'server' && each.protocol === 'https');
  return spoken === (tls ? 'https' : 'http') || spoken === (tls ? 'grpcs' : 'grpc');
}

/** True for the protocols that begin with a TLS handshake. */
export function isTls(protocol: Spoken): boolean {
  return protocol === 'https' || protocol === 'grpcs' || protocol === 'uwsgis';
}

/** The same protocol without TLS. */
export function withoutTls(protocol: Spoken): AppProtocol {
  switch (protocol) {
    case 'https':
      return 'http';
    case 'grpcs':
      return 'grpc';
    case 'uwsgis':
      return 'uwsgi';
    default:
      return protocol;
  }
}
