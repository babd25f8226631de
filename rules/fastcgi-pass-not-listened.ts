import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, socketMissingLine } from '../src/findings/log-lines.ts';
import { missingFinding } from '../src/findings/missing-finding.ts';
import { unheardFinding } from '../src/findings/unheard-finding.ts';
import { isDebianLink, missingTargets, missingText, staleVersion } from '../src/model/checks/missing.ts';
import { unheardAddresses } from '../src/model/checks/unreached.ts';

export default defineRule({
  id: 'fastcgi-pass-not-listened',
  title: 'No pool listens where nginx passes PHP requests',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Joins every `fastcgi_pass` that is meant for PHP to the `listen` of every pool of the host, and reports the ones that reach no pool. Symlinks, `/var/run`, upstreams, constant variables, `$pool` and `prefix` are followed first.',
    why: 'nginx reads the address only as a string: `nginx -t` passes, and each request is answered 502.',
    fine: 'The address belongs to a FastCGI program that is not php-fpm, to another machine, or to a file that was not given: none of these is judged. A server of an upstream that is marked `backup` or `down` may be dead on purpose.',
    fix: 'Point `fastcgi_pass` at the `listen` of the pool. Change nginx rather than the pool: other sites may use the pool as it is.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
  ],
  frequency: 'very high',
  logs: [socketMissingLine, connectionRefusedLine],
  examples: [
    {
      name: 'a port, where the pool has a socket',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'a pool that names its socket after itself',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/store.sock;\n    }\n}\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/$pool.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/var/run/php/shop.sock;\n    }\n}\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/$pool.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingTargets(host)) {
        if (staleVersion(missing, host) || isDebianLink(missing, host)) continue;
        const message = `no pool listens on ${missingText(missing)}`;
        context.report(missingFinding(missing, host, { message }));
      }
      for (const unheard of unheardAddresses(host)) {
        if (unheard.meant === 'pool') context.report(unheardFinding(unheard));
      }
    }
  },
});
