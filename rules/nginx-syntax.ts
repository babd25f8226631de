import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';

export default defineRule({
  id: 'nginx-syntax',
  title: 'nginx cannot read the file',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Reads every file as nginx itself does and reports what nginx would stop at, in its own words and at its own line: a brace too many or too few, a quote that is not closed, a directive without its `;`, a wrong number of arguments.',
    why: 'nginx does not start. A reload keeps the old configuration until the next restart, reboot or container start, and then every site is down.',
    fine: 'Templates with tokens still to be filled in are not nginx files yet.',
    fix: 'Look at the line and the one before it. A missing `;` mostly shows only as too many arguments, at the line where the next directive ends.',
  },
  references: [
    'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
    'https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c',
  ],
  frequency: 'high',
  logs: [
    'unexpected end of file, expecting <what>',
    'invalid number of arguments in "<name>" directive',
    'unexpected "<character>"',
    'directive "<name>" is not terminated by ";"',
  ],
  examples: [
    {
      name: 'a block that is not closed',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location / {\n        return 204;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location / {\n        return 204;\n    }\n}\n',
      },
    },
    {
      name: 'a missing semicolon',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    server_name shop.example.com;\n    root /var/www\n    index index.php;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    server_name shop.example.com;\n    root /var/www;\n    index index.php;\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['syntax', 'arguments']));
  },
});
