import type { Prediction } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { plainAnswerToTlsLine } from '../src/findings/log-lines.ts';
import { outcomeAt, withReason } from '../src/findings/outcome.ts';
import { isPortless } from '../src/model/checks/protocol-mismatch.ts';
import { answering, dialedBeyondPools, passesOf } from '../src/model/links/dialed.ts';
import { type PeerLink, peerSpan } from '../src/model/links/link.ts';
import { kindsAmong } from '../src/model/links/listener.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'https-upstream-port-80',
  title: 'TLS is spoken to port 80, because a server of the upstream has no port',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `proxy_pass https://` to an upstream with a server that has no port.',
    why: 'The scheme does not choose the port of an upstream’s server: without one it is 80. There plain HTTP is spoken, the TLS handshake fails, and each request is answered 502.',
    fine: '`proxy_pass https://app.example.com` without an upstream of that name does mean port 443. On another machine port 80 may speak TLS, which nobody does: a warning.',
    fix: 'Write the port: `server app.example.com:443;`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
  ],
  frequency: 'low',
  logs: [plainAnswerToTlsLine],
  examples: [
    {
      name: 'a server of this host',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1;\n}\nserver {\n    listen 80;\n    server_name app.example.com;\n    location / {\n        proxy_pass https://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:8443;\n}\nserver {\n    listen 80;\n    server_name app.example.com;\n    location / {\n        proxy_pass https://app;\n    }\n}\n',
      },
    },
    {
      name: 'another machine',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server app.internal.example.com;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_pass https://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass https://app.internal.example.com;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const dialed of dialedBeyondPools(host)) {
        const passes = passesOf(dialed);
        const { peer } = dialed;
        if (!isPortless(dialed) || !passes.some(({ protocol }) => protocol === 'https')) continue;
        const predicts = predictionOf(peer);
        const outcome = predicts ? outcomeAt(dialed, predicts) : { severity: 'warning' as const };
        context.report({
          severity: outcome.severity,
          message: withReason(`"${peer.word.value}" has no port, so nginx speaks TLS to port 80`, outcome),
          at: peerSpan(peer),
          related: passes.slice(0, 3).map(({ directive, word }) => ({
            span: { source: directive.source, start: word.start, end: word.end },
            message: 'https does not choose the port of an upstream',
          })),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: `write the port: server ${peer.word.value}:443;`,
        });
      }
    }
  },
});

function predictionOf(peer: PeerLink): Prediction | undefined {
  const listeners = kindsAmong(answering(peer));
  const isPlain = listeners.length > 0 && listeners.every(({ protocol }) => protocol === 'http');
  return isPlain
    ? {
        status: 502,
        log: 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      }
    : undefined;
}
