import { defineRule } from '../src/engine/rule.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { missingFinding } from '../src/findings/missing-finding.ts';
import { isDebianLink, missingTargets } from '../src/model/checks/missing.ts';

export default defineRule({
  id: 'default-php-fpm-sock-without-www-conf',
  title: 'nginx uses the socket without a version, and no www.conf offers it',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Finds passes to `/run/php/php-fpm.sock` on Debian and Ubuntu where no master has a `pool.d/www.conf` with a socket.',
    why: 'That path is a link which each service makes when it starts, to the `listen` in its `pool.d/www.conf`. The helper reads that one file: where it was removed or renamed there is no link, and each request is answered 502.',
    fine: 'With a `www.conf` the link is there, though no pool names it. It then leads to the highest PHP version, and an upgrade moves it.',
    fix: 'Name the socket of the pool that you mean.',
  },
  references: [
    'https://salsa.debian.org/php-team/php',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
  ],
  frequency: 'medium',
  logs: [socketMissingLine],
  examples: [
    {
      name: 'www.conf was renamed',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf': '; moved to shop.conf\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingTargets(host)) {
        if (!isDebianLink(missing, host)) continue;
        context.report(
          missingFinding(missing, host, {
            message:
              'the link /run/php/php-fpm.sock is not there, because no pool.d/www.conf offers a socket',
            label: 'php-fpm makes it from pool.d/www.conf alone',
          }),
        );
      }
    }
  },
});
