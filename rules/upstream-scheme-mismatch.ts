import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, plainAnswerToTlsLine } from '../src/findings/log-lines.ts';
import { mismatchFinding } from '../src/findings/mismatch-finding.ts';
import { isTls, protocolMismatches, withoutTls } from '../src/model/checks/protocol-mismatch.ts';

export default defineRule({
  id: 'upstream-scheme-mismatch',
  title: 'nginx uses TLS where the other side does not, or the other way round',
  severity: 'error',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Compares the scheme of `proxy_pass` and `grpc_pass` with the protocol of the app or the nginx server that listens there.',
    why: 'TLS to a plain port ends in a failed handshake and 502. A plain request to a port with TLS is answered 400 by nginx and Apache, and by a closed connection and 502 by most other programs.',
    fine: 'Only listeners that were read or declared are judged: `--app api=https://3001` says that the app speaks TLS. Port numbers alone prove nothing.',
    fix: 'Write the scheme that the app speaks. On the loopback address plain HTTP is usual.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/ngx_http_grpc_module.html#grpc_pass',
  ],
  frequency: 'high',
  logs: [plainAnswerToTlsLine, closedEarlyLine],
  examples: [
    {
      name: 'https to a plain app',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass https://127.0.0.1:3001;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '127.0.0.1', port: 3001 }, protocol: 'http' }],
      },
    },
    {
      name: 'http to an app with TLS',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:8443;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass https://127.0.0.1:8443;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '*', port: 8443 }, protocol: 'https' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const mismatch of protocolMismatches(host)) {
        const { spoken, listener } = mismatch;
        if (isTls(spoken) === isTls(listener.protocol) || !isOneFamily(spoken, listener.protocol)) continue;
        const help = `write ${listener.protocol}:// where nginx passes the request on`;
        context.report(mismatchFinding(mismatch, help));
      }
    }
  },
});

/** HTTP and gRPC are one family: a program with TLS may speak both. */
function isOneFamily(...protocols: readonly Parameters<typeof withoutTls>[0][]): boolean {
  return protocols.every((protocol) => ['http', 'grpc'].includes(withoutTls(protocol)));
}
