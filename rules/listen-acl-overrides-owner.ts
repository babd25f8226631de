import { defineRule } from '../src/engine/rule.ts';
import { deniedFinding } from '../src/findings/denied-finding.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { deniedSockets } from '../src/model/checks/denied-socket.ts';
import { spanOf } from '../src/model/fpm/setting.ts';

export default defineRule({
  id: 'listen-acl-overrides-owner',
  title: 'An access list keeps nginx out, whatever the owner of the socket is',
  severity: 'error',
  reads: ['nginx', 'fpm', 'users'],
  docs: {
    what: 'Finds pools with `listen.acl_users` or `listen.acl_groups` and an owner or a group beside it, where the list does not name nginx.',
    why: 'A list makes php-fpm ignore owner and group, which it notes as a warning only. nginx may not connect, and each request is answered 502. Red Hat ships the list, and guides for other systems set the owner.',
    fine: 'The list names the user of nginx or a group that it has.',
    fix: 'Add nginx to the list, or remove the list.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-acl-users',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'medium',
  logs: [
    socketDeniedLine,
    "[pool <pool>] ACL set, listen.owner = '<user>' is ignored",
    "[pool <pool>] ACL set, listen.group = '<group>' is ignored",
  ],
  examples: [
    {
      name: 'the owner of a guide beside the list of the package',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.acl_users = root\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.acl_users = root,www-data\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const socket of deniedSockets(host).denied) {
        if (socket.access.by !== 'acl-over-owner') continue;
        const { listenOwner, listenGroup } = socket.pool;
        const finding = deniedFinding(socket, undefined);
        context.report({
          ...finding,
          label: 'the list alone decides',
          related: [
            ...[listenOwner, listenGroup].flatMap((setting) => {
              const span = spanOf(setting);
              return span ? [{ span, message: 'ignored beside a list' }] : [];
            }),
            ...(finding.related ?? []),
          ],
          help: `add "${socket.access.nginxUser}" to listen.acl_users, or remove the list`,
        });
      }
    }
  },
});
