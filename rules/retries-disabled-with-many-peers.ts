import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, socketMissingLine } from '../src/findings/log-lines.ts';
import { halfServedNames, retriesOff } from '../src/model/checks/dual-stack.ts';
import { missingLog } from '../src/model/checks/missing.ts';
import type { Host } from '../src/model/host.ts';
import { type Dialed, dialedBeyondPools, othersOf, passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'retries-disabled-with-many-peers',
  title: 'One of several servers is dead, and nginx may not ask another',
  severity: 'warning',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Looks for `*_next_upstream off` and `*_next_upstream_tries 1` in effect where an upstream has a server that nobody listens behind, or a name stands for several addresses of which one is not listened on.',
    why: 'The requests that nginx gives to the dead server are answered 502 at once: about every second one of two, until nginx leaves it out for a while.',
    fine: 'With retries, which are on unless switched off, visitors see nothing. Servers that are marked `down` are not asked.',
    fix: 'Remove the dead server, or write the address in place of the name. Then switching retries off only concerns servers that fail later.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream'],
  frequency: 'low',
  logs: [connectionRefusedLine, socketMissingLine],
  examples: [
    {
      name: 'localhost without a second try',
      bad: {
        'etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_next_upstream off;\n        proxy_pass http://localhost:3001;\n    }\n}\n',
      },
      good: {
        'etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_next_upstream off;\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '127.0.0.1', port: 3001 }, protocol: 'http' }],
      },
    },
    {
      name: 'a pool that is gone beside one that is there',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n    server unix:/run/php/second.sock;\n}\nserver {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n        fastcgi_next_upstream_tries 1;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n    server unix:/run/php/second.sock;\n}\nserver {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, dead } of partlyDead(host)) {
        const passes = passesOf(dialed).filter((pass) => retriesOff(pass));
        const [pass] = passes;
        const off = pass && retriesOff(pass)?.directive;
        if (!off) continue;
        context.report({
          message: `nobody listens on ${dead}, and nginx may not try another server`,
          at: peerSpan(dialed.peer),
          related: [
            {
              span: { source: off.source, start: off.start, end: off.end },
              message: 'this forbids a second try',
            },
          ],
          predicts: { status: 502, log: missingLog(dialed.peer), when: 'when nginx chooses that server' },
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: 'leave out what nobody listens on, or allow a second try',
        });
      }
    }
  },
});

function partlyDead(host: Host): readonly { readonly dialed: Dialed; readonly dead: string }[] {
  return [
    ...halfServedNames(host).map(({ dialed, deaf }) => ({ dialed, dead: deaf.join(' and ') })),
    ...dialedBeyondPools(host)
      .filter((dialed) => dialed.peer.result.kind === 'missing' && othersOf(dialed).length > 0)
      .map((dialed) => ({ dialed, dead: dialed.peer.word.value })),
  ];
}
