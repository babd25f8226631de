import type { Master } from '../fpm/master.ts';
import { bytesOf, phpSetting } from '../fpm/php-setting.ts';
import type { Pool } from '../fpm/pool.ts';
import { type GivenSetting, knownValue, type Setting } from '../fpm/setting.ts';
import type { Host } from '../host.ts';

/** In bytes. What a worker of a usual PHP application takes when it is busy lies between 30 and 120 MiB. */
export const usualWorkerBytes = 120 * 1024 * 1024;

/** How much memory one pool's workers may take together. */
export interface PoolMemory {
  readonly pool: Pool;
  readonly master: Master;
  readonly maxChildren: number;
  /** The `pm.max_children` that sets it. */
  readonly children: GivenSetting<number>;
  /** In bytes, for one worker. */
  readonly workerBytes: number;
  /**
   * What the size of a worker comes from: the user's word, `memory_limit` as an upper bound, or, where `memory_limit`
   * is off, what a usual worker takes.
   */
  readonly from: 'given' | 'memory_limit' | 'usual';
  /** The `memory_limit` that says so. */
  readonly limit?: Setting<string>;
  readonly totalBytes: number;
}

/** The sum over all pools of a host, and the pools that could not be counted. */
export interface WorkerMemory {
  readonly pools: readonly PoolMemory[];
  readonly totalBytes: number;
  readonly maxChildren: number;
  /** Pools that are not counted, as the limit of their workers is not known. */
  readonly unbounded: readonly Pool[];
}

/** Adds up what the workers of all pools may take at the most. Pools of an unknown bound are left out and named. */
export function workerMemory(host: Host): WorkerMemory {
  const pools: PoolMemory[] = [];
  const unbounded: Pool[] = [];
  for (const master of host.masters) {
    for (const pool of master.pools) {
      const counted = poolMemory(pool, master, host.workerMemoryBytes);
      if (counted) pools.push(counted);
      else unbounded.push(pool);
    }
  }
  return {
    pools,
    totalBytes: pools.reduce((sum, { totalBytes }) => sum + totalBytes, 0),
    maxChildren: pools.reduce((sum, { maxChildren }) => sum + maxChildren, 0),
    unbounded,
  };
}

function poolMemory(pool: Pool, master: Master, given: number | undefined): PoolMemory | undefined {
  const children = pool.maxChildren;
  if (children.kind !== 'given' || children.value < 1) return undefined;
  const maxChildren = children.value;
  if (given !== undefined) {
    return {
      pool,
      master,
      maxChildren,
      children,
      workerBytes: given,
      from: 'given',
      totalBytes: maxChildren * given,
    };
  }
  const limit = phpSetting(master, pool, 'memory_limit');
  const limitBytes = knownValue(bytesOf(limit));
  if (limitBytes === undefined || limitBytes === 0) return undefined;
  // -1 is no limit at all. https://www.php.net/manual/en/ini.core.php#ini.memory-limit
  const isLimited = limitBytes > 0;
  const workerBytes = isLimited ? limitBytes : usualWorkerBytes;
  return {
    pool,
    master,
    maxChildren,
    children,
    workerBytes,
    from: isLimited ? 'memory_limit' : 'usual',
    limit,
    totalBytes: maxChildren * workerBytes,
  };
}

/** The largest `pm.max_children` of a pool with which all pools together fit, each shrunk by the same factor; at least 1. */
export function fittingChildren(
  { maxChildren }: PoolMemory,
  { totalBytes }: WorkerMemory,
  bytes: number,
): number {
  return Math.max(1, Math.floor((maxChildren * bytes) / totalBytes));
}
