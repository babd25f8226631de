import { defineRule } from '../src/engine/rule.ts';
import { deniedFinding } from '../src/findings/denied-finding.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { socketAccessFix } from '../src/fix/socket-access.ts';
import { deniedSockets } from '../src/model/checks/denied-socket.ts';

export default defineRule({
  id: 'fpm-socket-permission',
  title: 'The owner, group and mode of a socket keep nginx out',
  severity: 'error',
  reads: ['nginx', 'fpm', 'users'],
  docs: {
    what: 'Works out who may write to the socket of every pool that nginx uses, from `listen.owner`, `listen.group`, `listen.mode` and the access lists, and compares it with the user and the groups of nginx.',
    why: 'connect(2) needs write permission on the socket. Without it each request is answered 502, and neither `nginx -t` nor `php-fpm -t` looks.',
    fine: 'nginx may be in the group of the socket, be its owner, or be named in `listen.acl_users`. An owner given by name brings its primary group with it. Where passwd and group were not given, this is a warning.',
    fix: 'Set `listen.group` to the group of nginx and keep the mode 0660, or add nginx to the group of the pool. Do not open the socket to everybody: any program on the host could then run PHP as the pool.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-owner',
    'https://nginx.org/en/docs/ngx_core_module.html#user',
    'https://www.man7.org/linux/man-pages/man7/unix.7.html',
  ],
  frequency: 'very high',
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'a socket of the site’s own user',
      bad: {
        'etc/passwd':
          'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\nshop:x:1001:1001::/home/shop:/bin/false\n',
        'etc/group': 'root:x:0:\nwww-data:x:33:\nshop:x:1001:\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = shop\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = shop\nlisten.group = shop\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/passwd':
          'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\nshop:x:1001:1001::/home/shop:/bin/false\n',
        'etc/group': 'root:x:0:\nwww-data:x:33:\nshop:x:1001:www-data\n',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = shop\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = shop\nlisten.group = shop\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const { denied, unknown } = deniedSockets(host);
      for (const why of unknown) context.skip(why);
      for (const socket of denied) {
        if (socket.access.by !== 'acl' && socket.access.by !== 'mode') continue;
        context.report({
          ...deniedFinding(socket, socketAccessFix(socket, host)),
          help:
            socket.access.by === 'acl'
              ? `add "${socket.access.nginxUser}" to listen.acl_users; owner, group and mode are ignored beside it`
              : `set listen.group = ${socket.access.nginxUser} and listen.mode = 0660`,
        });
      }
    }
  },
});
