import type { Related } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { connectionResetLine } from '../src/findings/log-lines.ts';
import {
  fittingChildren,
  type PoolMemory,
  usualWorkerBytes,
  type WorkerMemory,
  workerMemory,
} from '../src/model/checks/worker-memory.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import type { MemoryFact } from '../src/model/host/memory.ts';
import type { Host } from '../src/model/host.ts';
import { bytesText } from '../src/values/bytes-text.ts';

export default defineRule({
  id: 'max-children-exceeds-memory',
  title: 'All workers together may take more memory than the host has',
  severity: 'warning',
  reads: ['fpm', 'memory'],
  docs: {
    what: 'Adds up `pm.max_children` times the memory of one worker over all pools of the host and compares the sum with its memory, and that of one php-fpm with `MemoryMax=` of its unit. The memory of a worker is what `--worker-memory` says, else the `memory_limit` of the pool or of php.ini, which a worker cannot pass. Where `memory_limit` is off, a worker is counted with the 120 MiB that a usual one may take.',
    why: 'Under load php-fpm starts workers until `pm.max_children`. When the memory runs out, the kernel kills one of them, and the visitor it served gets 502.',
    fine: 'Workers seldom all reach their `memory_limit`. Where the sum is too large only by that upper bound, and workers of 120 MiB would fit, this is an info. Many small `ondemand` pools hardly ever peak at the same time.',
    fix: 'Measure a worker under load, for instance with `ps -o rss`, give it as `--worker-memory`, and lower `pm.max_children` to what fits.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#pm.max-children',
    'https://www.php.net/manual/en/ini.core.php#ini.memory-limit',
  ],
  frequency: 'high',
  logs: [
    connectionResetLine,
    'Out of memory: Killed process <pid> (php-fpm',
    '[pool <pool>] child <pid> exited on signal 9 (SIGKILL) after <number> seconds from start',
  ],
  examples: [
    {
      name: 'a host of one gibibyte',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 50\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 8\n',
      },
      options: { memoryBytes: 1024 ** 3 },
    },
    {
      name: 'workers that were measured',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 100\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 60\n',
      },
      options: { memoryBytes: 4 * 1024 ** 3, workerMemoryBytes: 64 * 1024 ** 2 },
    },
    {
      name: 'workers without a limit',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 200\nphp_admin_value[memory_limit] = -1\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 20\nphp_admin_value[memory_limit] = -1\n',
      },
      options: { memoryBytes: 4 * 1024 ** 3 },
    },
    {
      name: 'a unit that is allowed less than the host has',
      bad: {
        'etc/systemd/system/php8.2-fpm.service.d/memory.conf': '[Service]\nMemoryMax=512M\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 20\nphp_admin_value[memory_limit] = 64M\n',
      },
      good: {
        'etc/systemd/system/php8.2-fpm.service.d/memory.conf': '[Service]\nMemoryMax=2G\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 20\nphp_admin_value[memory_limit] = 64M\n',
      },
      options: { memoryBytes: 4 * 1024 ** 3 },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      if (host.masters.length === 0) continue;
      if (!host.memory && host.masters.some(({ memoryLimit }) => !memoryLimit)) {
        context.skip('the memory of the host is not known; give --memory 4G');
      }
      let isReported = false;
      for (const bound of boundsOf(host)) {
        // Where systemd stops one master, that of the whole host is no second cause.
        if (bound.isHost && isReported) continue;
        const { sum, memory, limit } = bound;
        const isTooMuch = sum.totalBytes > memory.bytes;
        const unmeasured = isTooMuch ? sum.unbounded : [...sum.unbounded, ...sum.unlimited];
        if (unmeasured.length > 0) {
          const names = [...new Set(unmeasured.map(({ name }) => name))].slice(0, 3).join(', ');
          context.skip(`the memory of a worker is not known for ${names}; give --worker-memory 64M`);
        }
        if (!isTooMuch) continue;
        const [largest, ...others] = [...sum.pools].sort((one, other) => other.totalBytes - one.totalBytes);
        if (!largest) continue;
        const decides = largest.limit && spanOf(largest.limit);
        isReported = true;
        context.report({
          severity: isLikely(sum, memory.bytes) ? 'warning' : 'info',
          message: `${sum.maxChildren} workers may take ${bytesText(sum.totalBytes)}, and ${bound.has} ${bytesText(memory.bytes)}`,
          at: largest.children.span,
          label: share(largest),
          related: [
            ...(limit ? [limit] : []),
            ...(decides ? [{ span: decides, message: limitLabels[largest.from] }] : []),
            ...others.slice(0, 5).map((pool) => ({ span: pool.children.span, message: share(pool) })),
          ],
          predicts: {
            status: 502,
            log: 'recv() failed (104: Connection reset by peer) while reading response header from upstream',
            when: 'under load, once the memory has run out',
          },
          help: advice(largest, others, sum, memory),
        });
      }
    }
  },
});

/** What limits the memory of workers, and what they may take of it. */
interface Bound {
  readonly sum: WorkerMemory;
  readonly memory: Pick<MemoryFact, 'bytes' | 'label'>;
  readonly isHost: boolean;
  /** What it is: `the host has`. */
  readonly has: string;
  /** Where it is set. */
  readonly limit?: Related;
}

/** The units of masters first, then the host. */
function boundsOf(host: Host): readonly Bound[] {
  const ofUnits = host.masters.flatMap((master): readonly Bound[] => {
    const { memoryLimit, title } = master;
    if (!memoryLimit || (host.memory && host.memory.bytes <= memoryLimit.value)) return [];
    return [
      {
        sum: workerMemory({ ...host, masters: [master] }),
        memory: { bytes: memoryLimit.value, label: 'MemoryMax= of the unit' },
        isHost: false,
        has: `systemd allows ${title} no more than`,
        limit: { span: memoryLimit.span, message: 'the limit of its unit' },
      },
    ];
  });
  const { memory, place } = host;
  if (!memory) return ofUnits;
  const ofHost: Bound = {
    sum: workerMemory(host),
    memory,
    isHost: true,
    has: memory.span && place ? `${place.title} may have` : 'the host has',
    ...(memory.span && { limit: { span: memory.span, message: 'the limit of its service' } }),
  };
  return [...ofUnits, ofHost];
}

const limitLabels: Readonly<Record<PoolMemory['from'], string>> = {
  given: 'the limit of one worker',
  memory_limit: 'the most one worker may take',
  usual: 'nothing limits a worker',
};

/** Whether it overflows without every worker reaching a generous limit. */
function isLikely({ pools }: WorkerMemory, bytes: number): boolean {
  const usual = pools.reduce((sum, { maxChildren, workerBytes, from }) => {
    const worker = from === 'given' ? workerBytes : Math.min(workerBytes, usualWorkerBytes);
    return sum + maxChildren * worker;
  }, 0);
  return usual > bytes;
}

function share({ pool, maxChildren, workerBytes, totalBytes, from }: PoolMemory): string {
  const bytes = bytesText(workerBytes);
  const each = { given: bytes, memory_limit: `at most ${bytes}`, usual: `perhaps ${bytes}` }[from];
  return `${pool.name}: ${maxChildren} workers of ${each} make ${bytesText(totalBytes)}`;
}

function advice(
  largest: PoolMemory,
  others: readonly PoolMemory[],
  sum: WorkerMemory,
  { bytes, label }: Bound['memory'],
): string {
  const fits = fittingChildren(largest, sum, bytes);
  const most = `with ${bytesText(bytes)} (${label}) the largest pm.max_children of ${largest.pool.name} that fits is ${fits}`;
  const shared = others.length > 0 ? ', if the other pools shrink by the same factor' : '';
  const measure =
    largest.from === 'given' ? '' : '; measure a worker under load and give it as --worker-memory';
  return `${most}${shared}${measure}`;
}
