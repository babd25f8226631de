import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { coverOf } from '../nginx/cover.ts';
import type { Upstream } from '../nginx/upstream.ts';

/** An upstream whose every server is marked `down`, and the passes that lead to it. */
export interface DownUpstream {
  readonly upstream: Upstream;
  readonly links: readonly Link[];
  /** True where every pass has an `error_page` that answers in its place. */
  readonly answered: boolean;
  /** The status a visitor gets, where an `error_page` changes it; 502 otherwise. */
  readonly status: number;
}

/** The upstreams in use that have no server left: nginx starts, and answers 502 at once. */
export function downUpstreams(host: Host): readonly DownUpstream[] {
  const byUpstream = new Map<Upstream, Link[]>();
  for (const link of linksOfKinds(host, ({ pass }) => pass.isReachable && pass.target === 'upstream')) {
    const { target } = link.pass;
    if (target.kind !== 'upstream') continue;
    const { servers } = target.upstream;
    if (servers.length === 0 || !servers.every(({ down }) => down)) continue;
    const known = byUpstream.get(target.upstream);
    if (known) known.push(link);
    else byUpstream.set(target.upstream, [link]);
  }
  return [...byUpstream].map(([upstream, leading]) => {
    const covers = leading.map(({ pass }) => coverOf(pass, 502));
    const bare = covers.find(({ kind }) => kind !== 'answered');
    const status = bare?.kind === 'status' ? bare.status : 502;
    return { upstream, links: leading, answered: bare === undefined, status };
  });
}
