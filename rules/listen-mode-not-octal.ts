import { defineRule } from '../src/engine/rule.ts';
import { deniedFinding } from '../src/findings/denied-finding.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { deniedSockets } from '../src/model/checks/denied-socket.ts';
import { hasBadMode } from '../src/model/checks/permission.ts';
import { poolsOfKinds } from '../src/model/fpm/pool-kind.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import { isSameSpan } from '../src/syntax/source.ts';

export default defineRule({
  id: 'listen-mode-not-octal',
  title: 'The mode of a socket is no octal number',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Reads `listen.mode` as php-fpm does: octal digits up to the first character that is none. It is an error where that keeps nginx out.',
    why: 'php-fpm says nothing: of `888`, `0o660` or `"rw-rw----"` nothing is left but the mode 0000. nginx may not connect, and each request is answered 502.',
    fine: '`660` and `0660` are the same.',
    fix: 'Write octal digits: `listen.mode = 0660`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen-mode',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'low',
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'digits that are not octal',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.mode = 888\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.mode = 660\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'letters',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.mode = "rw-rw----"\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nlisten.mode = "0660"\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const denied = new Map(deniedSockets(host).denied.map((socket) => [socket.pool, socket]));
      for (const pool of host.masters.flatMap(({ pools }) => poolsOfKinds(pools, hasBadMode))) {
        const { listenMode, listenAddress } = pool;
        const at = spanOf(listenMode);
        if (listenMode.kind !== 'given' || !at || listenAddress?.kind !== 'unix' || !hasBadMode(pool))
          continue;
        const mode = listenMode.value.toString(8).padStart(4, '0');
        const socket = denied.get(pool);
        const words = {
          message: `"${listenMode.text}" is no octal number, so the socket of the pool ${pool.name} gets the mode ${mode}`,
          at,
          help: 'write octal digits: listen.mode = 0660',
        };
        if (socket?.access.by !== 'mode-text') {
          context.report(words);
          continue;
        }
        const finding = deniedFinding(socket, undefined);
        const related = (finding.related ?? []).filter(({ span }) => !isSameSpan(span, at));
        context.report({ ...finding, ...words, related });
      }
    }
  },
});
