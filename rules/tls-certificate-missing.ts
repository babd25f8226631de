import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { missingCertificates } from '../src/model/checks/missing-certificate.ts';

export default defineRule({
  id: 'tls-certificate-missing',
  title: 'The file of a certificate is not there',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for the files that `ssl_certificate` and `ssl_certificate_key` name, where the tree shows the directory they belong into.',
    why: 'nginx reads certificates when it starts, and refuses to with `cannot load certificate`. One site whose certificate was never fetched, or was removed with `certbot delete`, takes all sites down at the next restart.',
    fine: 'Certificates are seldom among the files of a repository: where their directory is not there either, nothing is reported, and where the files are no copy of a running system this is a warning.',
    fix: 'Fetch the certificate before the site is enabled, correct the path, or disable the site.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate'],
  frequency: 'high',
  logs: ['cannot load certificate "<path>"', 'cannot load certificate key "<path>"'],
  examples: [
    {
      name: 'a certificate that was deleted',
      bad: {
        'etc/letsencrypt/live/README': 'This directory contains your keys and certificates.\n',
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl;\n    ssl_certificate /etc/letsencrypt/live/shop.example.com/fullchain.pem;\n    ssl_certificate_key /etc/letsencrypt/live/shop.example.com/privkey.pem;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 443 ssl;\n    ssl_certificate /etc/letsencrypt/live/shop.example.com/fullchain.pem;\n    ssl_certificate_key /etc/letsencrypt/live/shop.example.com/privkey.pem;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingCertificates(host)) {
        const { kind, path, certain } = missing;
        context.report(
          startRefusal(missing, {
            severity: certain ? 'error' : 'warning',
            message: `the ${kind === 'key' ? 'key of a certificate' : 'certificate'} "${path}" is not there`,
            beside: 'neither is this',
            ...(!certain && { when: 'unless it is put there on deploy' }),
            help: 'fetch it before the site is enabled, correct the path, or disable the site',
          }),
        );
      }
    }
  },
});
