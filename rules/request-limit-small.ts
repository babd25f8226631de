import { defineRule } from '../src/engine/rule.ts';
import {
  isByAddress,
  limitLog,
  type RequestLimit,
  requestLimits,
} from '../src/model/checks/request-limit.ts';
import { enclosing } from '../src/model/nginx/block.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'request-limit-small',
  title: 'A request limit is smaller than what one page needs',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `limit_req` on a whole site, or on all of its PHP, that allows each address one request a second or less and has no `burst`.',
    why: 'A browser asks for a page and its parts at once. The second request within the time is answered 503, and the site is broken for every visitor.',
    fine: 'A small limit on a login page or another single path is what the module is for. With `burst` the requests wait or pass.',
    fix: 'Set a `burst` that a page fits in, such as `limit_req zone=site burst=20 nodelay`, or limit only the path that is attacked.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req'],
  frequency: 'low',
  logs: ['limiting requests, excess: <number> by zone "<zone>"'],
  examples: [
    {
      name: 'one request a second for the whole site',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $binary_remote_addr zone=site:1m rate=1r/s;\nserver {\n    server_name app.example.com;\n    location / {\n        limit_req zone=site;\n        root /srv/app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'limit_req_zone $binary_remote_addr zone=site:1m rate=1r/s;\nserver {\n    server_name app.example.com;\n    location / {\n        root /srv/app;\n    }\n    location = /login {\n        limit_req zone=site;\n        root /srv/app;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const limit of requestLimits(host)) {
        const { directive, zone, server, burst, status } = limit;
        if (zone.rate === undefined || zone.rate > 1 || burst > 0 || !isByAddress(zone) || !isBroad(limit))
          continue;
        const seconds = Math.round(1 / zone.rate);
        context.report({
          message: `every address may send one request in ${seconds === 1 ? 'a second' : `${seconds} seconds`} to the whole site`,
          at: { source: directive.source, start: directive.start, end: directive.end },
          related: [
            {
              span: { source: zone.directive.source, start: zone.directive.start, end: zone.directive.end },
              message: 'the rate',
            },
          ],
          predicts: {
            status,
            log: limitLog(limit),
            when: `when a browser asks twice within ${seconds === 1 ? 'a second' : `${seconds} seconds`}`,
          },
          affects: visitorsOf([server]),
          help: `add a burst that a page fits in: limit_req zone=${zone.name} burst=20 nodelay;`,
        });
      }
    }
  },
});

/** A limit for a server, for `/`, or for everything that ends in `.php`. */
function isBroad({ directive, location, server }: RequestLimit): boolean {
  if (server.block.directives.includes(directive)) return true;
  const http = enclosing(server.block, 'http');
  if (http?.directives.includes(directive)) return true;
  if (location.match === 'prefix') return location.pattern === '/';
  return location.match === 'regex' && /^(\[\^\/\])?\\\.php(\$|\(\/\|\$\))/.test(location.pattern);
}
