import { defineRule } from '../src/engine/rule.ts';
import { headerTooBig } from '../src/findings/header-prediction.ts';
import { headerTooBigLine } from '../src/findings/log-lines.ts';
import { smallHeaderBuffers } from '../src/model/checks/header-buffer.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { bytesText } from '../src/values/bytes-text.ts';

export default defineRule({
  id: 'response-header-buffer-small',
  title: 'The header of an answer has to fit into a small buffer',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `fastcgi_buffers` and the like that were raised while `fastcgi_buffer_size` was forgotten, and, as a warning, for header buffers that were set below their default of one page.',
    why: 'The whole header of an answer must fit into the one buffer of `*_buffer_size`, however many others there are. Cookies, tokens and debugging headers exceed 4 KiB easily, and the page is answered 502.',
    fine: 'Most apps send one KiB of headers. With the defaults nothing is reported: only the app knows.',
    fix: 'Raise the three together: `fastcgi_buffer_size 16k; fastcgi_buffers 16 16k; fastcgi_busy_buffers_size 32k;`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_buffer_size',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size',
  ],
  frequency: 'very high',
  logs: [headerTooBigLine],
  examples: [
    {
      name: 'the buffer that counts was forgotten',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    fastcgi_buffers 16 16k;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    fastcgi_buffer_size 16k;\n    fastcgi_buffers 16 16k;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'less than a page',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_buffer_size 1k;\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_buffer_size 4k;\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { passes, kind, directive, bytes, name } of smallHeaderBuffers(host)) {
        const module = name.replace(/_buffer_size$/, '');
        context.report({
          severity: kind === 'lowered' ? 'warning' : 'info',
          message:
            kind === 'lowered'
              ? `the header of an answer has to fit into ${bytesText(bytes)}`
              : `the buffers were raised, but the header of an answer still has to fit into one page, ${bytesText(bytes)}`,
          ...(kind === 'forgotten' && { label: `no ${name} is set` }),
          at: { source: directive.source, start: directive.start, end: directive.end },
          predicts: headerTooBig(bytes),
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: `raise the three together: ${name} 16k; ${module}_buffers 16 16k; ${module}_busy_buffers_size 32k;`,
        });
      }
    }
  },
});
