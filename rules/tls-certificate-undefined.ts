import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { serverTitle } from '../src/model/nginx/server.ts';
import { serversWithoutCertificate } from '../src/model/nginx/start/tls-servers.ts';

export default defineRule({
  id: 'tls-certificate-undefined',
  title: 'A server is to speak TLS and has no certificate',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for the certificate of the default server of every address that is listened on with `ssl`, and for the key of every certificate.',
    why: 'nginx refuses to start with `no "ssl_certificate" is defined for the "listen ... ssl" directive`. The server it names may have no `ssl` of its own: the default of an address answers every handshake there.',
    fine: 'Servers other than the default do without. So does a default server with `ssl_reject_handshake on`. Certificates may stand in `http`, for all servers.',
    fix: 'Give the server `ssl_certificate` and `ssl_certificate_key`, or make one that has them the `default_server`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate',
    'https://nginx.org/en/docs/http/configuring_https_servers.html',
  ],
  frequency: 'medium',
  logs: [
    'no "ssl_certificate" is defined for the "listen ... ssl" directive',
    'no "ssl_certificate_key" is defined for certificate "<path>"',
  ],
  examples: [
    {
      name: 'a server without a certificate',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 443 ssl;\n    server_name shop.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl;\n    server_name shop.example.com;\n    ssl_reject_handshake on;\n}\n',
      },
    },
    {
      name: 'the default of the address has none',
      bad: {
        'etc/nginx/conf.d/default.conf': 'server {\n    listen 443 default_server;\n    return 404;\n}\n',
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl;\n    server_name shop.example.com;\n    ssl_certificate /etc/ssl/shop.pem;\n    ssl_certificate_key /etc/ssl/shop.key;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/default.conf': 'server {\n    listen 443;\n    return 404;\n}\n',
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl default_server;\n    server_name shop.example.com;\n    ssl_certificate /etc/ssl/shop.pem;\n    ssl_certificate_key /etc/ssl/shop.key;\n}\n',
      },
    },
    {
      name: 'a certificate without its key',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl;\n    ssl_certificate /etc/ssl/shop.pem;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'ssl_certificate_key /etc/ssl/shop.key;\nserver {\n    listen 443 ssl;\n    ssl_certificate /etc/ssl/shop.pem;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const lacking of nginx ? serversWithoutCertificate(nginx) : []) {
        const { kind, server, address } = lacking;
        context.report(
          startRefusal(lacking, {
            message:
              kind === 'key'
                ? 'the certificate has no "ssl_certificate_key"'
                : `the default server of ${address} (${serverTitle(server)}) has no "ssl_certificate"`,
            beside: 'TLS is spoken there because of this',
            help:
              kind === 'key'
                ? 'name its key with ssl_certificate_key'
                : 'give it ssl_certificate and ssl_certificate_key, or make a server that has them the default_server',
          }),
        );
      }
    }
  },
});
