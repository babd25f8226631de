import { nearest } from '../../values/nearest.ts';
import type { Host } from '../host.ts';
import { isIpAddress } from '../links/address.ts';
import type { PeerLink } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import type { Block } from '../nginx/block.ts';

/** A name in a pass that can only be an upstream, or most likely is one, and that no upstream has. */
export interface UndefinedUpstream {
  readonly peer: PeerLink;
  readonly name: string;
  /** True where nginx cannot take the name for anything else, or no service of the host knows it. */
  readonly certain: boolean;
  /** True where nginx takes the name for one of a host. */
  readonly isHostName: boolean;
  /** The upstream whose name differs by a letter or two. */
  readonly similar?: Block;
  /** nginx's words, without the place. */
  readonly log: string;
}

/** So many pairs of names are compared: beyond, a name that is meant is no more guessed. */
const COMPARED_MAX = 1_000_000;

/** The names of undefined upstreams, each place once. Only a configuration that was read as a whole is judged. */
export function undefinedUpstreams(host: Host): readonly UndefinedUpstream[] {
  const { nginx } = host;
  if (!nginx?.complete) return [];
  const found = new Map<string, UndefinedUpstream>();
  const names = [...nginx.upstreams.keys()];
  for (const { peers } of linksOfKinds(host, ({ pass }) => !pass.atRunTime && pass.target !== 'unix')) {
    for (const peer of peers) {
      const name = undefinedName(peer, host);
      if (name === undefined) continue;
      const similar = found.size * names.length < COMPARED_MAX ? nearest(name.text, names) : undefined;
      const block = similar === undefined ? undefined : nginx.upstreams.get(similar)?.block;
      found.set(`${peer.directive.source.file}:${peer.word.start}`, {
        peer,
        name: name.text,
        certain: name.certain,
        isHostName: name.isHostName,
        log: `${name.isHostName ? 'host not found' : 'no port'} in upstream "${name.text}"`,
        ...(block && { similar: block }),
      });
    }
  }
  return [...found.values()];
}

function undefinedName(
  peer: PeerLink,
  { hostsFile }: Host,
): { readonly text: string; readonly certain: boolean; readonly isHostName: boolean } | undefined {
  const { target, result } = peer;
  // Where all hosts are known, it is known what a name means: upstream-host-unknown.
  if (result.kind === 'unreached' || (result.kind === 'found' && result.on)) return undefined;
  if (target.kind === 'invalid') {
    const isName = target.reason === 'no-port' && !isIpAddress(target.text);
    return isName ? { text: target.text, certain: true, isHostName: false } : undefined;
  }
  if (target.kind !== 'address' || target.address.kind === 'unix' || target.portGiven || peer.upstream)
    return undefined;
  const name = target.address.host;
  // A name with a dot is for DNS to know; one without may still be in a search domain.
  if (name === 'localhost' || name.includes('.') || isIpAddress(name)) return undefined;
  const isKnown = hostsFile.lookup(name).length > 0;
  return isKnown ? undefined : { text: name, certain: hostsFile.isOnlySource, isHostName: true };
}
