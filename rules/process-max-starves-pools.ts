import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { starvedPools } from '../src/model/checks/starved-pool.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import { linksTo } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'process-max-starves-pools',
  title: 'process.max leaves a pool without a single worker',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Adds up the workers that the pools of a master start with, in the order of the pools: `pm.max_children` of static ones, `pm.start_servers` of dynamic ones. Reported is each pool that `process.max` leaves none for.',
    why: 'The pool listens, nobody answers, and each of its requests waits until nginx gives up: 504.',
    fine: 'A limit above the sum. A limit below the sum of all `pm.max_children` is what the setting is for.',
    fix: 'Raise `process.max`, or let the pools in front start fewer workers.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#process.max',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_children.c',
  ],
  frequency: 'low',
  logs: [
    readTimedOutLine,
    "The maximum number of processes has been reached. Please review your configuration and consider raising 'process.max'",
  ],
  examples: [
    {
      name: 'four workers in front of a pool on demand',
      bad: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\nprocess.max = 4\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
        'etc/php/8.2/fpm/pool.d/zz-shop.conf':
          '[zz-shop]\nuser = www-data\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = ondemand\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/shop.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\nprocess.max = 8\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
        'etc/php/8.2/fpm/pool.d/zz-shop.conf':
          '[zz-shop]\nuser = www-data\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = ondemand\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/shop.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { master, pool, processMax, span, wanted } of starvedPools(host)) {
        const passes = linksTo(pool, host).map(({ pass }) => pass);
        const outcome = outcomeOf(passes, {
          status: 504,
          log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
        });
        const header = spanOf(pool.pm) ?? pool.headers[0];
        context.report({
          severity: passes.length === 0 ? 'warning' : outcome.severity,
          message: withReason(
            `process.max = ${processMax} leaves no worker for the pool "${pool.name}"`,
            passes.length === 0 ? { severity: 'warning' } : outcome,
          ),
          label: `the pools of ${master.title} start with ${wanted} workers together`,
          at: span,
          related: header ? [{ span: header, message: 'this pool comes too late' }] : [],
          ...(passes.length > 0 && outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: `raise process.max above ${wanted}, or let the other pools start fewer workers`,
        });
      }
    }
  },
});
