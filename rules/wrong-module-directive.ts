import { defineRule } from '../src/engine/rule.ts';
import { headerTooBig } from '../src/findings/header-prediction.ts';
import { headerTooBigLine, readTimedOutLine } from '../src/findings/log-lines.ts';
import { readTimedOut } from '../src/findings/timeout-prediction.ts';
import { wrongModules } from '../src/model/checks/wrong-module.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { bytesText } from '../src/values/bytes-text.ts';

export default defineRule({
  id: 'wrong-module-directive',
  title: 'A timeout or buffer belongs to another module than the pass',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `proxy_read_timeout` and `proxy_buffer_size` where only `fastcgi_pass` is used, and for the same mistake between the other modules. Reported where the value is larger than what is in effect for the pass.',
    why: 'Each module reads its own settings only. The timeout that was raised is still 60 seconds, the buffer still one page, and the 504 or 502 that it was meant to cure comes back.',
    fine: 'Settings in `http`, and those that a snippet brings along, may be meant for other sites and are not judged.',
    fix: 'Write the name with the beginning of the pass: `fastcgi_read_timeout` for `fastcgi_pass`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffer_size',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  ],
  frequency: 'high',
  logs: [readTimedOutLine, headerTooBigLine],
  examples: [
    {
      name: 'a timeout of the proxy for PHP',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        proxy_read_timeout 300s;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 300s;\n    }\n}\n',
      },
    },
    {
      name: 'a buffer for the whole server',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    proxy_buffer_size 32k;\n    proxy_buffers 8 32k;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    proxy_buffer_size 32k;\n    proxy_buffers 8 32k;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n    location /api/ {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { directive, meant, pass, inEffect, kind } of wrongModules(host)) {
        const still = kind === 'read-timeout' ? `${inEffect} seconds` : bytesText(inEffect);
        context.report({
          message: `"${directive.name}" has no effect on ${pass.directive.name}, which keeps to ${still}`,
          label: `the pass looks at ${meant}`,
          at: { source: directive.source, start: directive.start, end: directive.end },
          related: [
            {
              span: { source: pass.directive.source, start: pass.directive.start, end: pass.directive.end },
              message: 'requests are passed on here',
            },
          ],
          predicts: kind === 'read-timeout' ? readTimedOut(inEffect) : headerTooBig(inEffect),
          affects: visitorsOf([pass.server]),
          help: `write ${meant} ${directive.args.map(({ value }) => value).join(' ')};`,
        });
      }
    }
  },
});
