import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/engine/start-refusal.ts';
import { listenConflicts } from '../src/model/nginx/start/listen-options.ts';

export default defineRule({
  id: 'duplicate-default-server',
  title: 'Two servers claim one address as theirs',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares the `listen` lines of all servers: for one address and port, one server may be `default_server`, and one line may set options of the socket such as `reuseport`, `backlog` or `ipv6only`.',
    why: 'nginx refuses to start with `a duplicate default server` or `duplicate listen options`. It often happens when a new site is enabled beside the `default` that the package brought.',
    fine: '`80` and `[::]:80` are two addresses, and so are `127.0.0.1:80` and `80`. `ssl` and `http2` may be repeated.',
    fix: 'Take `default_server`, or the options, off one of the two; disable the site that is left over.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c',
  ],
  examples: [
    {
      name: 'two default servers',
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
    {
      name: 'options in two places',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080 reuseport;\n    server_name shop.example.com;\n}\nserver {\n    listen 8080 reuseport;\n    server_name blog.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080 reuseport;\n    server_name shop.example.com;\n}\nserver {\n    listen 8080;\n    server_name blog.example.com;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const conflict of nginx ? listenConflicts(nginx) : []) {
        const { kind, address } = conflict;
        const isDefault = kind === 'default';
        context.report(
          startRefusal(conflict, {
            message: isDefault
              ? `a second server wants to be the default of ${address}`
              : `options of ${address} are set a second time`,
            beside: isDefault ? 'the default server already' : 'set here already',
            help: isDefault
              ? 'take "default_server" off one of the two'
              : 'leave the options to one of the listen lines; the others take them over',
          }),
        );
      }
    }
  },
});
