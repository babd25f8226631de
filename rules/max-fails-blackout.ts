import { defineRule } from '../src/engine/rule.ts';
import { noLiveUpstreamsLine } from '../src/findings/log-lines.ts';
import { type Blackout, blackouts } from '../src/model/checks/blackout.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'max-fails-blackout',
  title: 'One page that fails takes every server of an upstream out',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Looks for upstreams of several servers whose passes count the app’s own error pages as failures: `proxy_next_upstream … http_500` or `http_502` to `http_504`, with `max_fails` at one or more.',
    why: 'One request that the app answers with an error goes from server to server and marks each of them. Until `fail_timeout` is over nobody is left, and every other request is answered 502 with `no live upstreams`.',
    fine: 'Where an error page means that the server itself is broken, and another one will do better. `max_fails=0` never marks a server.',
    fix: 'Leave the `http_5xx` words out, or set `max_fails=0` for the servers.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream',
  ],
  frequency: 'medium',
  logs: [noLiveUpstreamsLine, 'upstream server temporarily disabled while <doing> upstream'],
  examples: [
    {
      name: 'error pages of two servers',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_next_upstream error timeout http_500;\n        proxy_pass http://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_next_upstream error timeout;\n        proxy_pass http://app;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const blackout of blackouts(host)) context.report(findingOf(blackout));
    }
  },
});

function findingOf({ upstream, servers, next, passes }: Blackout) {
  const words = next.args.map(({ value }) => value).filter((value) => value.startsWith('http_5'));
  return {
    message: `one answer of ${words.join(' or ')} takes all ${servers} servers of "${upstream.name}" out`,
    at: { source: next.source, start: next.start, end: next.end },
    ...(upstream.block.directive && {
      related: [
        {
          span: {
            source: upstream.block.directive.source,
            start: upstream.block.directive.start,
            end: upstream.block.directive.terminator,
          },
          message: 'none of its servers has max_fails=0',
        },
      ],
    }),
    predicts: {
      status: 502,
      log: 'no live upstreams while connecting to upstream',
      when: 'after one request that every server answers with an error',
    },
    affects: visitorsOf(passes.map(({ server }) => server)),
    help: `leave ${words.join(' and ')} out, or set max_fails=0 for the servers`,
  };
}
