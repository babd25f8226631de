import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Host } from '../host.ts';
import { addressKey } from '../links/address.ts';
import type { Listener } from '../links/listener.ts';

/** Two pools of different masters that claim one address: the master that starts second dies. */
export interface ListenConflict {
  readonly first: Claim;
  readonly second: Claim;
}

interface Claim {
  readonly listener: Listener;
  readonly pool: Pool;
  readonly master: Master;
}

/**
 * Finds addresses that pools of two masters claim. Within one master php-fpm itself compares, and its reader reports. Of files given
 * without their host, the masters may be alternatives of which one is deployed.
 */
export function listenConflicts(host: Host): readonly ListenConflict[] {
  if (host.masters.length < 2) return [];
  const claims = new Map<string, Claim>();
  const conflicts: ListenConflict[] = [];
  for (const listener of host.listeners.all) {
    const { owner } = listener;
    if (owner.kind !== 'pool' || listener.isAlias || !owner.master.complete) continue;
    const key = addressKey(listener.address);
    const claim = { listener, pool: owner.pool, master: owner.master };
    const first = claims.get(key);
    if (!first) claims.set(key, claim);
    else if (first.master !== claim.master) conflicts.push({ first, second: claim });
  }
  return conflicts;
}
