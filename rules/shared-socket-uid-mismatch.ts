import { defineRule } from '../src/engine/rule.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { foreignSockets } from '../src/model/checks/shared-socket.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'shared-socket-uid-mismatch',
  title: 'nginx may not open a socket that another container owns',
  severity: 'error',
  reads: ['nginx', 'fpm', 'users', 'network'],
  docs: {
    what: 'Compares the numbers of the users of both containers where php-fpm makes its socket on a volume that nginx mounts too.',
    why: 'The kernel knows users as numbers, and each image has its own: nginx is 101 in the official image, `www-data` is 33 in images of Debian and 82 in those of Alpine. A socket of mode 0660 is closed to a number that is neither its owner nor in its group: `connect()` fails with 13, and each request is answered 502.',
    fine: 'Images of which the users are not known, and builds that change users, are not judged.',
    fix: 'Give the socket to the number that nginx has: `listen.owner = 101` and `listen.group = 101`, or listen on a port.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-owner',
    'https://github.com/nginx/docker-nginx/blob/master/stable/debian/Dockerfile',
  ],
  frequency: 'medium',
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'www-data of one image is not nginx of the other',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n      - sockets:/run/php\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - sockets:/run/php\n      - ./zz-site.conf:/usr/local/etc/php-fpm.d/zz-site.conf\nvolumes:\n  sockets: {}\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass unix:/run/php/php.sock;\n    }\n}\n',
        'zz-site.conf':
          '[www]\nlisten = /run/php/php.sock\nlisten.owner = www-data\nlisten.group = www-data\nlisten.mode = 0660\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n      - sockets:/run/php\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - sockets:/run/php\n      - ./zz-site.conf:/usr/local/etc/php-fpm.d/zz-site.conf\nvolumes:\n  sockets: {}\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass unix:/run/php/php.sock;\n    }\n}\n',
        'zz-site.conf':
          '[www]\nlisten = /run/php/php.sock\nlisten.owner = 101\nlisten.group = 101\nlisten.mode = 0660\n',
      },
    },
  ],
  check(deployment, context) {
    for (const { pool, listen, links, worker, shown, logged } of foreignSockets(deployment)) {
      const outcome = outcomeOf(
        links.map(({ pass }) => pass),
        {
          status: 502,
          log: `connect() to ${logged} failed (13: Permission denied) while connecting to upstream`,
        },
      );
      context.report({
        severity: outcome.severity,
        message: withReason(
          `the socket of the pool ${pool.name} is ${shown}, and nginx runs as ${worker.name} (${worker.uid}) in its container`,
          outcome,
        ),
        at: spanOf(pool.listenOwner) ?? listen,
        related: links.slice(0, 3).map(({ pass }) => ({
          span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
          message: 'nginx connects to it here',
        })),
        ...(outcome.predicts && { predicts: outcome.predicts }),
        affects: visitorsOf(links.map(({ pass }) => pass.server)),
        help: `set listen.owner = ${worker.uid} and listen.group = ${worker.gid}, or listen on a port`,
      });
    }
  },
});
