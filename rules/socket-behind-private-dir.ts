import { defineRule } from '../src/engine/rule.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { closedDirectories } from '../src/model/checks/socket-directory.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'socket-behind-private-dir',
  title: 'A socket is in a directory that nginx may not enter',
  severity: 'error',
  reads: ['nginx', 'fpm', 'users'],
  docs: {
    what: 'Looks at owner, group and mode of every directory above the socket of a pool that nginx uses.',
    why: 'Whatever the socket allows, nginx must be able to walk to it: without search permission on a home directory each request is answered 502.',
    fine: 'Nothing is said of a checkout, whose owners are not those of the host. An access list of the directory does not show in its mode: where there may be one, this is a warning.',
    fix: 'Put the socket below /run, or give nginx search permission: `chmod o+x`.',
  },
  references: [
    'https://www.man7.org/linux/man-pages/man7/path_resolution.7.html',
    'https://www.man7.org/linux/man-pages/man7/unix.7.html',
  ],
  frequency: 'medium',
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'a closed home directory',
      bad: {
        'home/shop/': 'drwx------ 1001 1001',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /home/shop/run/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'home/shop/run/': 'drwxr-xr-x 1001 1001',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/home/shop/run/php.sock;\n    }\n}\n',
      },
      good: {
        'home/shop/': 'drwx--x--x 1001 1001',
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /home/shop/run/php.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'home/shop/run/': 'drwxr-xr-x 1001 1001',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/home/shop/run/php.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const closed of hosts.flatMap(closedDirectories)) {
      const { pool, nginxUser, directory, mode, listen, links, logged, certain } = closed;
      context.report({
        severity: certain ? 'error' : 'warning',
        message: `nginx, as user "${nginxUser}", may not enter "${directory}", where the socket of the pool ${pool.name} is`,
        label: `its mode is ${mode}`,
        at: listen,
        related: links.slice(0, 3).map(({ pass: { directive, word } }) => ({
          span: { source: directive.source, start: word.start, end: word.end },
          message: 'nginx connects to it here',
        })),
        predicts: {
          status: 502,
          log: `connect() to ${logged} failed (13: Permission denied) while connecting to upstream`,
          writer: 'nginx',
          ...(!certain && { when: 'unless an access list of the directory lets nginx in' }),
        },
        affects: visitorsOf(links.map(({ pass }) => pass.server)),
        help: 'put the socket below /run, or give nginx search permission on the directory',
      });
    }
  },
});
