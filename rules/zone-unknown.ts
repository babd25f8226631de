import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { unknownZones } from '../src/model/nginx/start/zones.ts';

export default defineRule({
  id: 'zone-unknown',
  title: 'A limit or a cache uses a zone that nobody declares',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks up the zones of `limit_req`, `limit_conn` and of `proxy_cache`, `fastcgi_cache`, `uwsgi_cache` and `scgi_cache` among those that `limit_req_zone`, `limit_conn_zone` and the `*_cache_path` directives declare.',
    why: 'nginx refuses to start with `zero size shared memory zone` or `zone "…" is unknown`. A zone declared for something else does not do: nginx calls it `already declared for a different use`.',
    fine: 'The zone may be declared in any file of `http`, also after its use. Where not all files were given, nothing is reported.',
    fix: 'Declare the zone in `http`, or correct its name.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',
    'https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html#limit_conn_zone',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_path',
  ],
  frequency: 'medium',
  logs: [
    'zero size shared memory zone "<zone>"',
    'the shared memory zone "<zone>" is already declared for a different use',
    '"<name>" zone "<zone>" is unknown',
  ],
  examples: [
    {
      name: 'a limit copied without its zone',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location /login {\n        limit_req zone=login burst=5;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location /login {\n        limit_req zone=login burst=5;\n    }\n}\nlimit_req_zone $binary_remote_addr zone=login:1m rate=1r/s;\n',
      },
    },
    {
      name: 'the cache of another module',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'proxy_cache_path /var/cache/nginx keys_zone=SHOP:1m;\nserver {\n    listen 8080;\n    fastcgi_cache SHOP;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'fastcgi_cache_path /var/cache/nginx keys_zone=SHOP:1m;\nserver {\n    listen 8080;\n    fastcgi_cache SHOP;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const zone of nginx ? unknownZones(nginx) : []) {
        const { name, user, declarer, otherUse } = zone;
        context.report(
          startRefusal(zone, {
            message: otherUse
              ? `the zone "${name}" that "${user}" uses is declared by "${otherUse.name}", for another use`
              : `no "${declarer}" declares the zone "${name}"`,
            beside: 'declared here',
            help: otherUse
              ? `declare a zone of another name with ${declarer}`
              : `declare it with ${declarer} in http, or correct the name`,
          }),
        );
      }
    }
  },
});
