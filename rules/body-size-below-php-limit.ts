import { defineRule } from '../src/engine/rule.ts';
import { bodyLimits } from '../src/model/checks/body-limit.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { bytesText } from '../src/values/bytes-text.ts';

export default defineRule({
  id: 'body-size-below-php-limit',
  title: 'nginx turns away uploads that PHP was told to take',
  severity: 'info',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `client_max_body_size` with the `post_max_size` of the pool behind it, where that was raised above the 8 MiB of the stock php.ini.',
    why: 'The upload is answered 413 by nginx and never reaches PHP, whatever php.ini allows.',
    fine: 'nginx may keep the larger uploads out on purpose. `client_max_body_size 0` switches its check off.',
    fix: 'Set `client_max_body_size` to `post_max_size`, in the server or in the location that takes uploads.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
    'https://www.php.net/manual/en/ini.core.php#ini.post-max-size',
  ],
  frequency: 'medium',
  logs: ['client intended to send too large body: <size> bytes'],
  examples: [
    {
      name: 'PHP takes 64 MiB, nginx one',
      bad: {
        'etc/php/8.2/fpm/php.ini':
          '[PHP]\nmemory_limit = 128M\nmax_execution_time = 30\npost_max_size = 64M\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/php.ini':
          '[PHP]\nmemory_limit = 128M\nmax_execution_time = 30\npost_max_size = 64M\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    client_max_body_size 64m;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { links, pool, phpBytes, phpSpan, nginxBytes, from } of bodyLimits(host)) {
        const directive = from?.directive;
        const size = `${phpBytes / 2 ** 20}m`;
        context.report({
          message: `nginx takes bodies up to ${bytesText(nginxBytes)}, the pool "${pool.name}" up to ${bytesText(phpBytes)}`,
          ...(!directive && { label: 'no client_max_body_size is set in nginx' }),
          at: directive ? { source: directive.source, start: directive.start, end: directive.end } : phpSpan,
          related: directive ? [{ span: phpSpan, message: 'PHP takes more' }] : [],
          predicts: {
            status: 413,
            log: `client intended to send too large body: ${phpBytes} bytes`,
            when: `with an upload of ${bytesText(phpBytes)}`,
          },
          affects: visitorsOf(links.map(({ pass }) => pass.server)),
          help: Number.isInteger(phpBytes / 2 ** 20)
            ? `set client_max_body_size ${size}; where uploads are taken`
            : 'set client_max_body_size where uploads are taken',
        });
      }
    }
  },
});
