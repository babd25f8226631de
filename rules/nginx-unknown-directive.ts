import { reportNginxProblems } from '../src/engine/refusal-finding.ts';
import { defineRule } from '../src/engine/rule.ts';

export default defineRule({
  id: 'nginx-unknown-directive',
  title: 'nginx does not know the directive',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Reports directives that no module brings but that look like a misspelt one, and directives of a module that is plainly not loaded. A directive that nobody knows and that looks like nothing is an info: a module of your own may bring it.',
    why: 'nginx refuses to start with `unknown directive`.',
    fine: 'A third-party module that was compiled in, or that another file loads.',
    fix: 'Correct the spelling, load the module in the main context, or remove the line.',
  },
  references: [
    'https://nginx.org/en/docs/dirindex.html',
    'https://nginx.org/en/docs/ngx_core_module.html#load_module',
  ],
  frequency: 'high',
  logs: ['unknown directive "<name>"'],
  examples: [
    {
      name: 'a letter too few',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    server_nam shop.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    server_name shop.example.com;\n}\n',
      },
    },
    {
      name: 'the directive of another module',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeot 60s;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 60s;\n    }\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['unknown-directive', 'unknown-module']));
  },
});
