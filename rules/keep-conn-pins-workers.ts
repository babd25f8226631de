import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { pinnedPools } from '../src/model/checks/kept-connections.ts';
import { spanOf } from '../src/model/fpm/setting.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { nameWordOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'keep-conn-pins-workers',
  title: 'Idle connections that nginx keeps can hold every worker of a pool',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Where `fastcgi_keep_conn on` meets an upstream with `keepalive`, multiplies the kept connections with the worker processes of nginx and compares the product with `pm.max_children`.',
    why: 'A worker of php-fpm serves one connection until it is closed. As soon as as many connections are kept as there are workers, new ones wait until nginx gives up: 504, on a host that has nothing to do.',
    fine: '`keepalive` without `fastcgi_keep_conn on` does nothing for FastCGI. More workers than nginx may keep connections leave room for the rest.',
    fix: 'Leave `fastcgi_keep_conn` off: a connection to a local socket costs next to nothing. Or raise `pm.max_children` well above the product.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_keep_conn',
  ],
  frequency: 'low',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'sixteen connections for four workers',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n    keepalive 16;\n}\nserver {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n        fastcgi_keep_conn on;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n    keepalive 16;\n}\nserver {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const kept of pinnedPools(host)) {
        const { link, pool, keepalive, keepConn, perProcess, processes, isLeast, maxChildren } = kept;
        const children = spanOf(pool.maxChildren);
        const word = keepalive.args[0] ?? nameWordOf(keepalive);
        const count = `${perProcess} times ${isLeast ? 'at least ' : ''}${processes} worker ${processes === 1 ? 'process' : 'processes'}`;
        context.report({
          message: `nginx may keep ${processes * perProcess} idle connections to the pool "${pool.name}", which has ${maxChildren} workers`,
          label: count,
          at: { source: keepalive.source, start: word.start, end: word.end },
          related: [
            {
              span: { source: keepConn.source, start: keepConn.start, end: keepConn.end },
              message: 'connections are kept because of this',
            },
            ...(children ? [{ span: children, message: 'each of them holds one of these workers' }] : []),
          ],
          predicts: {
            status: 504,
            log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
            when: 'when as many connections are kept as there are workers',
          },
          affects: visitorsOf([link.pass.server]),
          help: 'switch fastcgi_keep_conn off, or let the pool have more workers than nginx keeps connections',
        });
      }
    }
  },
});
