import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { unknownLogFormats } from '../src/model/nginx/start/log-formats.ts';

export default defineRule({
  id: 'log-format-unknown',
  title: 'An access log has a format that nginx does not know yet',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks up the format of every `access_log` among those that a `log_format` before it declares.',
    why: 'nginx refuses to start with `unknown log format`. It looks for the format where it is used, so that a `log_format` further down, or in a file that is included later, comes too late.',
    fine: '`combined` is known without being declared. Where not all files were given, nothing is reported.',
    fix: 'Declare the format in `http`, before the first `access_log` that uses it.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format'],
  frequency: 'low',
  logs: ['unknown log format "<name>"'],
  examples: [
    {
      name: 'a site that was copied without its format',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    access_log /var/log/nginx/shop-access.log main;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    access_log /var/log/nginx/shop-access.log combined;\n}\n',
      },
    },
    {
      name: 'declared too late',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    access_log /var/log/nginx/shop-access.log main;\n}\n',
        'etc/nginx/conf.d/zz-formats.conf': "log_format main '$remote_addr $status';\n",
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    access_log /var/log/nginx/shop-access.log main;\n}\n',
        'etc/nginx/conf.d/00-formats.conf': "log_format main '$remote_addr $status';\n",
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const unknown of nginx ? unknownLogFormats(nginx) : []) {
        const { name, later } = unknown;
        context.report(
          startRefusal(unknown, {
            message: later
              ? `the format "${name}" is declared behind the access_log that uses it`
              : `no log_format declares "${name}"`,
            beside: 'nginx reads this too late',
            help: later
              ? 'move the log_format, or the include that brings it, before the first use'
              : `declare it with log_format in http, or correct the name`,
          }),
        );
      }
    }
  },
});
