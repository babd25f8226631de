import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import type { Pool } from '../src/model/fpm/pool.ts';
import { knownValue, spanOf } from '../src/model/fpm/setting.ts';
import { serversBehind } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'systemd-limit-below-pool',
  title: 'systemd allows php-fpm fewer processes than its pools may have',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `TasksMax=` of the unit that starts php-fpm with `pm.max_children` of all its pools together and the master itself.',
    why: 'At the limit fork(2) fails: php-fpm logs `fork() failed`, the pools stay smaller than they say, and requests wait until nginx answers 504.',
    fine: 'Pools that are never full at the same time. Without a number in `TasksMax=` the limit is thousands.',
    fix: 'Raise `TasksMax=` in a drop-in of the unit, or lower `pm.max_children`.',
  },
  references: [
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html',
    'https://www.php.net/manual/en/install.fpm.configuration.php#pm.max-children',
  ],
  frequency: 'low',
  logs: ['fork() failed: Resource temporarily unavailable (11)', readTimedOutLine],
  examples: [
    {
      name: 'ten processes for twenty workers',
      bad: {
        'etc/systemd/system/php8.2-fpm.service':
          '[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/php-fpm.conf\nTasksMax=10\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 20\n',
      },
      good: {
        'etc/systemd/system/php8.2-fpm.service':
          '[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/php-fpm.conf\nTasksMax=64\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 20\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        const { taskLimit, pools } = master;
        if (!taskLimit) continue;
        const largest = pools.toSorted((one, other) => workersOf(other) - workersOf(one));
        const workers = pools.reduce((sum, pool) => sum + workersOf(pool), 0);
        const spans = largest.flatMap(({ maxChildren }) => spanOf(maxChildren) ?? []);
        const [at, ...related] = spans;
        // The master is a process too.
        if (!at || workers + 1 <= taskLimit.value) continue;
        context.report({
          message: `systemd allows ${master.title} no more than ${taskLimit.value} processes, and its pools may have ${workers} workers beside the master`,
          at,
          related: [
            { span: taskLimit.span, message: 'the limit of its unit' },
            ...related.slice(0, 3).map((span) => ({ span, message: 'and these' })),
          ],
          predicts: { status: 504, log: readTimedOutLine, when: 'when the pools are full' },
          affects: visitorsOf(serversBehind(master, host)),
          help: `set TasksMax= of the unit above ${workers}, or lower pm.max_children`,
        });
      }
    }
  },
});

function workersOf({ maxChildren }: Pool): number {
  return knownValue(maxChildren) ?? 0;
}
