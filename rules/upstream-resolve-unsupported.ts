import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { resolvesSince, unresolvableServers } from '../src/model/nginx/start/resolve.ts';

export default defineRule({
  id: 'upstream-resolve-unsupported',
  title: 'A server of an upstream is to be resolved at run time, and cannot be',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Judges `resolve` and `service=` on the `server` lines of an `upstream`: by the version of nginx where that is known, and by the `zone` and the `resolver` that they take.',
    why: 'nginx before 1.27.3 refuses to start with `invalid parameter "resolve"`: the parameter was for NGINX Plus only. Later ones refuse where the upstream has no `zone`, or where no `resolver` is defined.',
    fine: 'NGINX Plus has had the parameter for long. A server given by its address needs neither zone nor resolver.',
    fix: 'Add `zone name 64k;` to the upstream and `resolver` to it or to `http`; with an older nginx, pass to a variable instead, which is resolved with each request.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve',
    'https://nginx.org/en/CHANGES',
  ],
  frequency: 'low',
  logs: [
    'invalid parameter "resolve"',
    'resolving names at run time requires upstream "<name>"',
    'no resolver defined to resolve names at run time in upstream "<name>"',
  ],
  examples: [
    {
      name: 'an nginx that is too old',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'resolver 127.0.0.53;\nupstream app {\n    zone app 64k;\n    server app.internal:3000 resolve;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'resolver 127.0.0.53;\nupstream app {\n    zone app 64k;\n    server app.internal:3000;\n}\n',
      },
      options: { nginxVersion: '1.26.2' },
    },
    {
      name: 'no zone',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'resolver 127.0.0.53;\nupstream app {\n    server app.internal:3000 resolve;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'resolver 127.0.0.53;\nupstream app {\n    zone app 64k;\n    server app.internal:3000 resolve;\n}\n',
      },
      options: { nginxVersion: '1.28.0' },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['unsupported-resolve']));
    for (const { nginx } of deployment.hosts) {
      for (const server of nginx ? unresolvableServers(nginx) : []) {
        const { lacks, upstream } = server;
        const unknownVersion = nginx?.version === undefined;
        context.report(
          startRefusal(server, {
            severity: 'warning',
            message: `the upstream "${upstream.name}" has no "${lacks}", which "resolve" takes`,
            ...(unknownVersion && { when: `with nginx ${resolvesSince} and later` }),
            help:
              lacks === 'zone'
                ? `add zone ${upstream.name} 64k; to the upstream`
                : 'add a resolver to the upstream or to http',
          }),
        );
      }
    }
  },
});
