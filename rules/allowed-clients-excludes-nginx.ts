import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine } from '../src/findings/log-lines.ts';
import { closedPools } from '../src/model/checks/allowed-clients.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'allowed-clients-excludes-nginx',
  title: 'A pool drops the connections of nginx',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `listen.allowed_clients` of pools on a port with the loopback address that nginx comes from.',
    why: 'php-fpm accepts the connection and closes it again: each request is answered 502. It takes literal addresses only, cut at commas: a network such as `10.0.0.0/8`, a name or a blank makes it skip the entry, and where no entry is left it lets nobody in.',
    fine: 'Pools on a unix socket ignore the list. Where nginx comes from another machine, its address is not known here.',
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
    for (const { pool, span, clients, wrong, links } of hosts.flatMap(closedPools)) {
      const [first] = wrong;
      context.report({
        message: `the pool ${pool.name} drops the connections of nginx, which come from ${clients.join(' or ')}`,
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
        },
        affects: visitorsOf(links.map((link) => link.pass.server)),
        help: `add ${clients[0]} to the list: single addresses, with commas and without blanks`,
      });
    }
  },
});
