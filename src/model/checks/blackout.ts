import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Host } from '../host.ts';
import { type LinkKind, linksOfKinds } from '../links/link-kind.ts';
import { effective } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';
import { hasSetting } from '../nginx/pass-kind.ts';
import type { Upstream } from '../nginx/upstream.ts';

/** An upstream that one failing page can empty. */
export interface Blackout {
  readonly upstream: Upstream;
  /** How many servers it has in use. */
  readonly servers: number;
  /** The `*_next_upstream` that counts error pages as failures. */
  readonly next: Directive;
  readonly passes: readonly Pass[];
}

/**
 * Finds upstreams of several servers that mark a server for an error page of the app. A single server is never marked.
 *
 * `ngx_http_upstream_free_round_robin_peer` of
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream_round_robin.c
 */
export function blackouts(host: Host): readonly Blackout[] {
  const found = new Map<Directive, Omit<Blackout, 'passes'> & { readonly passes: Pass[] }>();
  for (const { pass } of linksOfKinds(host, mayBlackOut)) {
    if (pass.target.kind !== 'upstream') continue;
    const { upstream } = pass.target;
    const next = effective(pass.block, pass.directive.name.replace(/pass$/, 'next_upstream'))?.directive;
    const used = upstream.servers.filter(({ down }) => !down);
    const neverMarked = used.some(({ directive }) =>
      directive.args.some(({ value }) => value === 'max_fails=0'),
    );
    if (!next?.args.some(({ value }) => /^http_5\d\d$/.test(value)) || used.length < 2 || neverMarked)
      continue;
    const known = found.get(next);
    if (known) known.passes.push(pass);
    else found.set(next, { upstream, servers: used.length, next, passes: [pass] });
  }
  return [...found.values()];
}

function mayBlackOut({ pass }: LinkKind): boolean {
  return pass.isReachable && pass.target === 'upstream' && hasSetting(pass, '_next_upstream');
}
