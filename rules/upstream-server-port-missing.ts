import type { Prediction } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, notFastcgiLine } from '../src/findings/log-lines.ts';
import { outcomeAt, withReason } from '../src/findings/outcome.ts';
import { isPortless } from '../src/model/checks/protocol-mismatch.ts';
import { isLoopback } from '../src/model/links/address.ts';
import { answering, type Dialed, dialedBeyondPools, passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { kindsAmong } from '../src/model/links/listener.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'upstream-server-port-missing',
  title: 'A server of an upstream has no port, which means port 80',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks at the upstreams that `fastcgi_pass`, `uwsgi_pass`, `scgi_pass` and `grpc_pass` use for servers without a port.',
    why: 'A `server` without a port is dialed on port 80, whatever is spoken there. That is the port of a web server, which does not understand it: 502.',
    fine: 'Port 80 is often right for `proxy_pass http://`, which is not judged here. Another machine may have anything on port 80: a warning.',
    fix: 'Write the port, as in `server 127.0.0.1:9000;`, or the socket.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server'],
  frequency: 'medium',
  logs: [notFastcgiLine, connectionRefusedLine],
  examples: [
    {
      name: 'php-fpm without its port',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server 127.0.0.1;\n}\nserver {\n    listen 80;\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'upstream php {\n    server 127.0.0.1:9000;\n}\nserver {\n    listen 80;\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass php;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const dialed of dialedBeyondPools(host)) {
        const passes = passesOf(dialed);
        const { peer } = dialed;
        if (
          !isPortless(dialed) ||
          passes.every(({ protocol }) => protocol === 'http' || protocol === 'https')
        )
          continue;
        const predicts = predictionOf(dialed);
        const outcome = predicts ? outcomeAt(dialed, predicts) : { severity: 'warning' as const };
        context.report({
          severity: outcome.severity,
          message: withReason(`"${peer.word.value}" has no port, so nginx dials port 80`, outcome),
          at: peerSpan(peer),
          related: passes.slice(0, 3).map(({ directive, word }) => ({
            span: { source: directive.source, start: word.start, end: word.end },
            message: 'requests are passed here',
          })),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: `write the port: server ${peer.word.value}:9000;`,
        });
      }
    }
  },
});

/** Certain only on this host: a server of nginx answers in HTTP, or nobody does. */
function predictionOf({ peer, links }: Dialed): Prediction | undefined {
  const isFastcgi = links.every(({ pass }) => pass.protocol === 'fastcgi');
  const listeners = kindsAmong(answering(peer));
  if (peer.result.kind === 'missing') {
    return { status: 502, log: 'connect() failed (111: Connection refused) while connecting to upstream' };
  }
  const isPlain = listeners.every(({ owner, protocol }) => owner.kind === 'server' && protocol === 'http');
  const isHere = peer.address?.kind === 'tcp' && isLoopback(peer.address.host);
  return isFastcgi && isHere && isPlain && listeners.length > 0
    ? {
        status: 502,
        log: 'upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream',
      }
    : undefined;
}
