import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine } from '../src/findings/log-lines.ts';
import { misplacedFinding } from '../src/findings/misplaced-finding.ts';
import { replace } from '../src/fix/lines.ts';
import { misplacedPools } from '../src/model/checks/missing.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import { addressText, isIpAddress } from '../src/model/links/address.ts';

export default defineRule({
  id: 'fpm-listen-without-port',
  title: 'A pool names a host without a port',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Reports a `listen` that is only an IP address or `localhost`, where nginx connects to a port of that host.',
    why: 'Without a colon php-fpm takes it for the name of a socket file below its prefix: it starts, with a socket such as `/usr/127.0.0.1`, nobody listens on the port, and each request is answered 502.',
    fine: 'A port alone is an address: `listen = 9000`.',
    fix: 'Add the port: `listen = 127.0.0.1:9000`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
  ],
  frequency: 'low',
  logs: [connectionRefusedLine],
  examples: [
    {
      name: 'the port was forgotten',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const misplaced of misplacedPools(host, 'no-port')) {
        const { listen } = misplaced.pool;
        const at = spanOf(listen);
        if (listen.kind !== 'given' || !at) continue;
        const address = misplaced.targets[0]?.peer.address;
        const port = address?.kind === 'tcp' ? address.port : 9000;
        // A name may stand for two addresses, of which php-fpm takes one.
        const fixed =
          address?.kind === 'tcp' && !isIpAddress(listen.text)
            ? addressText(address)
            : `${listen.text}:${port}`;
        context.report({
          ...misplacedFinding(misplaced, {
            message: `"${listen.text}" has no port, so php-fpm makes a socket file of that name and no port is open`,
            label: `the socket is ${listen.value}`,
            at,
            help: `write listen = ${fixed}`,
          }),
          ...(address?.kind === 'tcp' && {
            fix: { safe: true, title: `listen = ${fixed}`, edits: [replace(at, fixed)] },
          }),
        });
      }
    }
  },
});
