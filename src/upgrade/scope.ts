import type { Address } from '../model/address.ts';
import { addressKey } from '../model/address.ts';
import type { Master } from '../model/fpm/master.ts';
import { addressOf } from '../model/fpm/meant-listen.ts';
import type { Pool } from '../model/fpm/pool.ts';
import { knownValue } from '../model/fpm/setting.ts';
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
}

/** Puts a host and its versions together. */
export function scopeOf(upgradeHost: UpgradeHost, from: string, to: string): Scope {
  const all = [...upgradeHost.host.masters, ...upgradeHost.leftovers];
  return {
    ...upgradeHost,
    from,
    to,
    text: versionText(from, to),
    oldMasters: all.filter(({ phpVersion }) => phpVersion === from),
    newMasters: all.filter(({ phpVersion }) => phpVersion === to),
  };
}

/** One pool with the master it belongs to. */
export interface OwnedPool {
  readonly pool: Pool;
  readonly master: Master;
}

/** The pools of masters. */
export function poolsOf(masters: readonly Master[]): readonly OwnedPool[] {
  return masters.flatMap((master) => master.pools.map((pool) => ({ pool, master })));
}

/** The pool that listens at an address. */
export function poolAt(masters: readonly Master[], address: Address): OwnedPool | undefined {
  return poolsOf(masters).find(({ pool }) => {
    const own = addressOf(pool.listenAddress);
    return own !== undefined && addressKey(own) === addressKey(address);
  });
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
