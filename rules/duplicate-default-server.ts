import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { listenConflicts } from '../src/model/nginx/start/listen-options.ts';

export default defineRule({
  id: 'duplicate-default-server',
  title: 'Two servers want to be the default of one address',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares the `listen` lines of all servers: for one address and port, one server may be the `default_server`.',
    why: 'nginx refuses to start with `a duplicate default server`. It happens when a new site is enabled beside the `default` that the package brought.',
    fine: '`80` and `[::]:80` are two addresses, and so are `127.0.0.1:80` and `80`. Where not all files were given, only servers of one file are compared: others may not be enabled together.',
    fix: 'Take `default_server` off one of the two, or disable the site that is left over.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c',
  ],
  frequency: 'low',
  logs: ['a duplicate default server for <address>'],
  examples: [
    {
      name: 'a site beside that of the package',
      bad: {
        'etc/nginx/conf.d/default.conf': 'server {\n    listen 80 default_server;\n}\n',
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen *:80 default_server;\n    server_name shop.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/default.conf': 'server {\n    listen 80 default_server;\n}\n',
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 80;\n    listen [::]:80 default_server;\n    server_name shop.example.com;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const conflict of nginx ? listenConflicts(nginx) : []) {
        if (conflict.kind !== 'default') continue;
        context.report(
          startRefusal(conflict, {
            message: `a second server wants to be the default of ${conflict.address}`,
            beside: 'the default server already',
            help: 'take "default_server" off one of the two',
          }),
        );
      }
    }
  },
});
