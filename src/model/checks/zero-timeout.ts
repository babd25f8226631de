import { parseNginxTimeMs } from '../../values/nginx.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { type Effective, effective } from '../nginx/block.ts';
import { settingOf } from '../nginx/pass.ts';
import { type PassKind, someSetting } from '../nginx/pass-kind.ts';

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
  for (const link of linksOfKinds(host, ({ pass }) => pass.isReachable && mayBeZero(pass))) {
    const { pass } = link;
    for (const stage of stages) {
      if (stage === 'connect' && !dialsByTcp(link)) continue;
      const name = settingOf(pass, `_${stage}_timeout`);
      const from = effective(pass.block, name);
      if (!from || !isZero(from.directive.statement.values)) continue;
      const place = `${from.directive.source.file}:${from.directive.start}`;
      const known = byPlace.get(place);
      if (known) known.links.push(link);
      else byPlace.set(place, { name, stage, from, links: [link] });
    }
  }
  return [...byPlace.values()];
}

const stages = ['connect', 'read'] as const;

function mayBeZero(kind: PassKind): boolean {
  return stages.some((stage) => someSetting(kind, `_${stage}_timeout`, isZero));
}

function isZero([time = '']: readonly string[]): boolean {
  return parseNginxTimeMs(time) === 0;
}

function dialsByTcp({ peers }: Link): boolean {
  return peers.some(({ address }) => address?.kind === 'tcp');
}
