import { parseNginxTimeMs } from '../../values/nginx.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { type Effective, effective } from '../nginx/block.ts';
import { settingOf } from '../nginx/pass.ts';

/** A timeout of zero, with the passes that it ends at once. */
export interface ZeroTimeout {
  /** `fastcgi_read_timeout`. */
  readonly name: string;
  readonly stage: 'read' | 'connect';
  readonly from: Effective;
  readonly links: readonly Link[];
}

/**
 * Finds the read and connect timeouts of zero that are in effect. nginx arms the timer with what it is given, so that it
 * runs out in the next turn of its loop; a unix socket is connected before the timer is armed.
 * `*_send_timeout` does no harm: a request that fits the socket's buffer is sent at once.
 *
 * `ngx_http_upstream_connect` of https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c
 */
export function zeroTimeouts(host: Host): readonly ZeroTimeout[] {
  const byPlace = new Map<
    string,
    { name: string; stage: 'read' | 'connect'; from: Effective; links: Link[] }
  >();
  for (const link of host.links) {
    const { pass } = link;
    if (pass.unreachable !== undefined) continue;
    for (const stage of ['connect', 'read'] as const) {
      if (stage === 'connect' && !dialsByTcp(link)) continue;
      const name = settingOf(pass, `_${stage}_timeout`);
      const from = effective(pass.block, name);
      if (!from || parseNginxTimeMs(from.directive.args[0]?.value ?? '') !== 0) continue;
      const place = `${from.directive.source.file}:${from.directive.start}`;
      const known = byPlace.get(place);
      if (known) known.links.push(link);
      else byPlace.set(place, { name, stage, from, links: [link] });
    }
  }
  return [...byPlace.values()];
}

function dialsByTcp({ peers }: Link): boolean {
  return peers.some(({ address }) => address?.kind === 'tcp');
}
