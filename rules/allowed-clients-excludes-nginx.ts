import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine } from '../src/findings/log-lines.ts';
import { type ClosedPool, closedPools } from '../src/model/checks/allowed-clients.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'allowed-clients-excludes-nginx',
  title: 'A pool drops the connections of nginx',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `listen.allowed_clients` of pools on a port with the address that nginx comes from: a loopback address on the same host, another one from another host or container.',
    why: 'php-fpm accepts the connection and closes it again: each request is answered 502. It takes literal addresses only, cut at commas: a network such as `10.0.0.0/8`, a name or a blank makes it skip the entry, and where no entry is left it lets nobody in.',
    fine: 'Pools on a unix socket ignore the list. The address of another machine is known only where `hosts:` of `no502.yaml` tells it.',
    fix: 'List the addresses nginx comes from, with commas and without blanks.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-allowed-clients',
    'https://github.com/php/php-src/blob/PHP-8.2/main/fastcgi.c',
  ],
  frequency: 'medium',
  logs: [
    closedEarlyLine,
    connectionResetLine,
    "Connection disallowed: IP address '<address>' has been dropped.",
    "Wrong IP address '<address>' in listen.allowed_clients",
    'There are no allowed addresses',
  ],
  examples: [
    {
      name: 'a network',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.allowed_clients = 127.0.0.0/8\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.allowed_clients = 127.0.0.1\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
    },
    {
      name: 'a blank behind the comma',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.allowed_clients = 10.0.0.17, 127.0.0.1\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 9000\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.allowed_clients = 10.0.0.17,127.0.0.1\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const closed of hosts.flatMap(closedPools)) {
      const { pool, span, clients, wrong, links, certain } = closed;
      const [first] = wrong;
      context.report({
        severity: certain ? 'error' : 'warning',
        message: `the pool ${pool.name} drops the connections of nginx, which come from ${sourceOf(closed)}`,
        label: first === undefined ? 'not in this list' : `php-fpm takes "${first}" for no address`,
        at: span,
        related: links.slice(0, 3).map(({ pass }) => ({
          span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
          message: 'nginx connects to it here',
        })),
        predicts: {
          status: 502,
          log: 'upstream prematurely closed connection while reading response header from upstream',
          writer: 'nginx',
          ...(!certain && { when: 'unless nginx has another address that is in the list' }),
        },
        affects: visitorsOf(links.map((link) => link.pass.server)),
        help: `add ${clients[0] ?? 'the address of nginx'} to the list: single addresses, with commas and without blanks`,
      });
    }
  },
});

/** `127.0.0.1`, or `the service web`. */
function sourceOf({ clients, links }: ClosedPool): string {
  const places = new Set(links.flatMap(({ from }) => from?.title ?? []));
  return (clients.length > 0 ? clients : [...places]).join(' or ');
}
