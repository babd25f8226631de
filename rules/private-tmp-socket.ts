import { defineRule } from '../src/engine/rule.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { privateSockets } from '../src/model/checks/private-tmp.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'private-tmp-socket',
  title: 'A socket is in a /tmp that only one service sees',
  severity: 'warning',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Finds sockets of pools and apps below /tmp or /var/tmp where the unit of nginx, of php-fpm or of the app has `PrivateTmp=`.',
    why: 'systemd then gives the service a directory of its own in place of /tmp. Both start, nginx looks in another place, and each request is answered 502. `ls /tmp` shows neither.',
    fine: 'Where the units were not given, nothing is reported. Debian’s do not have it, those of Red Hat do.',
    fix: 'Put the socket below /run.',
  },
  references: [
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=',
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
  ],
  frequency: 'medium',
  logs: [socketMissingLine],
  examples: [
    {
      name: 'a unit with a /tmp of its own',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /tmp/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/tmp/php.sock;\n    }\n}\n',
        'etc/systemd/system/php8.2-fpm.service':
          '[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/php-fpm.conf\nPrivateTmp=true\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /tmp/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/tmp/php.sock;\n    }\n}\n',
        'etc/systemd/system/php8.2-fpm.service':
          '[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/php-fpm.conf\nPrivateTmp=no\n',
      },
    },
    {
      name: 'a drop-in for the unit of the package',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /tmp/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/tmp/php.sock;\n    }\n}\n',
        'etc/systemd/system/php8.2-fpm.service.d/hardening.conf': '[Service]\nPrivateTmp=yes\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /tmp/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/tmp/php.sock;\n    }\n}\n',
        'etc/systemd/system/php8.2-fpm.service.d/hardening.conf': '[Service]\nPrivateTmp=no\n',
      },
    },
    {
      name: 'an app with a /tmp of its own',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://unix:/tmp/app.sock;\n    }\n}\n',
        'etc/systemd/system/web.service':
          '[Service]\nUser=www-data\nExecStart=/srv/app/venv/bin/gunicorn -b unix:/tmp/app.sock app:app\nPrivateTmp=true\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://unix:/run/app/app.sock;\n    }\n}\n',
        'etc/systemd/system/web.service':
          '[Service]\nUser=www-data\nRuntimeDirectory=app\nExecStart=/srv/app/venv/bin/gunicorn -b unix:/run/app/app.sock app:app\nPrivateTmp=true\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { title, listen, links, logged, owners } of hosts.flatMap(privateSockets)) {
      context.report({
        message: messageOf(owners, title),
        at: listen,
        related: links.slice(0, 3).map(({ pass: { directive, word } }) => ({
          span: { source: directive.source, start: word.start, end: word.end },
          message: 'nginx connects to it here',
        })),
        predicts: {
          status: 502,
          log: `connect() to ${logged} failed (2: No such file or directory) while connecting to upstream`,
          writer: 'nginx',
          when: 'where systemd starts the services',
        },
        affects: visitorsOf(links.map(({ pass }) => pass.server)),
        help: 'put the socket below /run',
      });
    }
  },
});

function messageOf(owners: readonly string[], title: string): string {
  const [owner = title, ...others] = owners;
  if (others.length > 0) {
    return `systemd gives ${owners.join(' and ')} each a /tmp of its own, so nginx does not find the socket of ${title}`;
  }
  const socket = owner === title ? 'its socket' : `the socket of ${title}`;
  return `systemd gives ${owner} a /tmp of its own, so nginx does not find ${socket}`;
}
