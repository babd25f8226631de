import type { Fix } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { badTargetFinding } from '../src/findings/bad-target-finding.ts';
import { type BadTarget, badTargets } from '../src/model/nginx/start/bad-target.ts';

export default defineRule({
  id: 'named-upstream-with-port',
  title: 'A pass gives a port to an upstream that has its own',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Finds passes that name an `upstream` block and a port: `proxy_pass http://backend:3000`.',
    why: 'The servers of the block have their ports, and nginx refuses to start with `upstream "backend" may not have port 3000`.',
    fine: 'With a variable in the pass, `backend:3000` is a host for the resolver and not the block. Names of `stream` are others than those of `http`.',
    fix: 'Leave the port out of the pass, or rename the `upstream` where the host of that name is meant.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  frequency: 'medium',
  logs: ['upstream "<name>" may not have port <port>'],
  examples: [
    {
      name: 'proxy_pass',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream backend {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://backend:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream backend {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://backend;\n    }\n}\n',
      },
    },
    {
      name: 'fastcgi_pass, and the block comes later',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass PHP:9000;\n    }\n}\nupstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass PHP;\n    }\n}\nupstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx) continue;
      for (const bad of badTargets(nginx)) {
        if (bad.reason !== 'port-of-upstream') continue;
        context.report(
          badTargetFinding(bad, {
            label: 'the servers of the upstream have their own ports',
            help: 'leave the port out',
            fix: withoutPort(bad),
          }),
        );
      }
    }
  },
});

function withoutPort({ directive, word, at }: BadTarget): Fix {
  const text = word.value.replace(/^((?:[a-z]+:\/\/)?[^/?:]+):\d+/i, '$1');
  return { safe: true, title: `${directive.name} ${text};`, edits: [{ span: at, text }] };
}
