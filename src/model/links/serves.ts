import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Host } from '../host.ts';
import type { Server } from '../nginx/server.ts';
import type { Link } from './link.ts';

/** The links of a host by what they lead to. Passes that no request comes to are left out. */
interface LinksByTarget {
  readonly ofPool: ReadonlyMap<Pool, readonly Link[]>;
  readonly ofMaster: ReadonlyMap<Master, readonly Link[]>;
}

const indexOf = new WeakMap<Host, LinksByTarget>();

/** The links of a host that lead to a pool. */
export function linksTo(pool: Pool, host: Host): readonly Link[] {
  return linksByTarget(host).ofPool.get(pool) ?? [];
}

/** The links that lead to a pool, and its address as nginx logs it; `undefined` where no request comes to it. */
export function dialedAs(
  pool: Pool,
  host: Host,
): { readonly links: readonly Link[]; readonly logged: string } | undefined {
  const links = linksTo(pool, host);
  for (const { target, result } of links[0]?.peers ?? []) {
    if (result.kind !== 'found' || target.kind !== 'address') continue;
    if (result.listeners.some(({ owner }) => owner.kind === 'pool' && owner.pool === pool)) {
      return { links, logged: target.logged };
    }
  }
  return undefined;
}

/** The servers that pass requests to any pool of a master, or to where one of its pools was meant to listen. */
export function serversBehind(master: Master, host: Host): readonly Server[] {
  const links = linksByTarget(host).ofMaster.get(master) ?? [];
  return [...new Set(links.map((link) => link.pass.server))];
}

/** Built once a host: rules ask for every pool, and a panel has ten thousand of them. */
function linksByTarget(host: Host): LinksByTarget {
  const known = indexOf.get(host);
  if (known) return known;
  const ofPool = new Map<Pool, Set<Link>>();
  const ofMaster = new Map<Master, Set<Link>>();
  for (const link of host.links) {
    if (link.pass.unreachable !== undefined) continue;
    for (const { result } of link.peers) {
      if (result.kind === 'missing') {
        for (const { master } of result.meant ?? []) add(ofMaster, master, link);
      }
      if (result.kind !== 'found') continue;
      for (const { owner } of result.listeners) {
        if (owner.kind !== 'pool') continue;
        add(ofPool, owner.pool, link);
        add(ofMaster, owner.master, link);
      }
    }
  }
  const index = { ofPool: inOrder(ofPool), ofMaster: inOrder(ofMaster) };
  indexOf.set(host, index);
  return index;
}

function add<Key>(index: Map<Key, Set<Link>>, key: Key, link: Link): void {
  const links = index.get(key);
  if (links) links.add(link);
  else index.set(key, new Set([link]));
}

function inOrder<Key>(index: ReadonlyMap<Key, ReadonlySet<Link>>): ReadonlyMap<Key, readonly Link[]> {
  return new Map([...index].map(([key, links]) => [key, [...links]]));
}
