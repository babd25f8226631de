import { defineRule } from '../src/engine/rule.ts';
import { connectTimedOutLine } from '../src/findings/log-lines.ts';
import { outcomeAt } from '../src/findings/outcome.ts';
import { documentationNetwork } from '../src/model/links/address-block.ts';
import { dialedBeyondPools, passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'blackhole-upstream-address',
  title: 'Requests are passed to an address that is reserved for documentation',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks for addresses of the networks that are reserved for examples and tests: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, and the discard prefix 100::/64.',
    why: 'No network routes them: nginx waits until `*_connect_timeout` is over, 60 seconds by default, and answers 504. Most likely an example was copied and never filled in.',
    fine: 'A laboratory may route them. A server that is marked `down` is not asked.',
    fix: 'Write the address of the machine that should answer.',
  },
  references: [
    'https://www.rfc-editor.org/rfc/rfc5737',
    'https://www.rfc-editor.org/rfc/rfc3849',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout',
  ],
  frequency: 'low',
  logs: [connectTimedOutLine],
  examples: [
    {
      name: 'an address of a manual',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://192.0.2.10:8080;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://10.0.2.10:8080;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const dialed of dialedBeyondPools(host)) {
        const { address, result } = dialed.peer;
        const network = address?.kind === 'tcp' ? documentationNetwork(address.host) : undefined;
        if (network === undefined || result.kind === 'found') continue;
        const { predicts } = outcomeAt(dialed, {
          status: 504,
          log: 'upstream timed out (110: Connection timed out) while connecting to upstream',
          when: 'unless a network of your own routes the address',
        });
        context.report({
          message: `"${dialed.peer.word.value}" is an address of ${network}, which is reserved for documentation`,
          at: peerSpan(dialed.peer),
          ...(predicts && { predicts }),
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: 'write the address of the machine that should answer',
        });
      }
    }
  },
});
