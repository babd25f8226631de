import { defineRule } from '../src/engine/rule.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { proxyLoops } from '../src/model/checks/proxy-loop.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'proxy-loop',
  title: 'A request is passed on to the location that it comes from',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Follows each `proxy_pass` to an address of this nginx: which server takes the name that stands in `Host`, and whether the path leads to the same location again.',
    why: 'Each request asks for the next one until no connection is left. Then nginx answers 502 to everybody, visitors of other sites included.',
    fine: 'nginx in front of itself under another name, on another port or with another path, as where one server ends TLS and another one serves.',
    fix: 'Pass the request on to the app, or name the inner server in `proxy_set_header Host`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/request_processing.html',
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
  ],
  frequency: 'low',
  logs: ['<number> worker_connections are not enough'],
  examples: [
    {
      name: 'the name is handed on',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 80;\n    server_name app.example.com;\n    location / {\n        proxy_set_header Host $host;\n        proxy_pass http://127.0.0.1:80;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 80;\n    server_name app.example.com;\n    location / {\n        proxy_set_header Host $host;\n        proxy_pass http://127.0.0.1:8080;\n    }\n}\nserver {\n    listen 8080;\n    root /srv/app;\n}\n',
      },
    },
    {
      name: 'the default server',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 80 default_server;\n    location / {\n        proxy_pass http://localhost;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 80 default_server;\n    location / {\n        proxy_pass http://localhost;\n    }\n}\nserver {\n    listen 80;\n    server_name localhost;\n    root /srv/app;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { link, peer, name, connections } of proxyLoops(host)) {
        const { pass } = link;
        const outcome = outcomeOf([pass], {
          status: 502,
          log: `${connections} worker_connections are not enough`,
        });
        const names = pass.server.names.length;
        context.report({
          severity: outcome.severity,
          message: withReason(
            `the request comes back here: nginx takes "${name}" for this very server`,
            outcome,
          ),
          at: peerSpan(peer),
          ...(peer.directive !== pass.directive && {
            related: [
              {
                span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
                message: 'requests are passed here',
              },
            ],
          }),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf([pass.server]),
          help:
            names === 0
              ? 'dial the app itself'
              : 'dial the app itself, or set Host to the name of the inner server',
        });
      }
    }
  },
});
