import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { linksTo, sharedPools } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'max-children-small-default',
  title: 'Many sites share the few workers of one pool',
  severity: 'info',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Counts the servers that pass requests to a pool with five workers or fewer, the number that distributions ship, and reports it where there are at least as many servers as workers.',
    why: '`pm.max_children` is how many PHP requests run at once, of all these sites together. The next one waits, and after the read timeout of nginx it is answered 504. php-fpm logs `server reached pm.max_children setting`.',
    fine: 'Sites with few visitors at a time. The number alone says nothing about load.',
    fix: 'Raise `pm.max_children` as far as memory allows, or give each site a pool of its own.',
  },
  references: ['https://www.php.net/manual/en/install.fpm.configuration.php#pm.max-children'],
  frequency: 'very high',
  logs: [
    readTimedOutLine,
    '[pool <pool>] server reached pm.max_children setting (<number>), consider raising it',
  ],
  examples: [
    {
      name: 'three sites and two workers',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
        'etc/nginx/snippets/php.conf':
          'location ~ \\.php$ {\n    include fastcgi.conf;\n    fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n}\n',
        'etc/nginx/sites-enabled/sites':
          'server {\n    server_name a.example.com;\n    include snippets/php.conf;\n}\nserver {\n    server_name b.example.com;\n    include snippets/php.conf;\n}\nserver {\n    server_name c.example.com;\n    include snippets/php.conf;\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 12\n',
        'etc/nginx/snippets/php.conf':
          'location ~ \\.php$ {\n    include fastcgi.conf;\n    fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n}\n',
        'etc/nginx/sites-enabled/sites':
          'server {\n    server_name a.example.com;\n    include snippets/php.conf;\n}\nserver {\n    server_name b.example.com;\n    include snippets/php.conf;\n}\nserver {\n    server_name c.example.com;\n    include snippets/php.conf;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const pool of sharedPools(host)) {
        const { maxChildren } = pool;
        if (maxChildren.kind !== 'given' || maxChildren.value < 1 || maxChildren.value > fewWorkers) continue;
        const links = linksTo(pool, host);
        const servers = new Set(links.map(({ pass }) => pass.server));
        if (servers.size < 2 || servers.size < maxChildren.value) continue;
        const workers = maxChildren.value === 1 ? 'the only worker' : `the ${maxChildren.value} workers`;
        context.report({
          message: `${servers.size} servers share ${workers} of the pool "${pool.name}"`,
          at: maxChildren.span,
          predicts: {
            status: 504,
            log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
            when: `when more than ${maxChildren.value} slow requests come at once`,
          },
          affects: visitorsOf([...servers]),
          help: 'raise pm.max_children as far as memory allows, or give each site a pool of its own',
        });
      }
    }
  },
});

/** What distributions ship as `pm.max_children`. */
const fewWorkers = 5;
