import type { Host } from '../host.ts';
import { isIpAddress } from '../links/address.ts';
import { type Dialed, dialedBeyondPools } from '../links/dialed.ts';

/** A name of another container that nginx looks up once, as it starts, and whose address may change. */
export interface PinnedName {
  readonly name: string;
  /** The places where it is dialed. */
  readonly dialed: readonly [Dialed, ...Dialed[]];
}

/**
 * The names of other containers that are written out in a pass or an upstream, each once. A server with `resolve` and a
 * name in a variable are looked up again; an address that the project writes down stays.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve
 */
export function pinnedNames(host: Host): readonly PinnedName[] {
  const { place } = host;
  if (place?.kind !== 'service') return [];
  const byName = new Map<string, [Dialed, ...Dialed[]]>();
  for (const dialed of dialedBeyondPools(host)) {
    const { address, result, upstream, directive } = dialed.peer;
    if (address?.kind !== 'tcp' || isIpAddress(address.host)) continue;
    if (result.kind !== 'found' || !result.on?.length) continue;
    if (!upstream && dialed.links.every(({ pass }) => pass.atRunTime)) continue;
    if (upstream && directive.args.some(({ value }) => value === 'resolve')) continue;
    const reached = place.reach(address.host);
    if (reached.kind !== 'hosts' || reached.isStable) continue;
    const known = byName.get(address.host);
    if (known) known.push(dialed);
    else byName.set(address.host, [dialed]);
  }
  return [...byName].map(([name, dialed]) => ({ name, dialed }));
}
