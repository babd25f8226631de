import { defineRule } from '../src/engine/rule.ts';
import { mismatchFinding } from '../src/findings/mismatch-finding.ts';
import { protocolMismatches } from '../src/model/checks/protocol-mismatch.ts';

export default defineRule({
  id: 'grpc-to-http1',
  title: 'HTTP/2 of gRPC meets an app that speaks HTTP/1, or the other way round',
  severity: 'error',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Reports `grpc_pass` to an app that is declared with plain HTTP, and `proxy_pass` to one that is declared with gRPC.',
    why: '`grpc_pass` speaks HTTP/2 without TLS from the first byte. An HTTP/1 program answers in text, nginx takes the text for a frame of four megabytes and answers 502.',
    fine: 'An app that speaks both: declare it as `grpc` for the port that `grpc_pass` dials.',
    fix: 'Use `proxy_pass http://…` for HTTP/1 programs, `grpc_pass grpc://…` for gRPC ones.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_grpc_module.html#grpc_pass'],
  frequency: 'low',
  logs: [
    'upstream sent too large http2 frame: <size> while reading response header from upstream',
    'upstream sent no valid HTTP/1.0 header while reading response header from upstream',
  ],
  examples: [
    {
      name: 'grpc_pass to an HTTP app',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        grpc_pass grpc://127.0.0.1:3001;\n    }\n}\n',
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
      name: 'proxy_pass to a gRPC app',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:50051;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        grpc_pass grpc://127.0.0.1:50051;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'rpc', address: { kind: 'tcp', host: '127.0.0.1', port: 50051 }, protocol: 'grpc' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const mismatch of protocolMismatches(host)) {
        const { spoken, listener } = mismatch;
        const meetsText = spoken === 'grpc' && listener.protocol === 'http';
        const meetsFrames = spoken === 'http' && listener.protocol === 'grpc';
        if (!meetsText && !meetsFrames) continue;
        const help = meetsText
          ? 'an HTTP/1 program is reached by proxy_pass http://…'
          : 'a gRPC program is reached by grpc_pass grpc://…';
        context.report(mismatchFinding(mismatch, help));
      }
    }
  },
});
