import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { refusedBackups } from '../src/model/nginx/start/upstream-blocks.ts';

export default defineRule({
  id: 'backup-unsupported-by-balancer',
  title: 'A backup server where the method knows no backups',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Finds servers marked `backup` in an `upstream` whose method is `ip_hash`, `hash` or `random`.',
    why: 'nginx refuses to start with `balancing method does not support parameter "backup"`.',
    fine: 'The default method and `least_conn` have backups. A method that follows the servers is not held against them, but then the backups are never used.',
    fix: 'Take the method or the backup away, or use `least_conn`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',
  ],
  frequency: 'low',
  logs: ['balancing method does not support parameter "backup"'],
  examples: [
    {
      name: 'ip_hash',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    ip_hash;\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001 backup;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    least_conn;\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001 backup;\n}\n',
      },
    },
    {
      name: 'hash',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    hash $request_uri consistent;\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001 backup;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    hash $request_uri consistent;\n    server 127.0.0.1:3000;\n    server 127.0.0.1:3001 down;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const backup of nginx ? refusedBackups(nginx) : []) {
        context.report(
          startRefusal(backup, {
            message: `"${backup.method.name}" does not support the parameter "backup"`,
            beside: 'the method',
            help: `take "backup" off, or use another method than ${backup.method.name}`,
          }),
        );
      }
    }
  },
});
