import { defineRule } from '../src/engine/rule.ts';
import { sameSocketsOn } from '../src/model/checks/same-socket.ts';
import { spanOf } from '../src/model/fpm/setting.ts';

export default defineRule({
  id: 'pools-share-one-tcp-socket',
  title: 'Two pools accept from one port',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Resolves the `listen` of the pools of a master and finds two that are written differently and are one address and port.',
    why: 'php-fpm compares the texts, then gives both pools the same socket: whichever worker is free takes a request, so the scripts of a site run under the user and the settings of either pool.',
    fine: 'Pools with addresses of different hosts may have the same port.',
    fix: 'Give each pool a port of its own.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
  ],
  frequency: 'low',
  examples: [
    {
      name: 'localhost and its address',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/php/8.2/fpm/pool.d/blog.conf':
          '[blog]\nuser = www-data\nlisten = localhost:9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/php/8.2/fpm/pool.d/blog.conf':
          '[blog]\nuser = www-data\nlisten = localhost:9001\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { first, second, address, log } of sameSocketsOn(host)) {
        const at = spanOf(second.listen);
        const other = spanOf(first.listen);
        if (log !== undefined || !at || !other) continue;
        context.report({
          message: `the pools ${first.name} and ${second.name} accept from the same port, ${address}, so a request runs in either of them`,
          at,
          related: [{ span: other, message: `the pool ${first.name} is there already` }],
          help: 'give each pool a port of its own',
        });
      }
    }
  },
});
