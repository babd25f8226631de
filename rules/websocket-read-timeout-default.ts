import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { defaultReadTimeout, readTimeoutOf } from '../src/model/checks/time-limit.ts';
import { type LinkKind, linksOfKinds } from '../src/model/links/link-kind.ts';
import { effectiveAll } from '../src/model/nginx/block.ts';
import { isSetFor } from '../src/model/nginx/kin.ts';
import type { Pass } from '../src/model/nginx/pass.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'websocket-read-timeout-default',
  title: 'Idle WebSocket connections are closed after 60 seconds',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Looks for passes that hand the `Upgrade` header on and have no `proxy_read_timeout` in effect.',
    why: 'The timeout also runs while a WebSocket is open. Where neither side says anything for 60 seconds nginx closes the connection, and a long poll on the same location is answered 504.',
    fine: 'An app that sends a ping at least every minute never meets it.',
    fix: 'Set `proxy_read_timeout 1h;` in the location of the WebSocket, or let the app send pings.',
  },
  references: [
    'https://nginx.org/en/docs/http/websocket.html',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  ],
  frequency: 'high',
  logs: [
    'upstream timed out (110: Connection timed out) while proxying upgraded connection',
    readTimedOutLine,
  ],
  examples: [
    {
      name: 'an upgrade without a timeout',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location /socket {\n        proxy_set_header Upgrade $http_upgrade;\n        proxy_set_header Connection upgrade;\n        proxy_http_version 1.1;\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location /socket {\n        proxy_set_header Upgrade $http_upgrade;\n        proxy_set_header Connection upgrade;\n        proxy_http_version 1.1;\n        proxy_read_timeout 1h;\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const passes = linksOfKinds(host, mayUpgrade)
        .map(({ pass }) => pass)
        .filter((pass) => upgrades(pass));
      const [first, ...others] = [...new Map(passes.map((pass) => [pass.directive, pass])).values()];
      if (!first) continue;
      const { source, start, end } = first.directive;
      const more = others.length === 0 ? '' : ` (and of ${others.length} more)`;
      context.report({
        message: `WebSocket connections of this pass${more} are closed after ${defaultReadTimeout} idle seconds`,
        label: 'no proxy_read_timeout is set',
        at: { source, start, end },
        related: others.slice(0, 3).map(({ directive }) => ({
          span: { source: directive.source, start: directive.start, end: directive.end },
          message: 'nor here',
        })),
        affects: visitorsOf([first, ...others].map(({ server }) => server)),
        help: 'set proxy_read_timeout 1h; where the WebSocket is',
      });
    }
  },
});

function mayUpgrade({ pass: { directive, isReachable, kin } }: LinkKind): boolean {
  return directive === 'proxy_pass' && isReachable && isSetFor(kin, 'proxy_set_header');
}

function upgrades(pass: Pass): boolean {
  const header = effectiveAll(pass.block, 'proxy_set_header').find(
    ({ args }) => args[0]?.value.toLowerCase() === 'upgrade',
  );
  return header !== undefined && header.args[1]?.value !== '' && readTimeoutOf(pass).kind === 'default';
}
