import type { Master } from '../model/fpm/master.ts';
import { addressOf } from '../model/fpm/meant-listen.ts';
import type { Pool } from '../model/fpm/pool.ts';
import { knownValue } from '../model/fpm/setting.ts';
import { type Address, addressKey } from '../model/links/address.ts';
import type { Link } from '../model/links/link.ts';
import type { UpgradeHost } from './upgrade-host.ts';
import { type VersionText, versionText } from './version-text.ts';

/** What all parts of an upgrade look at: the host, and its two versions. */
export interface Scope extends UpgradeHost {
  readonly from: string;
  readonly to: string;
  readonly text: VersionText;
  /** The masters of the old version, those that nothing starts included. */
  readonly oldMasters: readonly Master[];
  readonly newMasters: readonly Master[];
  readonly oldPools: PoolIndex;
  readonly newPools: PoolIndex;
  /** The passes that dial an address. */
  linksTo(address: Address): readonly Link[];
  /** The passes that a pool answers, or answered while it ran. */
  linksOf(pool: Pool): readonly Link[];
}

/** Finds pools without looking at all of them. */
export interface PoolIndex {
  readonly all: readonly OwnedPool[];
  /** The pool that listens at an address. */
  at(address: Address): OwnedPool | undefined;
  named(name: string): OwnedPool | undefined;
}

/** Puts a host and its versions together. */
export function scopeOf(upgradeHost: UpgradeHost, from: string, to: string): Scope {
  const all = [...upgradeHost.host.masters, ...upgradeHost.leftovers];
  const oldMasters = all.filter(({ phpVersion }) => phpVersion === from);
  const newMasters = all.filter(({ phpVersion }) => phpVersion === to);
  return {
    ...upgradeHost,
    from,
    to,
    text: versionText(from, to),
    oldMasters,
    newMasters,
    oldPools: indexPools(oldMasters),
    newPools: indexPools(newMasters),
    ...indexLinks(upgradeHost.host.links),
  };
}

function indexLinks(links: readonly Link[]): Pick<Scope, 'linksTo' | 'linksOf'> {
  const byAddress = new Map<string, Set<Link>>();
  const byPool = new Map<Pool, Set<Link>>();
  for (const link of links) {
    for (const { address, result } of link.peers) {
      if (address) add(byAddress, addressKey(address), link);
      for (const { owner } of result.kind === 'found' ? result.listeners : []) {
        if (owner.kind === 'pool') add(byPool, owner.pool, link);
      }
    }
  }
  const linksTo: Scope['linksTo'] = (address) => [...(byAddress.get(addressKey(address)) ?? [])];
  return {
    linksTo,
    linksOf(pool) {
      const answered = byPool.get(pool);
      const address = addressOf(pool.listenAddress);
      return answered ? [...answered] : address ? linksTo(address) : [];
    },
  };
}

function add<Key>(index: Map<Key, Set<Link>>, key: Key, link: Link): void {
  const known = index.get(key);
  if (known) known.add(link);
  else index.set(key, new Set([link]));
}

function indexPools(masters: readonly Master[]): PoolIndex {
  const all = masters.flatMap((master) => master.pools.map((pool) => ({ pool, master })));
  const byName = new Map<string, OwnedPool>();
  const byAddress = new Map<string, OwnedPool>();
  for (const owned of all) {
    const address = addressOf(owned.pool.listenAddress);
    const key = address && addressKey(address);
    if (!byName.has(owned.pool.name)) byName.set(owned.pool.name, owned);
    if (key !== undefined && !byAddress.has(key)) byAddress.set(key, owned);
  }
  return {
    all,
    at: (address) => byAddress.get(addressKey(address)),
    named: (name) => byName.get(name),
  };
}

/** One pool with the master it belongs to. */
export interface OwnedPool {
  readonly pool: Pool;
  readonly master: Master;
}

/** The user and the group that scripts of a pool run as: `shop`, `shop:www-data`. `undefined` where they are not known. */
export function accountOf({ user, group }: Pool): string | undefined {
  const name = knownValue(user);
  if (name === undefined) return undefined;
  const other = knownValue(group);
  return other === undefined || other === name ? name : `${name}:${other}`;
}

/** As a person would name a pool: `the pool shop of PHP 8.1`. */
export function poolTitle({ pool, master }: OwnedPool): string {
  return `the pool ${pool.name} of ${master.title}`;
}
