import type { Directive, Word } from '../../../syntax/nginx/tree.ts';
import { compareVersions } from '../../../syntax/nginx/version.ts';
import { isIpAddress } from '../../links/address.ts';
import { own } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { Upstream } from '../upstream.ts';
import { inPlace, type Refusal, wordSpan } from './refusal.ts';

/** A `server` of an upstream that is to be resolved at run time, without what that takes. */
export interface UnresolvableServer extends Refusal {
  readonly upstream: Upstream;
  readonly lacks: 'zone' | 'resolver';
}

/** The first nginx that resolves the servers of an upstream at run time; before, that was for NGINX Plus. */
export const resolvesSince = '1.27.3';

/**
 * The servers with `resolve` whose upstream has no shared memory, or for which no `resolver` is defined. Older versions
 * refuse the parameter itself, and addresses are not resolved at all.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve
 */
export function unresolvableServers({
  upstreams,
  http,
  complete,
  version,
}: Nginx): readonly UnresolvableServer[] {
  if (version !== undefined && compareVersions(version, resolvesSince) < 0) return [];
  const found: UnresolvableServer[] = [];
  for (const upstream of upstreams.values()) {
    const { block, servers } = upstream;
    const lacks = !own(block, 'zone')
      ? 'zone'
      : complete && !own(block, 'resolver') && !(http && own(http, 'resolver'))
        ? 'resolver'
        : undefined;
    if (lacks === undefined || own(block, 'include') || !block.directive) continue;
    const place = `upstream "${upstream.name}"${inPlace(block.directive)}`;
    for (const { directive, target } of servers) {
      const word = parameter(directive);
      if (!word || target.kind !== 'address' || target.address.kind !== 'tcp') continue;
      if (isIpAddress(target.address.host)) continue;
      const log =
        lacks === 'zone'
          ? `resolving names at run time requires ${place} to be in shared memory`
          : `no resolver defined to resolve names at run time in ${place}`;
      found.push({ upstream, lacks, at: wordSpan(directive, word), related: [], log });
      break;
    }
  }
  return found;
}

function parameter({ args }: Directive): Word | undefined {
  return args.slice(1).find(({ value }) => value === 'resolve');
}
