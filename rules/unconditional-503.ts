import { defineRule } from '../src/engine/rule.ts';
import { always503 } from '../src/model/checks/always-503.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'unconditional-503',
  title: 'A site answers 503 to everybody',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `return 503` in a server with a name, or in its `location /`: by itself, or in an `if` that is always true because the file that it looks for is there or the variable was set to a constant. In other locations it is looked for where the location passes requests on, which then never happens.',
    why: 'Maintenance that was never switched off, or whose flag was deployed with the release: every visitor is answered 503, and nothing is logged.',
    fine: 'During maintenance. A server without a name, or named `_`, turns away those who ask for nobody’s site.',
    fix: 'Remove the `return`, or the file that switches it on.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
  ],
  frequency: 'medium',
  examples: [
    {
      name: 'a switch that was left on',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    set $maintenance on;\n    if ($maintenance = on) {\n        return 503;\n    }\n    location / {\n        root /var/www/shop;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    set $maintenance off;\n    if ($maintenance = on) {\n        return 503;\n    }\n    location / {\n        root /var/www/shop;\n    }\n}\n',
      },
    },
    {
      name: 'a flag that was deployed with the site',
      bad: {
        'var/www/shop/maintenance.on': 'since Tuesday\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    if (-f $document_root/maintenance.on) {\n        return 503;\n    }\n}\n',
      },
      good: {
        'var/www/shop/index.html': 'open\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    if (-f $document_root/maintenance.on) {\n        return 503;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { server, location, directive, guard } of always503(host)) {
        const condition = guard?.directive;
        const which = location ? `every request for location ${location.pattern}` : 'every request';
        context.report({
          message: guard ? `${which} is answered 503, because ${guard.why}` : `${which} is answered 503`,
          at: { source: directive.source, start: directive.start, end: directive.end },
          related: condition
            ? [
                {
                  span: { source: condition.source, start: condition.start, end: condition.terminator },
                  message: 'this is always true',
                },
              ]
            : [],
          predicts: { status: 503, log: '' },
          affects: visitorsOf([server]),
          help: guard ? 'switch the maintenance off' : 'remove the return, or put it behind a condition',
        });
      }
    }
  },
});
