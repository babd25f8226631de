import { defineRule } from '../src/engine/rule.ts';
import { deniedFinding } from '../src/findings/denied-finding.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { ownSocketFix } from '../src/fix/socket-access.ts';
import { deniedSockets } from '../src/model/checks/denied-socket.ts';

export default defineRule({
  id: 'fpm-socket-owner-unset',
  title: 'A socket without owner and group belongs to root alone',
  severity: 'error',
  reads: ['nginx', 'fpm', 'users'],
  docs: {
    what: 'Finds pools on a unix socket that set neither `listen.owner`, `listen.group`, `listen.mode` nor an access list, and that nginx uses as a user other than root.',
    why: 'The socket then belongs to the user that starts php-fpm, which is root, with the mode 0660. nginx may not connect, and each request is answered 502.',
    fine: 'Pools on a port have no owner. A master that is started by an ordinary user gives its sockets to that user.',
    fix: 'Set `listen.owner` and `listen.group` to the user and group of nginx.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-owner',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'very high',
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'a pool file with the least in it',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const socket of deniedSockets(host).denied) {
        if (socket.access.by !== 'default') continue;
        const { nginxUser } = socket.access;
        context.report({
          ...deniedFinding(socket, ownSocketFix(socket, host)),
          help: `set listen.owner = ${nginxUser} and listen.group = ${nginxUser} in the pool`,
        });
      }
    }
  },
});
