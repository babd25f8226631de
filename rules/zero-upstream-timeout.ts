import { defineRule } from '../src/engine/rule.ts';
import { connectTimedOutLine, readTimedOutLine } from '../src/findings/log-lines.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { zeroTimeouts } from '../src/model/checks/zero-timeout.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { nameWordOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'zero-upstream-timeout',
  title: 'A timeout of zero gives the other side no time at all',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `fastcgi_read_timeout 0`, `proxy_connect_timeout 0` and the like in effect at a pass.',
    why: 'Zero does not mean "without end" to nginx: the time is over before an answer can come, and each request is answered 504 within a few milliseconds. In php-fpm zero does switch a limit off, which is where the mistake comes from.',
    fine: 'A zero that a location below sets anew, that belongs to another module than the pass, and `*_send_timeout 0` do no harm. A connect timeout does not matter to a unix socket.',
    fix: 'Write the longest time that a request may take, such as `1h`. There is no value that means "without end".',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout',
  ],
  frequency: 'low',
  logs: [readTimedOutLine, connectTimedOutLine],
  examples: [
    {
      name: 'no time to read',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 0;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 1h;\n    }\n}\n',
      },
    },
    {
      name: 'no time to connect',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'proxy_connect_timeout 0s;\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n        proxy_read_timeout 1h;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'proxy_connect_timeout 0s;\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n        proxy_connect_timeout 5s;\n        proxy_read_timeout 1h;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { name, stage, from, links } of zeroTimeouts(host)) {
        const { directive } = from;
        const word = directive.args[0] ?? nameWordOf(directive);
        const passes = links.map(({ pass }) => pass);
        const doing =
          stage === 'connect' ? 'connecting to upstream' : 'reading response header from upstream';
        const log = `upstream timed out (110: Connection timed out) while ${doing}`;
        const outcome = outcomeOf(passes, { status: 504, log });
        context.report({
          severity: outcome.severity,
          message: withReason(`"${name} ${word.value}" ends every request at once`, outcome),
          label: 'zero is no time, not endless time',
          at: { source: directive.source, start: word.start, end: word.end },
          related: passes.slice(0, 3).map((pass) => ({
            span: { source: pass.directive.source, start: pass.directive.start, end: pass.directive.end },
            message: 'it is in effect here',
          })),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: `write the longest time that a request may take: ${name} 1h;`,
        });
      }
    }
  },
});
