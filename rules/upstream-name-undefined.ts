import { defineRule } from '../src/engine/rule.ts';
import { everySite } from '../src/findings/refusal-finding.ts';
import { undefinedUpstreams } from '../src/model/checks/undefined-upstream.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { reportedLineOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'upstream-name-undefined',
  title: 'A pass names an upstream that nobody defines',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks up the name in a `*_pass` among the `upstream` blocks of the whole configuration, in any file, before or after, without regard to case.',
    why: 'Without a port the name can be nothing but an upstream, and nginx refuses to start with `no port in upstream`. `proxy_pass http://backend` falls back to a host of that name on port 80: where no hosts file knows it and DNS does not either, nginx refuses to start with `host not found in upstream`.',
    fine: 'Where only some files were given, the upstream may stand in another and nothing is reported. A host name with a dot is left to DNS.',
    fix: 'Define the upstream in `http`, or write the address of the server in the pass.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
  ],
  frequency: 'high',
  logs: ['host not found in upstream "<name>"', 'no port in upstream "<name>"'],
  examples: [
    {
      name: 'a snippet whose upstream was not deployed',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
        'etc/nginx/conf.d/upstreams.conf': 'upstream PHP {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
    },
    {
      name: 'a misspelt name',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream backend {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://backnd;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream backend {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://backend;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { peer, name, similar, certain, isHostName, log } of undefinedUpstreams(host)) {
        context.report({
          severity: certain ? 'error' : 'warning',
          message: `no upstream "${name}" is defined`,
          ...(isHostName && { label: 'and the hosts file does not know a host of this name' }),
          at: peerSpan(peer),
          related: similar?.directive
            ? [
                {
                  span: {
                    source: similar.directive.source,
                    start: similar.directive.start,
                    end: similar.directive.terminator,
                  },
                  message: 'perhaps this one is meant',
                },
              ]
            : [],
          predicts: {
            status: null,
            log: `${log} in ${peer.directive.source.path}:${reportedLineOf(peer.directive)}`,
            writer: 'nginx',
            ...(!certain && { when: `unless DNS knows a host "${name}"` }),
          },
          affects: everySite,
          help: `define upstream "${name}" in http, or write the address of the server here`,
        });
      }
    }
  },
});
