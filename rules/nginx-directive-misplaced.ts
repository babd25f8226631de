import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';

export default defineRule({
  id: 'nginx-directive-misplaced',
  title: 'The directive is not allowed where it stands',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares the block in which each directive stands, includes put in place, with the blocks that its module allows.',
    why: 'nginx refuses to start with `directive is not allowed here`. It happens most when a snippet written for one block is included in another.',
    fine: 'A file that was given alone may be meant for another block than no502 takes it for; then this is only a warning.',
    fix: 'Move the directive to a block that its documentation names, or include the file elsewhere.',
  },
  references: ['https://nginx.org/en/docs/dirindex.html'],
  frequency: 'medium',
  logs: ['"<name>" directive is not allowed here'],
  examples: [
    {
      name: 'a server block inside a server',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    server {\n        listen 8081;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n}\nserver {\n    listen 8081;\n}\n',
      },
    },
    {
      name: 'a pass outside of a location',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location / {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['misplaced']));
  },
});
