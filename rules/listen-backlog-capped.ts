import { defineRule } from '../src/engine/rule.ts';
import { connectTimedOutLine } from '../src/findings/log-lines.ts';
import { type Alike, poolsOfKinds } from '../src/model/fpm/pool-kind.ts';
import { knownValue, spanOf } from '../src/model/fpm/setting.ts';
import { linksTo } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'listen-backlog-capped',
  title: 'The queue in front of a pool is shorter than the pool has workers',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `listen.backlog`, where it is set, with `pm.max_children`.',
    why: 'The kernel queues the connections that no worker has taken yet. While php-fpm starts workers, or all are busy for a moment, a burst no larger than the pool itself finds the queue full: 502 on a socket, 504 on a port. The kernel caps the number at `net.core.somaxconn`.',
    fine: 'Left out, it is the most that the kernel allows. A short queue turns visitors away early, which some prefer to letting them wait.',
    fix: 'Leave `listen.backlog` out, or set it to several hundred.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-backlog',
    'https://www.man7.org/linux/man-pages/man2/listen.2.html',
  ],
  frequency: 'medium',
  logs: [
    'connect() to unix:<path> failed (11: Resource temporarily unavailable) while connecting to upstream',
    connectTimedOutLine,
  ],
  examples: [
    {
      name: 'room for eight',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.backlog = 8\nlisten.owner = www-data\npm = static\npm.max_children = 20\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.backlog = 511\nlisten.owner = www-data\npm = static\npm.max_children = 20\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        const isSet = ({ listenBacklog }: Alike) => listenBacklog.kind === 'given';
        for (const pool of poolsOfKinds(master.pools, isSet)) {
          const { listenBacklog, maxChildren, listenAddress } = pool;
          const workers = knownValue(maxChildren);
          // Below zero it is the most that the kernel allows.
          if (listenBacklog.kind !== 'given' || workers === undefined) continue;
          if (listenBacklog.value < 0 || listenBacklog.value >= workers) continue;
          const links = linksTo(pool, host);
          const target = links[0]?.peers[0]?.target;
          if (target?.kind !== 'address') continue;
          const children = spanOf(maxChildren);
          const when = 'when more requests come at once than fit in the queue';
          context.report({
            message: `listen.backlog = ${listenBacklog.value} is less than the ${workers} workers of the pool "${pool.name}"`,
            at: listenBacklog.span,
            related: children ? [{ span: children, message: 'a burst of this size does not fit' }] : [],
            predicts:
              listenAddress?.kind === 'unix'
                ? {
                    status: 502,
                    log: `connect() to ${target.logged} failed (11: Resource temporarily unavailable) while connecting to upstream`,
                    when,
                  }
                : {
                    status: 504,
                    log: 'upstream timed out (110: Connection timed out) while connecting to upstream',
                    when,
                  },
            affects: visitorsOf(links.map(({ pass }) => pass.server)),
            help: 'leave listen.backlog out: the default is the most that the kernel allows',
          });
        }
      }
    }
  },
});
