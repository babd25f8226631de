import { defineRule } from '../src/engine/rule.ts';
import { noLiveUpstreamsLine } from '../src/findings/log-lines.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { downUpstreams } from '../src/model/checks/all-down.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { directiveSpan } from '../src/model/nginx/start/refusal.ts';
import { upstreamsWithoutServers } from '../src/model/nginx/start/upstream-blocks.ts';

export default defineRule({
  id: 'upstream-all-down',
  title: 'An upstream has no server to use',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Finds `upstream` blocks without a `server`, with nothing but backups, or with every server marked `down`.',
    why: 'nginx refuses to start with `no servers are inside upstream` or `no servers in upstream`. With all servers `down` it starts, `nginx -t` is content, and every request gets 502 with `no live upstreams`.',
    fine: 'One server that is neither `down` nor a backup is enough. Modules of other makers may bring servers from elsewhere.',
    fix: 'Take `down` or `backup` off one server, or remove the block and what passes to it.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream_round_robin.c',
  ],
  frequency: 'low',
  logs: [noLiveUpstreamsLine, 'no servers are inside upstream', 'no servers in upstream "<name>"'],
  examples: [
    {
      name: 'all servers down',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000 down;\n    server 127.0.0.1:3001 down;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000 down;\n    server 127.0.0.1:3001 backup;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
    },
    {
      name: 'the last server commented out',
      bad: { 'etc/nginx/conf.d/app.conf': 'upstream app {\n    # server 127.0.0.1:3000;\n}\n' },
      good: { 'etc/nginx/conf.d/app.conf': 'upstream app {\n    server 127.0.0.1:3000;\n}\n' },
    },
    {
      name: 'only backups',
      bad: { 'etc/nginx/conf.d/app.conf': 'upstream app {\n    server 127.0.0.1:3000 backup;\n}\n' },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001 backup;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const block of host.nginx ? upstreamsWithoutServers(host.nginx) : []) {
        const { kind, upstream } = block;
        const isEmpty = kind === 'empty';
        context.report(
          startRefusal(block, {
            message: isEmpty
              ? `the upstream "${upstream.name}" has no server`
              : `the upstream "${upstream.name}" has only backups`,
            beside: 'a backup',
            help: isEmpty ? 'give it a server, or remove it' : 'take "backup" off one of the servers',
          }),
        );
      }
      for (const { upstream, links, answered, status } of downUpstreams(host)) {
        const { directive } = upstream.block;
        if (!directive) continue;
        const covered = answered ? '; an error_page answers in its place' : '';
        context.report({
          severity: answered ? 'warning' : 'error',
          message: `every server of the upstream "${upstream.name}" is down${covered}`,
          at: directiveSpan(directive),
          related: links.slice(0, 3).map(({ pass }) => ({
            span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
            message: 'requests are passed here',
          })),
          predicts: { status, log: 'no live upstreams while connecting to upstream' },
          affects: visitorsOf(links.map(({ pass }) => pass.server)),
          help: 'take "down" off one of the servers',
        });
      }
    }
  },
});
