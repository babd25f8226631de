import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';

export default defineRule({
  id: 'nginx-directive-duplicate',
  title: 'A directive that may stand once stands twice in one block',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Finds directives that nginx takes once a block and that stand there twice, also where an include brings the second, and locations that are written twice.',
    why: 'nginx refuses to start with `directive is duplicate` or `duplicate location`.',
    fine: 'The same directive in an inner block overrides the outer one and is no duplicate. Directives that add up, such as `add_header`, may stand any number of times.',
    fix: 'Keep the one that is meant. Where one comes from an include, drop the other or put it in an inner block.',
  },
  references: ['https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c'],
  frequency: 'medium',
  logs: ['"<name>" directive is duplicate', 'duplicate location "<path>"'],
  examples: [
    {
      name: 'a timeout set twice',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    fastcgi_read_timeout 60s;\n    fastcgi_read_timeout 300s;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    fastcgi_read_timeout 60s;\n    location / {\n        fastcgi_read_timeout 300s;\n    }\n}\n',
      },
    },
    {
      name: 'a location written twice',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location /api {\n        return 204;\n    }\n    location /api {\n        return 200;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location /api {\n        return 204;\n    }\n    location = /api {\n        return 200;\n    }\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['duplicate']));
  },
});
