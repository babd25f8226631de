import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine } from '../src/findings/log-lines.ts';
import { mismatchFinding } from '../src/findings/mismatch-finding.ts';
import type { AppProtocol } from '../src/model/apps/app.ts';
import {
  type ProtocolMismatch,
  protocolMismatches,
  type Spoken,
} from '../src/model/checks/protocol-mismatch.ts';

export default defineRule({
  id: 'uwsgi-protocol-mismatch',
  title: 'uwsgi or SCGI meets a program that speaks something else',
  severity: 'error',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Compares `uwsgi_pass` and `scgi_pass` with the protocol of who listens there, and other passes with apps that are declared as `uwsgi` or `scgi`.',
    why: 'uWSGI speaks HTTP on `http-socket` and its own binary protocol on `socket`. A packet of one on the socket of the other ends in a closed connection and 502, or in the program’s own 400.',
    fine: 'Only pools, nginx servers and declared apps are judged: `--app web=uwsgi://8001` declares one.',
    fix: 'Use `uwsgi_pass` with the `socket` of uWSGI, and `proxy_pass` with `http-socket`, gunicorn, uvicorn and the like.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_uwsgi_module.html#uwsgi_pass',
    'https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html',
  ],
  frequency: 'high',
  logs: [connectionResetLine, closedEarlyLine],
  examples: [
    {
      name: 'uwsgi_pass to a pool',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        uwsgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'proxy_pass to a uwsgi socket',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:8001;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        uwsgi_pass 127.0.0.1:8001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'web', address: { kind: 'tcp', host: '127.0.0.1', port: 8001 }, protocol: 'uwsgi' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const mismatch of protocolMismatches(host)) {
        const { spoken, listener } = mismatch;
        if (isBinary(spoken) || isBinary(listener.protocol)) {
          context.report(mismatchFinding(mismatch, advice(mismatch)));
        }
      }
    }
  },
});

function isBinary(protocol: Spoken): boolean {
  return protocol === 'uwsgi' || protocol === 'uwsgis' || protocol === 'scgi';
}

function advice({ listener: { protocol, title } }: ProtocolMismatch): string {
  return `${title} is reached by ${directiveFor(protocol)}`;
}

function directiveFor(protocol: AppProtocol): string {
  switch (protocol) {
    case 'http':
    case 'https':
      return `proxy_pass ${protocol}://…`;
    case 'grpc':
    case 'grpcs':
      return `grpc_pass ${protocol}://…`;
    default:
      return `${protocol}_pass`;
  }
}
