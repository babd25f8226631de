import { defineRule } from '../src/engine/rule.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { misplacedFinding } from '../src/findings/misplaced-finding.ts';
import { misplacedPools } from '../src/model/checks/missing.ts';
import { spanOf } from '../src/model/fpm/setting.ts';

export default defineRule({
  id: 'fpm-section-header',
  title: 'A second section of the same name moves a pool away from its address',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Finds pools whose `listen` is written more than once, where nginx connects to an address that a later line replaced.',
    why: 'Sections of one name are one pool, in whatever files they stand and whatever their case: the last `listen` wins. A copy of `www.conf` with another `listen` does not add a pool but moves the first one, and each request to the old address is answered 502.',
    fine: 'The official Docker image builds its pool from several files, all with `[www]`. Nothing is reported as long as nginx knows the last address.',
    fix: 'Give the second pool a name of its own.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [socketMissingLine],
  examples: [
    {
      name: 'a copied file that kept its header',
      bad: {
        'etc/php/8.2/fpm/pool.d/www2.conf':
          '[www]\nuser = www-data\nlisten = /run/php/blog.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www2.conf':
          '[blog]\nuser = www-data\nlisten = /run/php/blog.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const misplaced of misplacedPools(host, 'moved')) {
        const { name, listen, headers } = misplaced.pool;
        const at = spanOf(listen);
        if (listen.kind !== 'given' || !at) continue;
        const again = headers.findLast(({ source }) => source === at.source);
        const finding = misplacedFinding(misplaced, {
          message: `this moves the pool ${name} to "${listen.value}": sections of one name are one pool, and its last listen wins`,
          label: 'nobody listens where nginx connects',
          at,
          help: again
            ? `if it is meant to be another pool, give its section another name than [${name}]`
            : `begin this file with a section of its own: its lines belong to [${name}], which stayed open`,
        });
        context.report({
          ...finding,
          related: [
            ...(again && headers.length > 1 ? [{ span: again, message: 'the same pool again' }] : []),
            ...(finding.related ?? []),
          ],
        });
      }
    }
  },
});
