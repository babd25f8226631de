import { defineRule } from '../src/engine/rule.ts';
import { proxyInFront } from '../src/model/checks/proxy-in-front.ts';
import {
  isByAddress,
  limitLog,
  type RequestLimit,
  requestLimits,
} from '../src/model/checks/request-limit.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { nameWordOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'limit-key-is-proxy-address',
  title: 'A limit counts the address of the proxy in front, so that all visitors share it',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `limit_req` and `limit_conn` that count by `$binary_remote_addr` in a server behind another proxy, as `proxy_protocol`, a loopback `listen` or the use of `$http_cf_connecting_ip` and the like show, where no `real_ip_header` gives the visitor’s address back.',
    why: 'To nginx all requests come from the proxy: one limit serves all visitors together, and under load they are answered 503 by turns.',
    fine: 'With `set_real_ip_from` and `real_ip_header` the address is the visitor’s. A key of another variable is not judged.',
    fix: 'Set `real_ip_header` and `set_real_ip_from` for the addresses of the proxy.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone',
    'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
  ],
  frequency: 'medium',
  logs: ['limiting requests, excess: <number> by zone "<zone>"', 'limiting connections by zone "<zone>"'],
  examples: [
    {
      name: 'behind a load balancer that speaks the PROXY protocol',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $binary_remote_addr zone=site:1m rate=10r/s;\nserver {\n    listen 80 proxy_protocol;\n    server_name app.example.com;\n    location / {\n        limit_req zone=site burst=20;\n        root /srv/app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $binary_remote_addr zone=site:1m rate=10r/s;\nset_real_ip_from 10.0.0.0/8;\nreal_ip_header proxy_protocol;\nserver {\n    listen 80 proxy_protocol;\n    server_name app.example.com;\n    location / {\n        limit_req zone=site burst=20;\n        root /srv/app;\n    }\n}\n',
      },
    },
    {
      name: 'a server that only this machine can reach',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $binary_remote_addr zone=site:1m rate=10r/s;\nserver {\n    listen 127.0.0.1:8080;\n    location / {\n        limit_req zone=site burst=20;\n        root /srv/app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $http_x_forwarded_for zone=site:1m rate=10r/s;\nserver {\n    listen 127.0.0.1:8080;\n    location / {\n        limit_req zone=site burst=20;\n        root /srv/app;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const limit of requestLimits(host)) {
        const { directive, zone, server, location, status } = limit;
        const sign = isByAddress(zone) ? proxyInFront(server, location.block, isForAll(limit)) : undefined;
        if (!sign) continue;
        const key = zone.directive.args[0] ?? nameWordOf(zone.directive);
        context.report({
          message: `"${zone.key}" is the address of the proxy in front: all visitors share one limit`,
          at: { source: zone.directive.source, start: key.start, end: key.end },
          related: [
            { span: sign.span, message: sign.message },
            {
              span: { source: directive.source, start: directive.start, end: directive.end },
              message: 'the limit is in effect here',
            },
          ],
          predicts: { status, log: limitLog(limit), when: 'when many visitors come at once' },
          affects: visitorsOf([server]),
          help: 'set real_ip_header, and set_real_ip_from with the addresses of the proxy',
        });
      }
    }
  },
});

/** Whether the limit stands in `http`, so that the one server which was met first says little about it. */
function isForAll({ directive, server }: RequestLimit): boolean {
  return server.block.parent?.directives.includes(directive) ?? false;
}
