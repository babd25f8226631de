import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, noRouteLine } from '../src/findings/log-lines.ts';
import { pinnedNames } from '../src/model/checks/pinned-name.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'upstream-dns-pinned',
  title: 'nginx keeps the address that a container had when nginx started',
  severity: 'info',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Lists the names of other containers that are written out in passes and upstreams, so that nginx looks them up once, as it starts. Each name is reported once.',
    why: 'A container that is made anew, as in `docker compose up -d --build app`, may get another address. nginx goes on dialing the old one until it is reloaded: 502, or the answer of whichever container has that address now.',
    fine: 'Where nginx is restarted or reloaded with each deploy, or the project writes the address down (`ipv4_address`), nothing happens.',
    fix: 'Reload nginx after the deploy; or let it look the name up again: `resolver 127.0.0.11 valid=10s;` and `set $app app; proxy_pass http://$app:3000;`, or since 1.27.3 `server app:3000 resolve;` in an upstream with a `zone`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
  ],
  frequency: 'very high',
  logs: [connectionRefusedLine, noRouteLine],
  examples: [
    {
      name: 'a name that is written out',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n',
        'site.conf':
          'server {\n    listen 80;\n    resolver 127.0.0.11 valid=10s;\n    set $php php;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass $php:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { name, dialed } of pinnedNames(host)) {
        const [first, ...others] = dialed;
        context.report({
          message: `nginx looks "${name}" up only as it starts: once that container is made anew, it may dial an address that is gone`,
          at: peerSpan(first.peer),
          related: others.slice(0, 2).map(({ peer }) => ({ span: peerSpan(peer), message: 'and here' })),
          affects: visitorsOf(dialed.flatMap(passesOf).map(({ server }) => server)),
          help: 'reload nginx whenever that container is made anew, or let a resolver look the name up again',
        });
      }
    }
  },
});
