import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';

/** A pool that gets no worker, because `process.max` is used up when its turn comes. */
export interface StarvedPool {
  readonly master: Master;
  readonly pool: Pool;
  readonly processMax: number;
  readonly span: Span;
  /** How many workers the pools of the master start with together. */
  readonly wanted: number;
}

/**
 * Finds the pools that `process.max` leaves without a worker. php-fpm starts the workers of one pool after the other and
 * stops at the limit; a pool with `pm = ondemand` starts none before its first request, when the others have theirs.
 *
 * `fpm_children_make` of https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_children.c
 */
export function starvedPools(host: Host): readonly StarvedPool[] {
  return host.masters.flatMap((master) => {
    const { processMax } = master.settings;
    const span = spanOf(processMax);
    const most = knownValue(processMax) ?? 0;
    if (most <= 0 || !span || !master.complete) return [];
    const starts = master.pools.map(startingWorkers);
    if (starts.some((count) => count === undefined)) return [];
    const wanted = starts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    let left = most;
    const starved: Pool[] = [];
    master.pools.forEach((pool, at) => {
      const count = starts[at] ?? 0;
      const gets = Math.min(count, left);
      left -= gets;
      if (gets === 0 && (count > 0 || wanted >= most)) starved.push(pool);
    });
    return starved.map((pool) => ({ master, pool, processMax: most, span, wanted }));
  });
}

function startingWorkers(pool: Pool): number | undefined {
  switch (knownValue(pool.pm)) {
    case 'static':
      return knownValue(pool.maxChildren);
    case 'dynamic':
      return knownValue(pool.startServers);
    case 'ondemand':
      return 0;
    default:
      return undefined;
  }
}
