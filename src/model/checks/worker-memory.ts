import type { Master } from '../fpm/master.ts';
import { bytesOf, phpSetting } from '../fpm/php-setting.ts';
import type { Pool } from '../fpm/pool.ts';
import { type Alike, type PoolKind, poolsByKind } from '../fpm/pool-kind.ts';
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
  /** Made when asked for: where all fit, nobody wants to know each. */
  readonly pools: readonly PoolMemory[];
  readonly totalBytes: number;
  readonly maxChildren: number;
  /** Pools whose workers no `memory_limit` bounds, so that they are counted by what is usual. */
  readonly unlimited: readonly Pool[];
  /** Pools that are not counted, as the limit of their workers is not known. */
  readonly unbounded: readonly Pool[];
}

/** Adds up what the workers of all pools may take at the most. Pools of an unknown bound are left out and named. */
export function workerMemory(host: Host): WorkerMemory {
  const unbounded: Pool[] = [];
  const unlimited: Pool[] = [];
  const shareOfPool = host.masters.map((master) => sharesIn(master, host.workerMemoryBytes));
  let totalBytes = 0;
  let maxChildren = 0;
  host.masters.forEach(({ pools }, number) => {
    pools.forEach((pool, at) => {
      const share = shareOfPool[number]?.(at);
      if (!share) {
        unbounded.push(pool);
        return;
      }
      if (share.from === 'usual') unlimited.push(pool);
      totalBytes += share.totalBytes;
      maxChildren += share.maxChildren;
    });
  });
  return {
    totalBytes,
    maxChildren,
    unlimited,
    unbounded,
    get pools() {
      return host.masters.flatMap((master, number) =>
        master.pools.flatMap((pool, at) => poolMemory(pool, master, shareOfPool[number]?.(at)) ?? []),
      );
    },
  };
}

/** What the workers of one pool of a kind may take. */
type Share = Pick<PoolMemory, 'maxChildren' | 'workerBytes' | 'from' | 'totalBytes'>;

/** The share of each pool of a master by its number, worked out once a kind. */
function sharesIn(master: Master, given: number | undefined): (at: number) => Share | undefined {
  const { kindAt, kinds } = poolsByKind(master.pools);
  const shares = new Map<PoolKind | undefined, Share | undefined>();
  for (const kind of kinds) shares.set(kind, shareOf(kind.one, master, given));
  return (at) => shares.get(kindAt[at]);
}

function shareOf(pool: Alike, master: Master, given: number | undefined): Share | undefined {
  const { maxChildren: children } = pool;
  if (children.kind !== 'given' || children.value < 1) return undefined;
  const maxChildren = children.value;
  if (given !== undefined) {
    return { maxChildren, workerBytes: given, from: 'given', totalBytes: maxChildren * given };
  }
  const limitBytes = knownValue(bytesOf(phpSetting(master, pool, 'memory_limit')));
  if (limitBytes === undefined || limitBytes === 0) return undefined;
  // -1 is no limit at all. https://www.php.net/manual/en/ini.core.php#ini.memory-limit
  const isLimited = limitBytes > 0;
  const workerBytes = isLimited ? limitBytes : usualWorkerBytes;
  const from = isLimited ? 'memory_limit' : 'usual';
  return { maxChildren, workerBytes, from, totalBytes: maxChildren * workerBytes };
}

function poolMemory(pool: Pool, master: Master, share: Share | undefined): PoolMemory | undefined {
  const { maxChildren: children } = pool;
  if (!share || children.kind !== 'given') return undefined;
  if (share.from === 'given') return { pool, master, children, ...share };
  return { pool, master, children, ...share, limit: phpSetting(master, pool, 'memory_limit') };
}

/** The largest `pm.max_children` of a pool with which all pools together fit, each shrunk by the same factor; at least 1. */
export function fittingChildren(
  { maxChildren }: PoolMemory,
  { totalBytes }: WorkerMemory,
  bytes: number,
): number {
  return Math.max(1, Math.floor((maxChildren * bytes) / totalBytes));
}
