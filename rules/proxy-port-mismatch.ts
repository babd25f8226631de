import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, socketMissingLine } from '../src/findings/log-lines.ts';
import { outcomeAt, withReason } from '../src/findings/outcome.ts';
import { unheardFinding } from '../src/findings/unheard-finding.ts';
import { dialAppFix } from '../src/fix/dialed-address.ts';
import type { App } from '../src/model/apps/app.ts';
import { missingLog } from '../src/model/checks/missing.ts';
import { doubtOfMachine, unheardAddresses } from '../src/model/checks/unreached.ts';
import { wrongPorts } from '../src/model/checks/wrong-port.ts';
import { type Address, addressText } from '../src/model/links/address.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'proxy-port-mismatch',
  title: 'nginx dials a port that no app declares',
  severity: 'error',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Joins every pass to a port or a socket of the host itself, other than `fastcgi_pass`, with the apps that are declared, in `apps:` of `no502.yaml` or by `--app name=port`, with the pools and with the servers of nginx. Where nobody has the port and a declared app is dialed by nobody, the port is wrong: an error. Where every declared app is dialed, another app may have been left out: a warning. A socket is judged only where a declared app has one and nobody dials it.',
    why: 'Nothing listens on the port, and each request is answered 502.',
    fine: 'An app that is not declared. Declare it, and it is checked like the others. Other machines are never judged.',
    fix: 'Dial the port that the app declares, or declare the app that has the port.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  frequency: 'very high',
  logs: [connectionRefusedLine, socketMissingLine],
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
    {
      name: 'the socket of the app has another name',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://unix:/run/app/web.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://unix:/run/app/api.sock;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'unix', path: '/run/app/api.sock' }, protocol: 'http' }],
      },
    },
  ],
  check(deployment, context) {
    for (const host of deployment.hosts) {
      for (const unheard of unheardAddresses(host)) {
        if (unheard.meant !== 'app' || unheard.how.kind === 'loopback') continue;
        const unless = unheard.unless ?? doubtOfMachine(unheard, deployment);
        context.report(unheardFinding({ ...unheard, ...(unless !== undefined && { unless }) }));
      }
      const all = wrongPorts(host);
      for (const wrong of all) {
        const { dialed, idle, elsewhere, doubt } = wrong;
        const { peer } = dialed;
        if (!peer.address || elsewhere.length > 0) continue;
        const where = peer.address.kind === 'unix' ? addressText(peer.address) : `port ${peer.address.port}`;
        const outcome = outcomeAt(dialed, {
          status: 502,
          log: missingLog(peer),
          ...(doubt !== undefined && { when: `unless ${doubt}` }),
        });
        const fix = dialAppFix(wrong, all);
        context.report({
          severity: doubt === undefined ? outcome.severity : 'warning',
          message: withReason(`no app is declared on ${where}`, outcome),
          at: peerSpan(peer),
          related: idle.flatMap(({ span, name, address }) =>
            span
              ? [{ span, message: `${name} is declared on ${placeOf(address)}, and nothing dials it` }]
              : [],
          ),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: advice(idle, where),
          ...(fix && { fix }),
        });
      }
    }
  },
});

function advice([app, ...others]: readonly App[], where: string): string {
  return app && others.length === 0
    ? `dial ${placeOf(app.address)}, where ${app.name} listens, or declare the app on ${where}`
    : `declare the app that listens on ${where}: apps: in no502.yaml`;
}

function placeOf(address: Address): string {
  return address.kind === 'unix' ? addressText(address) : `port ${address.port}`;
}
