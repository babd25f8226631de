import { defineRule } from '../src/engine/rule.ts';
import { peerSpan } from '../src/model/link.ts';
import { missingLog } from '../src/model/missing.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { type WrongPort, wrongPorts } from '../src/model/wrong-port.ts';

export default defineRule({
  id: 'proxy-port-mismatch',
  title: 'nginx dials a port that no app declares',
  severity: 'error',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Joins every `proxy_pass` to a port of the host itself with the apps that are declared, in `apps:` of `no502.yaml` or by `--app name=port`, with the pools and with the servers of nginx. Where nobody has the port and a declared app is dialed by nobody, the port is wrong: an error. Where every declared app is dialed, another app may have been left out: a warning.',
    why: 'Nothing listens on the port, and each request is answered 502.',
    fine: 'An app that is not declared. Declare it, and it is checked like the others. Other machines are never judged.',
    fix: 'Dial the port that the app declares, or declare the app that has the port.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  examples: [
    {
      name: 'the app moved to another port',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '*', port: 3001 }, protocol: 'http' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const wrong of wrongPorts(host)) {
        const { peer, links, port, idle } = wrong;
        const isOneOfMany = links.some((link) => link.peers.length > 1);
        context.report({
          severity: idle.length > 0 && !isOneOfMany ? 'error' : 'warning',
          message: `no app is declared on port ${port}`,
          at: peerSpan(peer),
          related: idle.flatMap(({ span, name, address }) =>
            span && address.kind === 'tcp'
              ? [{ span, message: `${name} is declared on port ${address.port}, and nothing dials it` }]
              : [],
          ),
          predicts: {
            status: 502,
            log: missingLog(peer),
            ...(idle.length === 0 && { when: 'unless an app that is not declared listens there' }),
          },
          affects: visitorsOf(links.map((link) => link.pass.server)),
          help: advice(wrong),
        });
      }
    }
  },
});

function advice({ idle, port }: WrongPort): string {
  const [only] = idle;
  if (only?.address.kind !== 'tcp')
    return `declare the app that listens on port ${port}: apps: in no502.yaml`;
  return `dial port ${only.address.port}, where ${only.name} listens, or declare the app on port ${port}`;
}
