import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { siteAppOf } from '../src/model/checks/site-app.ts';
import { readTimeoutOf } from '../src/model/checks/time-limit.ts';
import { type Alike, poolsOfKinds } from '../src/model/fpm/pool-kind.ts';
import { linksTo } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'single-worker-loopback',
  title: 'A pool has a single worker, which a page may need twice',
  severity: 'info',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks for pools behind nginx with `pm.max_children = 1`. Where the document root shows an app that is known to call its own site, such as WordPress, Nextcloud or Magento, this is a warning.',
    why: 'A page that asks its own site for something waits for the worker that it runs in. Nobody can end that but the timeout: 504. Apart from that, every visitor waits for the one before.',
    fine: 'A site that never calls itself and has one visitor at a time.',
    fix: 'Set `pm.max_children` to two at the very least.',
  },
  references: ['https://www.php.net/manual/en/install.fpm.configuration.php#pm.max-children'],
  frequency: 'low',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'WordPress with one worker',
      bad: {
        'var/www/blog/wp-cron.php': '<?php\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 1\n',
        'etc/nginx/sites-enabled/blog':
          'server {\n    server_name blog.example.com;\n    root /var/www/blog;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'var/www/blog/wp-cron.php': '<?php\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/blog':
          'server {\n    server_name blog.example.com;\n    root /var/www/blog;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const pool of host.masters.flatMap(({ pools }) => poolsOfKinds(pools, hasOneWorker))) {
        const { maxChildren } = pool;
        const passes = linksTo(pool, host).map(({ pass }) => pass);
        const [first] = passes;
        if (maxChildren.kind !== 'given' || !first) continue;
        const app = passes
          .map(({ block }) => siteAppOf(block, host.paths))
          .find((found) => found !== undefined);
        const callsItself = app && app.name !== 'Laravel' ? app.name : undefined;
        const timeout = readTimeoutOf(first);
        const wait = timeout.kind === 'unknown' ? '' : `, up to ${timeout.seconds} seconds`;
        context.report({
          severity: callsItself ? 'warning' : 'info',
          message: `the pool "${pool.name}" has one worker: a page that calls its own site waits for itself${wait}`,
          ...(callsItself && { label: `${callsItself} calls its own site` }),
          at: maxChildren.span,
          predicts: {
            status: 504,
            log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
            when: 'when a page calls its own site',
          },
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: 'set pm.max_children to two at the very least',
        });
      }
    }
  },
});

function hasOneWorker({ maxChildren }: Alike): boolean {
  return maxChildren.kind === 'given' && maxChildren.value === 1;
}
