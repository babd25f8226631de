import { defineRule } from '../src/engine/rule.ts';
import { type RunTimeName, runTimeNames } from '../src/model/checks/run-time-name.ts';
import type { Host } from '../src/model/host.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'resolver-cannot-see-name',
  title: 'The resolver of nginx most likely does not know the name',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks at the names that nginx asks its `resolver` for while it serves, and reports those that stand in the hosts file and those without a dot.',
    why: 'nginx asks the DNS server that `resolver` names and nobody else. It reads neither /etc/hosts nor the search domains of /etc/resolv.conf: the name that `getent hosts` finds is not found, and the request is answered 502.',
    fine: 'A DNS server of your own, such as dnsmasq, may serve these names. The one of Docker, 127.0.0.11, knows the names of services and is left alone.',
    fix: 'Write the full name that DNS knows, as `php.shop.svc.cluster.local`, or the address.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
  ],
  frequency: 'medium',
  logs: [
    '<name> could not be resolved (3: Host not found)',
    '<name> could not be resolved (110: Operation timed out)',
  ],
  examples: [
    {
      name: 'a name of the hosts file',
      bad: {
        'etc/hosts': '127.0.0.1 localhost\n10.0.0.7 api.internal\n',
        'etc/nginx/conf.d/app.conf':
          'resolver 9.9.9.9;\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://api.internal:3000$request_uri;\n    }\n}\n',
      },
      good: {
        'etc/hosts': '127.0.0.1 localhost\n10.0.0.7 api.internal\n',
        'etc/nginx/conf.d/app.conf':
          'resolver 9.9.9.9;\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://10.0.0.7:3000$request_uri;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      // Another file may define an upstream of that name.
      if (!host.nginx?.complete) continue;
      for (const found of runTimeNames(host)) {
        const { link, peer, name, resolver, hasNoPort } = found;
        const why = hasNoPort ? undefined : doubtOf(found, host);
        if (!resolver || why === undefined) continue;
        const { directive } = resolver;
        context.report({
          message: `nginx asks only its resolver for "${name}"; ${why}`,
          at: peerSpan(peer),
          related: [
            {
              span: { source: directive.source, start: directive.start, end: directive.end },
              message: 'this server is asked',
            },
          ],
          predicts: {
            status: 502,
            log: `${name} could not be resolved (3: Host not found)`,
            when: 'unless that DNS server knows the name',
          },
          affects: visitorsOf([link.pass.server]),
          help: 'write the address, or the full name that DNS knows',
        });
      }
    }
  },
});

function doubtOf({ name, resolver }: RunTimeName, host: Host): string | undefined {
  const servers = (resolver?.directive.args ?? []).map(({ value }) => value);
  // Docker's own server, and the cache that many distributions run, which do read /etc/hosts.
  if (servers.some((server) => server.startsWith('127.') || server.startsWith('[::1]'))) return undefined;
  if (host.hostsFile.lookup(name).length > 0) return 'it does not read /etc/hosts';
  return name.includes('.') ? undefined : 'it does not add a search domain';
}
