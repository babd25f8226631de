import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine, notFastcgiLine } from '../src/findings/log-lines.ts';
import { mismatchFinding } from '../src/findings/mismatch-finding.ts';
import { type ProtocolMismatch, protocolMismatches } from '../src/model/checks/protocol-mismatch.ts';

export default defineRule({
  id: 'protocol-mismatch-fpm-http',
  title: 'HTTP and FastCGI are mixed up',
  severity: 'error',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Compares what nginx speaks with what the other side speaks, where one of them speaks FastCGI: `proxy_pass` to a pool of php-fpm, `fastcgi_pass` to an app or to a server of nginx.',
    why: 'The connection succeeds and the answer makes no sense: each request is answered 502.',
    fine: 'Only listeners that were read or declared are judged. Declare the protocol of an app with it, as in `--app cgi=fastcgi://9100`.',
    fix: 'Use `fastcgi_pass` for php-fpm and `proxy_pass` for programs that speak HTTP, with the parameters that belong to each.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
  ],
  frequency: 'medium',
  logs: [
    connectionResetLine,
    notFastcgiLine,
    closedEarlyLine,
    'peer closed connection in SSL handshake (104: Connection reset by peer) while SSL handshaking to upstream',
  ],
  examples: [
    {
      name: 'proxy_pass to a pool',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        proxy_pass http://unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'fastcgi_pass to an app that speaks HTTP',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        fastcgi_pass 127.0.0.1:3001;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name api.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3001;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '127.0.0.1', port: 3001 }, protocol: 'http' }],
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const mismatch of protocolMismatches(host)) {
        if (isBetweenFastcgiAndHttp(mismatch)) context.report(mismatchFinding(mismatch, advice(mismatch)));
      }
    }
  },
});

function isBetweenFastcgiAndHttp({ spoken, listener: { protocol } }: ProtocolMismatch): boolean {
  const isBinary = [spoken, protocol].some(
    (side) => side === 'uwsgi' || side === 'uwsgis' || side === 'scgi',
  );
  return !isBinary && (spoken === 'fastcgi' || protocol === 'fastcgi');
}

function advice({ spoken, listener: { owner } }: ProtocolMismatch): string {
  if (owner.kind === 'pool') return 'php-fpm is reached by fastcgi_pass, with the parameters of fastcgi.conf';
  return spoken === 'fastcgi'
    ? 'programs that speak HTTP are reached by proxy_pass http://…'
    : 'programs that speak FastCGI are reached by fastcgi_pass';
}
