import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { listenConflicts } from '../src/model/nginx/start/listen-options.ts';

export default defineRule({
  id: 'duplicate-listen',
  title: 'One address is listened on twice, or its options are set twice',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares the `listen` lines: one server may name an address once, and of all servers one may set the options of its socket, such as `reuseport`, `backlog`, `deferred`, `ipv6only` and `so_keepalive`.',
    why: 'nginx refuses to start with `a duplicate listen` or `duplicate listen options`. `80`, `*:80` and `0.0.0.0:80` are one address.',
    fine: '`ssl`, `http2` and `proxy_protocol` may be repeated: they are no options of the socket. `80` and `[::]:80` are two addresses.',
    fix: 'Keep one of the two lines, and leave the options to one server: they hold for the others too.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c',
  ],
  frequency: 'low',
  logs: ['duplicate listen options for <address>', 'a duplicate listen <address>'],
  examples: [
    {
      name: 'options in two servers',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080 reuseport;\n    server_name shop.example.com;\n}\nserver {\n    listen 8080 reuseport;\n    server_name blog.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080 reuseport;\n    server_name shop.example.com;\n}\nserver {\n    listen 8080;\n    server_name blog.example.com;\n}\n',
      },
    },
    {
      name: 'an address twice in one server',
      bad: { 'etc/nginx/conf.d/shop.conf': 'server {\n    listen 80;\n    listen *:80;\n}\n' },
      good: { 'etc/nginx/conf.d/shop.conf': 'server {\n    listen 80;\n    listen [::]:80;\n}\n' },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['duplicate-listen']));
    for (const { nginx } of deployment.hosts) {
      for (const conflict of nginx ? listenConflicts(nginx) : []) {
        if (conflict.kind !== 'options') continue;
        context.report(
          startRefusal(conflict, {
            message: `options of ${conflict.address} are set a second time`,
            beside: 'set here already',
            help: 'leave the options to one of the listen lines; they hold for the others too',
          }),
        );
      }
    }
  },
});
