import { defineRule } from '../src/engine/rule.ts';
import { primaryScriptUnknownLine } from '../src/findings/log-lines.ts';
import { type MissingParameter, missingParameters } from '../src/model/checks/missing-parameter.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'fastcgi-params-missing',
  title: 'nginx does not tell php-fpm what it needs to know',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks for the `fastcgi_param` lines in effect at every pass to a pool: without `REQUEST_METHOD` php-fpm drops the request, without `SCRIPT_FILENAME` it does not know which file to run.',
    why: 'The first is answered with 200 and an empty page, and nothing is logged anywhere. The second is answered 404 with `File not found.`.',
    fine: 'Parameters are inherited as a whole. One `fastcgi_param` of its own makes a location lose all those around it.',
    fix: 'Include `fastcgi.conf`, which has both. Debian’s `fastcgi_params` has no `SCRIPT_FILENAME`: beside it write `fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_main.c',
  ],
  frequency: 'medium',
  logs: [primaryScriptUnknownLine],
  examples: [
    {
      name: 'not one parameter',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'one parameter hides those of the server',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    include fastcgi.conf;\n    location ~ \\.php$ {\n        fastcgi_param REQUEST_METHOD $request_method;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    include fastcgi.conf;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingParameters(host)) {
        const { pass, hidden } = missing;
        const { directive } = pass;
        context.report({
          message: messageOf(missing),
          at: { source: directive.source, start: directive.start, end: directive.end },
          related: hidden
            ? [
                {
                  span: { source: hidden.source, start: hidden.start, end: hidden.end },
                  message: 'this one hides all that are set around it',
                },
              ]
            : [],
          ...(missing.name === 'SCRIPT_FILENAME' && {
            predicts: {
              status: 404,
              log: 'FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream',
            },
          }),
          affects: visitorsOf([pass.server]),
          help: 'include fastcgi.conf, which has all parameters',
        });
      }
    }
  },
});

function messageOf({ name }: MissingParameter): string {
  return name === 'SCRIPT_FILENAME'
    ? 'no SCRIPT_FILENAME is set, so php-fpm does not know which file to run'
    : 'no REQUEST_METHOD is set, so php-fpm answers 200 with an empty page';
}
