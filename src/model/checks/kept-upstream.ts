import type { Directive } from '../../syntax/nginx/tree.ts';
import { parseNginxTimeMs } from '../../values/nginx.ts';
import type { AppLimit } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { answering } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { effective, effectiveAll, own } from '../nginx/block.ts';
import { isSetFor } from '../nginx/kin.ts';
import type { Pass } from '../nginx/pass.ts';
import type { PassKind } from '../nginx/pass-kind.ts';
import type { Upstream } from '../nginx/upstream.ts';

/** An upstream whose connections nginx keeps and uses again. */
export interface KeptUpstream {
  readonly upstream: Upstream;
  readonly keepalive: Directive;
  /** How long an idle connection is kept, in seconds. */
  readonly idleSeconds: number;
  /** The `keepalive_timeout` of the upstream; absent where the default of 60 seconds is in effect. */
  readonly timeout?: Directive;
  readonly links: readonly Link[];
  /** How long the app behind it keeps an idle connection, in seconds, where that is declared: the shortest of several. */
  readonly app?: { readonly name: string; readonly limit: AppLimit };
  /** True where all servers of the upstream tell how long they do. */
  readonly knowsAll: boolean;
}

/** How long nginx keeps an idle connection to an upstream where nothing is set, in seconds. */
const defaultIdle = 60;

/**
 * Finds the upstreams whose connections are really used again: `keepalive` alone does nothing as long as nginx speaks
 * HTTP/1.0 to the other side or asks it to close. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
 */
export function keptUpstreams(host: Host): readonly KeptUpstream[] {
  const byUpstream = new Map<Upstream, Link[]>();
  for (const link of linksOfKinds(host, ({ pass }) => pass.isReachable && mayUseAgain(pass))) {
    const { pass, peers } = link;
    if (!usesAgain(pass)) continue;
    for (const upstream of new Set(peers.flatMap((peer) => peer.upstream?.block ?? []))) {
      const links = byUpstream.get(upstream);
      if (links) links.push(link);
      else byUpstream.set(upstream, [link]);
    }
  }
  return [...byUpstream].flatMap(([upstream, links]): readonly KeptUpstream[] => {
    const keepalive = own(upstream.block, 'keepalive');
    const timeout = own(upstream.block, 'keepalive_timeout');
    const idle = timeout ? parseNginxTimeMs(timeout.args[0]?.value ?? '') : defaultIdle * 1000;
    if (!keepalive || idle === undefined) return [];
    const kept = appsOf(upstream, links);
    const [app] = kept.known.toSorted((one, other) => one.limit.value - other.limit.value);
    return [
      {
        ...{ upstream, keepalive, idleSeconds: idle / 1000, links, knowsAll: kept.isWhole },
        ...(timeout && { timeout }),
        ...(app && { app }),
      },
    ];
  });
}

/** What the apps behind an upstream say of their idle connections. */
function appsOf(
  upstream: Upstream,
  links: readonly Link[],
): {
  readonly known: readonly { readonly name: string; readonly limit: AppLimit }[];
  readonly isWhole: boolean;
} {
  const peers = (links[0]?.peers ?? []).filter((peer) => peer.upstream?.block === upstream);
  const told = peers.map((peer) => {
    const [listener] = answering(peer);
    const app = listener?.owner.kind === 'app' ? listener.owner.app : undefined;
    const limit = app?.doubt === undefined ? app?.limits?.keepAliveSeconds : undefined;
    return app && limit ? { name: app.name, limit } : undefined;
  });
  return { known: told.filter((each) => each !== undefined), isWhole: told.every(Boolean) };
}

function mayUseAgain({ kin, protocol }: PassKind): boolean {
  return (protocol === 'http' || protocol === 'https') && isSetFor(kin, 'proxy_http_version');
}

function usesAgain({ block }: Pass): boolean {
  const version = effective(block, 'proxy_http_version')?.directive.args[0]?.value;
  const connection = effectiveAll(block, 'proxy_set_header').find(
    ({ args }) => args[0]?.value.toLowerCase() === 'connection',
  );
  return version === '1.1' && connection?.args[1]?.value === '';
}
