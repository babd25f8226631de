import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, noLiveUpstreamsLine } from '../src/findings/log-lines.ts';
import { servedAddressFix } from '../src/fix/dialed-address.ts';
import { halfServedNames, retriesOff } from '../src/model/checks/dual-stack.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'localhost-dual-stack',
  title: 'A name stands for two addresses, and only one of them is listened on',
  severity: 'info',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Looks up the names in passes in the hosts file. Where one has several addresses, such as `localhost` with `127.0.0.1` and `::1`, and the pool or app that was read listens on some of them only, nginx has an upstream of which one server is always dead.',
    why: 'nginx tries the dead address now and then, logs `Connection refused` and goes on to the other one. With two servers it also counts failures: one real hiccup takes the live one out for ten seconds, and every request is answered 502 with `no live upstreams`.',
    fine: 'Visitors see nothing as long as the live address answers. A listener on every address serves both.',
    fix: 'Write the address in place of the name: `127.0.0.1`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream',
  ],
  frequency: 'high',
  logs: [noLiveUpstreamsLine, connectionRefusedLine],
  examples: [
    {
      name: 'localhost for an app on 127.0.0.1',
      bad: {
        'etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://localhost:3001;\n    }\n}\n',
      },
      good: {
        'etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '127.0.0.1', port: 3001 }, protocol: 'http' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const half of halfServedNames(host)) {
        const { dialed, name, entries, deaf, listener } = half;
        const fix = servedAddressFix(half);
        const passes = passesOf(dialed);
        if (passes.some((pass) => retriesOff(pass))) continue;
        context.report({
          message: `"${name}" is ${entries.length} addresses, and nobody listens on ${deaf.join(' and ')}`,
          at: peerSpan(dialed.peer),
          related: [
            ...entries.map(({ span }) => ({ span, message: 'one of its addresses' })),
            ...(listener.span
              ? [{ span: listener.span, message: `${listener.title} listens here only` }]
              : []),
          ],
          predicts: {
            status: 502,
            log: 'no live upstreams while connecting to upstream',
            when: 'for ten seconds after one failed request',
          },
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: 'write the address that is listened on in place of the name',
          ...(fix && { fix }),
        });
      }
    }
  },
});
