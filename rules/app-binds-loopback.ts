import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine } from '../src/findings/log-lines.ts';
import { outcomeAt, withReason } from '../src/findings/outcome.ts';
import { unheardFinding } from '../src/findings/unheard-finding.ts';
import { missingLog } from '../src/model/checks/missing.ts';
import { unheardAddresses } from '../src/model/checks/unreached.ts';
import { wrongPorts } from '../src/model/checks/wrong-port.ts';
import { addressText } from '../src/model/links/address.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'app-binds-loopback',
  title: 'An app listens on another loopback address than nginx dials',
  severity: 'error',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Compares the addresses of passes with those of the declared apps: the port is right and the address is not, as in `127.0.0.1` and `::1`.',
    why: 'Each address is a listener of its own. A program that was told to listen on `localhost` takes the first address of that name, which is `::1` on many hosts, and nobody answers on `127.0.0.1`: 502.',
    fine: 'An app that listens on every address, `*` or `::`, is reached by all of them.',
    fix: 'Let nginx dial the address that the app listens on, or let the app listen on `127.0.0.1`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
  ],
  frequency: 'high',
  logs: [connectionRefusedLine],
  examples: [
    {
      name: 'the app took the IPv6 address of localhost',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://[::1]:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '::1', port: 3001 }, protocol: 'http' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const unheard of unheardAddresses(host)) {
        const { meant, how } = unheard;
        if (meant === 'app' && how.kind === 'loopback') context.report(unheardFinding(unheard));
      }
      for (const { dialed, elsewhere, doubt } of wrongPorts(host)) {
        const { peer } = dialed;
        const [app] = elsewhere;
        if (!app || !peer.address) continue;
        const outcome = outcomeAt(dialed, {
          status: 502,
          log: missingLog(peer),
          ...(doubt !== undefined && { when: `unless ${doubt}` }),
        });
        const theirs = addressText(app.address);
        context.report({
          severity: doubt === undefined ? outcome.severity : 'warning',
          message: withReason(
            `nginx dials ${addressText(peer.address)}, the app ${app.name} listens on ${theirs} only`,
            outcome,
          ),
          at: peerSpan(peer),
          related: app.span ? [{ span: app.span, message: `${app.name} is declared here` }] : [],
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: `dial ${theirs}, or let ${app.name} listen on ${addressText(peer.address)}`,
        });
      }
    }
  },
});
