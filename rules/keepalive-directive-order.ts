import { defineRule } from '../src/engine/rule.ts';
import { directiveSpan } from '../src/model/nginx/start/refusal.ts';
import { overriddenMethods } from '../src/model/nginx/start/upstream-blocks.ts';

export default defineRule({
  id: 'keepalive-directive-order',
  title: 'A method of balancing takes the place of what stands before it',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Finds `keepalive`, and methods such as `ip_hash`, that another method follows in the same `upstream`.',
    why: 'nginx warns `load balancing method redefined` and forgets the first: connections are not kept, or visitors are no longer bound to a server.',
    fine: '`keepalive` after the method is right.',
    fix: 'Put the method first and `keepalive` behind it.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],
  frequency: 'low',
  logs: ['load balancing method redefined'],
  examples: [
    {
      name: 'the method after keepalive',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    keepalive 8;\n    least_conn;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    least_conn;\n    server 127.0.0.1:3000;\n    keepalive 8;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const { upstream, lost, by } of nginx ? overriddenMethods(nginx) : []) {
        context.report({
          message: `"${by.name}" takes the place of "${lost.name}" in the upstream "${upstream.name}"`,
          label: 'nginx warns: load balancing method redefined',
          at: directiveSpan(by),
          related: [{ span: directiveSpan(lost), message: 'this does nothing' }],
          help: lost.name === 'keepalive' ? 'put the method before keepalive' : 'keep one of the two',
        });
      }
    }
  },
});
