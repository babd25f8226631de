import { defineRule } from '../src/engine/rule.ts';
import { isIpAddress } from '../src/model/links/address.ts';
import { dialedBeyondPools, passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { effective } from '../src/model/nginx/block.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'https-upstream-without-sni',
  title: 'nginx does not tell a shared TLS host which name it wants',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `proxy_pass https://` to a public name without `proxy_ssl_server_name on`. For platforms that serve many customers at one address this is a warning.',
    why: 'Without the name in its handshake (SNI) such a host does not know which certificate to show and ends the handshake: 502.',
    fine: 'A host with a single certificate answers without SNI, and so does an address of your own network.',
    fix: 'Set `proxy_ssl_server_name on;`, and `proxy_ssl_name` where the name differs from the one in `proxy_pass`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_server_name',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_name',
  ],
  frequency: 'high',
  logs: [
    'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
  ],
  examples: [
    {
      name: 'a platform with many customers',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass https://shop.vercel.app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass https://shop.vercel.app;\n        proxy_ssl_server_name on;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const dialed of dialedBeyondPools(host)) {
        const { address, result } = dialed.peer;
        if (address?.kind !== 'tcp' || result.kind === 'found' || !isPublicName(address.host)) continue;
        if (host.hostsFile.lookup(address.host).length > 0) continue;
        const passes = passesOf(dialed).filter(
          ({ protocol, block }) =>
            protocol === 'https' &&
            effective(block, 'proxy_ssl_server_name')?.directive.args[0]?.value.toLowerCase() !== 'on',
        );
        if (passes.length === 0) continue;
        const isShared = sharedHosts.some((suffix) => address.host.endsWith(suffix));
        context.report({
          severity: isShared ? 'warning' : 'info',
          message: `nginx does not send the name "${address.host}" in the TLS handshake`,
          at: peerSpan(dialed.peer),
          predicts: {
            status: 502,
            log: 'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
            when: 'where the host needs the name to choose its certificate',
          },
          affects: visitorsOf(passes.map(({ server }) => server)),
          help: 'set proxy_ssl_server_name on;',
        });
      }
    }
  },
});

/** Platforms where many customers share each address, so that a handshake without a name must fail. */
const sharedHosts: readonly string[] = [
  '.amazonaws.com',
  '.azurewebsites.net',
  '.cloudfront.net',
  '.firebaseapp.com',
  '.fly.dev',
  '.github.io',
  '.herokuapp.com',
  '.netlify.app',
  '.onrender.com',
  '.pages.dev',
  '.run.app',
  '.vercel.app',
  '.web.app',
  '.workers.dev',
];

/** Endings of names that only a network of one's own knows. */
const privateEndings =
  /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|test|svc|consul|docker)$/;

function isPublicName(host: string): boolean {
  return host.includes('.') && !isIpAddress(host) && !privateEndings.test(host);
}
