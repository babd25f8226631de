import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';

export default defineRule({
  id: 'nginx-value-invalid',
  title: 'nginx does not take the value',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Checks the values whose form nginx fixes: times, sizes, numbers and switches.',
    why: 'nginx refuses to start with `invalid value`. `300sec`, `1min` and `yes` look right and are not.',
    fine: 'Values with variables are read anew for each request, where the directive allows them.',
    fix: 'Write times as `30s`, `5m` or `1h`, sizes as `8k` or `1m`, switches as `on` or `off`.',
  },
  references: ['https://nginx.org/en/docs/syntax.html'],
  frequency: 'medium',
  logs: [
    '"<name>" directive invalid value',
    'invalid value "<value>" in "<name>" directive, it must be "on" or "off"',
    'invalid percent value "<value>"',
    'pattern "<pattern>" must have 2 captures',
  ],
  examples: [
    {
      name: 'a unit that nginx does not know',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    fastcgi_read_timeout 300sec;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    fastcgi_read_timeout 300s;\n}\n',
      },
    },
    {
      name: 'a switch',
      bad: { 'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    sendfile yes;\n}\n' },
      good: { 'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    sendfile on;\n}\n' },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['invalid-value']));
  },
});
