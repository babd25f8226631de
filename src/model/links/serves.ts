import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Host } from '../host.ts';
import type { Pass } from '../nginx/pass.ts';
import type { Server } from '../nginx/server.ts';
import { oncePer } from '../once-per.ts';
import type { Link } from './link.ts';
import { poolsAmong } from './listener.ts';

/** The links to a host by what they lead to. Passes that no request comes to are left out. */
interface LinksByTarget {
  readonly ofPool: ReadonlyMap<Pool, readonly Link[]>;
  readonly ofMaster: ReadonlyMap<Master, readonly Link[]>;
}

/** The link of a pass. */
export function linkOf(pass: Pass, host: Host): Link | undefined {
  return linksByPass(host).get(pass);
}

const linksByPass = oncePer(
  ({ links }: Host): ReadonlyMap<Pass, Link> => new Map(links.map((link) => [link.pass, link])),
);

/** The links that lead to a pool of the host, those of other hosts included. */
export function linksTo(pool: Pool, host: Host): readonly Link[] {
  return linksByTarget(host).ofPool.get(pool) ?? [];
}

/** The pools of the host that several links lead to. */
export function sharedPools(host: Host): readonly Pool[] {
  if (areDialedOnce(host.links) && host.incoming.length === 0) return [];
  return host.masters.flatMap(({ pools }) => pools.filter((pool) => linksTo(pool, host).length > 1));
}

/** True where each link leads to pools of its own, as on a panel: its sites are not sorted by pool for that. */
function areDialedOnce(links: readonly Link[]): boolean {
  const met = new Set<Pool>();
  for (const { peers } of links) {
    for (const { result } of peers) {
      if (result.kind !== 'found') continue;
      for (const { pool } of poolsAmong(result.listeners)) {
        if (met.has(pool)) return false;
        met.add(pool);
      }
    }
  }
  return true;
}

/** The links that lead to a pool, and its address as nginx logs it; `undefined` where no request comes to it. */
export function dialedAs(
  pool: Pool,
  host: Host,
): { readonly links: readonly Link[]; readonly logged: string } | undefined {
  const links = linksTo(pool, host);
  for (const { target, result } of links[0]?.peers ?? []) {
    if (result.kind !== 'found' || target.kind !== 'address') continue;
    if (poolsAmong(result.listeners).some((owner) => owner.pool === pool)) {
      return { links, logged: target.logged };
    }
  }
  return undefined;
}

/** The servers that pass requests to any pool of a master, or to where one of its pools was meant to listen. */
export function serversBehind(master: Master, host: Host): readonly Server[] {
  return serversByMaster(host).get(master) ?? none;
}

const none: readonly Server[] = [];

/** One list for each master: what takes it down may stand in every pool, and each finding names all of them. */
const serversByMaster = oncePer(
  (host: Host): ReadonlyMap<Master, readonly Server[]> =>
    new Map(
      [...linksByTarget(host).ofMaster].map(([master, links]) => [
        master,
        [...new Set(links.map((link) => link.pass.server))],
      ]),
    ),
);

/** Built once a host: rules ask for every pool, and a panel has ten thousand of them. */
const linksByTarget = oncePer((host: Host): LinksByTarget => {
  const ofPool = new Map<Pool, Link[]>();
  const ofMaster = new Map<Master, Link[]>();
  for (const link of [...host.links, ...host.incoming]) {
    if (link.pass.unreachable !== undefined) continue;
    for (const { result } of link.peers) {
      if (result.kind === 'missing') {
        for (const { master } of result.meant ?? []) add(ofMaster, master, link);
      }
      if (result.kind !== 'found') continue;
      for (const { pool, master } of poolsAmong(result.listeners)) {
        add(ofPool, pool, link);
        add(ofMaster, master, link);
      }
    }
  }
  return { ofPool, ofMaster };
});

/** Several addresses of one link may lead to the same pool; they come one after the other. */
function add<Key>(index: Map<Key, Link[]>, key: Key, link: Link): void {
  const links = index.get(key);
  if (!links) index.set(key, [link]);
  else if (links.at(-1) !== link) links.push(link);
}
