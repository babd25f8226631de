import { defineRule } from '../src/engine/rule.ts';
import { everySite } from '../src/findings/refusal-finding.ts';
import { portConflicts } from '../src/model/checks/port-conflict.ts';
import { addressText } from '../src/model/links/address.ts';

export default defineRule({
  id: 'port-declared-twice',
  title: 'Two programs claim one port',
  severity: 'error',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Compares the ports that nginx listens on with those of declared apps and of php-fpm pools, and those of the apps with each other.',
    why: 'The program that starts second finds the port taken. Where that is nginx it does not start, and logs `bind() to 0.0.0.0:3000 failed (98: Address already in use)`; `nginx -t` does not tell. Where it is the app, its visitors get 502, or the answers of another program.',
    fine: 'Different addresses of the machine, such as 127.0.0.1 and 127.0.0.9, may have the same port. An app that is declared by its port alone is held against `listen 3000`, which is every address, but not against single addresses.',
    fix: 'Give one of the two another port, and change what passes to it.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    'https://github.com/nginx/nginx/blob/master/src/core/ngx_connection.c',
  ],
  frequency: 'high',
  logs: ['bind() to <address> failed (98: Address already in use)'],
  examples: [
    {
      name: 'nginx on the port of an app',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 3000;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 127.0.0.9:3000;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      options: {
        apps: [{ name: 'api', address: { kind: 'tcp', host: '127.0.0.1', port: 3000 }, protocol: 'http' }],
      },
    },
    {
      name: 'a pool on the port of nginx',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 127.0.0.1:9000;\n}\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 2\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 127.0.0.1:9001;\n}\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 2\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { first, second, log, doubt } of portConflicts(host)) {
        // One of two that only the command line declares has no place to show.
        const { span: claimed } = first;
        const at = second.span ?? claimed;
        if (!at) continue;
        const program = log === undefined ? second.title : 'nginx';
        context.report({
          ...((log === undefined || doubt !== undefined) && { severity: 'warning' as const }),
          message: `${program} and ${first.title} both claim ${addressText(second.address)}`,
          label: 'the one that starts second finds it taken',
          at,
          related:
            claimed && at !== claimed ? [{ span: claimed, message: `${first.title} claims it here` }] : [],
          ...(log !== undefined && {
            predicts: {
              ...{ status: null, log, writer: 'nginx' },
              ...(doubt !== undefined && { when: `unless ${doubt}` }),
            },
            affects: everySite,
          }),
          help: 'give one of the two another port',
        });
      }
    }
  },
});
