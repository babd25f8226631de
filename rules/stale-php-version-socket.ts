import { defineRule } from '../src/engine/rule.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { missingFinding } from '../src/findings/missing-finding.ts';
import { missingTargets, missingText, staleVersion } from '../src/model/checks/missing.ts';

export default defineRule({
  id: 'stale-php-version-socket',
  title: 'nginx passes requests to the socket of a PHP version that has no pool any more',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Finds sockets that carry a PHP version in their name, such as `php8.1-fpm.sock`, where no pool of that version is left on the host.',
    why: 'This is what a PHP upgrade leaves behind: the package is gone and its socket with it, but a site, a snippet or an upstream still names it. `nginx -t` passes, and each request is answered 502.',
    fine: 'A site pinned to an old version whose pools are still there is never reported. A server of an upstream that is marked `backup` or `down` may be dead on purpose.',
    fix: 'Name the socket of the version that is installed. Do not link the old name to the new socket: the next upgrade breaks it again, and nobody sees why.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
  ],
  frequency: 'very high',
  logs: [socketMissingLine],
  examples: [
    {
      name: 'a site that the upgrade forgot',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.1-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'an upstream, and a version kept on purpose',
      bad: {
        'etc/nginx/conf.d/php.conf': 'upstream php {\n    server unix:/var/run/php/php7.4-fpm.sock;\n}\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/php.conf': 'upstream php {\n    server unix:/var/run/php/php7.4-fpm.sock;\n}\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
        'etc/php/7.4/fpm/php-fpm.conf': 'include=/etc/php/7.4/fpm/pool.d/*.conf\n',
        'etc/php/7.4/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php7.4-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingTargets(host)) {
        const version = staleVersion(missing, host);
        if (version === undefined) continue;
        context.report(
          missingFinding(missing, host, {
            message: `no pool listens on ${missingText(missing)}`,
            label: `PHP ${version} has no pool on this host`,
          }),
        );
      }
    }
  },
});
