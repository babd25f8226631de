import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { verifiesWithoutAuthority } from '../src/model/nginx/start/tls-verify.ts';

export default defineRule({
  id: 'upstream-tls-verify-broken',
  title: 'The certificate of an upstream is to be verified with nothing to verify it by',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `proxy_ssl_verify on`, `uwsgi_ssl_verify on` and `grpc_ssl_verify on` in effect at a pass over TLS, or at one whose address has variables, without the `*_ssl_trusted_certificate` that names whom to trust.',
    why: 'nginx refuses to start with `no proxy_ssl_trusted_certificate for proxy_ssl_verify`, and names neither file nor line. It does not use the authorities of the system by itself.',
    fine: 'With `proxy_pass http://…` written out nothing is verified. Each of the two directives is inherited by itself, so they may stand in different blocks.',
    fix: 'Name the authorities: `proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;` on Debian, `/etc/pki/tls/certs/ca-bundle.crt` on Red Hat.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_trusted_certificate',
  ],
  frequency: 'low',
  logs: [
    'no <module>_ssl_trusted_certificate for <module>_ssl_verify',
    'upstream SSL certificate verify error: (<number>:<why>)',
    'upstream SSL certificate does not match "<name>"',
  ],
  examples: [
    {
      name: 'no authority',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    proxy_ssl_verify on;\n    location / {\n        proxy_pass https://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\nserver {\n    listen 8080;\n    proxy_ssl_verify on;\n    location / {\n        proxy_pass https://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const verify of nginx ? verifiesWithoutAuthority(nginx) : []) {
        const { module } = verify;
        context.report(
          startRefusal(verify, {
            message: `"${module}_ssl_verify" is on and no "${module}_ssl_trusted_certificate" says whom to trust`,
            beside: 'to be verified here',
            help: `add ${module}_ssl_trusted_certificate with the file of the authorities`,
          }),
        );
      }
    }
  },
});
