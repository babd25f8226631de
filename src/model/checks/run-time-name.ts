import type { Host } from '../host.ts';
import { isIpAddress } from '../links/address.ts';
import type { Link, PeerLink } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { type Effective, effective } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';

/** A name that nginx looks up for each request, because the target of the pass has a variable in it. */
export interface RunTimeName {
  readonly link: Link;
  readonly peer: PeerLink;
  readonly name: string;
  /** The `resolver` in effect; absent where there is none and nginx cannot look anything up. */
  readonly resolver?: Effective;
  /** True where the port is missing too, which nginx looks at first. */
  readonly hasNoPort: boolean;
}

/**
 * Finds the names that nginx has to look up while it serves. An address needs no lookup, nor does the name of an
 * `upstream`, nor a name and port that another pass of this nginx has as a literal: that one makes an upstream of its own.
 *
 * `ngx_http_upstream_init_request` of https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c
 */
export function runTimeNames(host: Host): readonly RunTimeName[] {
  const links = linksOfKinds(host, ({ pass }) => pass.atRunTime && pass.isReachable);
  if (links.length === 0) return [];
  const literals = literalTargets(host);
  return links.flatMap((link) => {
    const { pass, peers } = link;
    return peers.flatMap((peer): readonly RunTimeName[] => {
      const { target, upstream } = peer;
      const resolver = resolverOf(pass);
      const found = { link, peer, ...(resolver && { resolver }) };
      if (target.kind === 'invalid' && target.reason === 'no-port' && !isIpAddress(target.text)) {
        return [{ ...found, name: target.text, hasNoPort: true }];
      }
      if (upstream || target.kind !== 'address' || target.address.kind !== 'tcp') return [];
      const { host: name, port } = target.address;
      if (isIpAddress(name) || literals.has(`${name}:${port}`)) return [];
      return [{ ...found, name, hasNoPort: false }];
    });
  });
}

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver */
function resolverOf({ block }: Pass): Effective | undefined {
  return effective(block, 'resolver');
}

/** What passes without variables dial, as `name:port`. */
function literalTargets(host: Host): ReadonlySet<string> {
  const literals = new Set<string>();
  for (const { pass, peers } of host.links) {
    if (pass.atRunTime) continue;
    for (const { target, upstream } of peers) {
      if (upstream || target.kind !== 'address' || target.address.kind !== 'tcp') continue;
      literals.add(`${target.address.host}:${target.address.port}`);
    }
  }
  return literals;
}
