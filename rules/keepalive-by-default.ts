import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine } from '../src/findings/log-lines.ts';
import { keepsConnectionsSince, passesKeptByDefault } from '../src/model/nginx/http11-default.ts';
import { directiveSpan } from '../src/model/nginx/start/refusal.ts';

export default defineRule({
  id: 'keepalive-by-default',
  title: 'This nginx keeps connections to the upstream without being told',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Where the version of nginx is known to be 1.29.7 or later: finds upstreams that `proxy_pass` leads to, and for which neither `keepalive` nor `proxy_http_version` is written.',
    why: 'From 1.29.7 on nginx speaks HTTP/1.1 to upstreams and keeps up to 32 connections to each, where it spoke HTTP/1.0 and closed. An app that closes idle connections earlier than nginx uses them answers an odd request with 502, and one that sends both `Content-Length` and `Transfer-Encoding` now always does.',
    fine: 'Apps that hold idle connections for more than a minute, and answer correctly, only get faster.',
    fix: 'Write what you mean: `keepalive 0;` in the upstream (nginx before 1.29.7 refuses it), or `keepalive 32;` and an idle timeout of the app above the `keepalive_timeout` of the upstream.',
  },
  references: [
    'https://nginx.org/en/CHANGES',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
  ],
  frequency: 'low',
  logs: [closedEarlyLine],
  examples: [
    {
      name: 'an upgrade',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    keepalive 16;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
      options: { nginxVersion: '1.30.0' },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      const [first, ...others] = nginx ? passesKeptByDefault(nginx) : [];
      if (!first) continue;
      const more = others.length === 0 ? '' : `, and to ${others.length} more`;
      context.report({
        message: `nginx ${keepsConnectionsSince} and later keeps connections to the upstream "${first.word.value.replace(/^https?:\/\//, '')}"${more} without being told`,
        at: directiveSpan(first.directive),
        related: others
          .slice(0, 3)
          .map(({ directive }) => ({ span: directiveSpan(directive), message: 'and here' })),
        help: 'write keepalive in the upstream as you mean it, and let the app hold idle connections for longer than nginx',
      });
    }
  },
});
