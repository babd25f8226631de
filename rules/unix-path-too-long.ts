import { defineRule, type RuleContext } from '../src/engine/rule.ts';
import { badTargetFinding } from '../src/findings/bad-target-finding.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { misplacedFinding } from '../src/findings/misplaced-finding.ts';
import { misplacedPools } from '../src/model/checks/missing.ts';
import { cutPath } from '../src/model/fpm/meant-listen.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import type { Host } from '../src/model/host.ts';
import { longestUnixPath } from '../src/model/links/address.ts';
import { badTargets } from '../src/model/nginx/start/bad-target.ts';

export default defineRule({
  id: 'unix-path-too-long',
  title: 'The path of a unix socket does not fit',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Reports pools and passes whose socket has a path of more than 107 bytes. For a pool it is an error where nginx connects to the path as it was meant.',
    why: 'The kernel takes no longer ones. nginx does not start with such a pass. Before PHP 8.4 php-fpm cuts the path without a word and says that it is ready; an nginx that comes to it by a shorter name finds no socket and answers 502.',
    fine: 'Where nginx names the cut path, it works.',
    fix: 'Choose a shorter path, such as one below /run.',
  },
  references: [
    'https://www.man7.org/linux/man-pages/man7/unix.7.html',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
    'https://github.com/nginx/nginx/blob/master/src/core/ngx_inet.c',
  ],
  frequency: 'low',
  logs: ['too long path in the unix domain socket in upstream "<path>"', socketMissingLine],
  examples: [
    {
      name: 'a pass with a long path',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/home/customer/web/a-shop-with-a-rather-long-name.example.com/private/releases/2026-11-23/shared/run/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'a socket deep below a home directory',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /home/customer/web/a-shop-with-a-rather-long-name.example.com/private/releases/2026-11-23/shared/run/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /home/customer/web/shop.example.com/private/run/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      reportPasses(host, context);
      const misplaced = new Map(misplacedPools(host, 'long-path').map((found) => [found.pool, found]));
      for (const master of host.masters) {
        for (const pool of master.pools) {
          if (pool.listenAddress?.kind !== 'unix') continue;
          const { path } = pool.listenAddress;
          const cut = cutPath(path);
          const at = cut === path ? undefined : spanOf(pool.listen);
          if (!at) continue;
          const words = {
            message: `the path of the socket is longer than ${longestUnixPath} bytes: the pool ${pool.name} listens on "${cut}"`,
            label: 'php-fpm cuts it without a word before PHP 8.4',
            at,
            help: 'choose a shorter path, such as one below /run',
          };
          const found = misplaced.get(pool);
          context.report(found ? misplacedFinding(found, words) : words);
        }
      }
    }
  },
});

function reportPasses({ nginx }: Host, context: RuleContext): void {
  for (const bad of nginx ? badTargets(nginx) : []) {
    if (bad.reason !== 'long-path') continue;
    context.report({
      severity: 'error',
      ...badTargetFinding(bad, {
        label: `a path may have ${longestUnixPath} bytes`,
        help: 'choose a shorter path for the socket, such as one below /run',
      }),
    });
  }
}
