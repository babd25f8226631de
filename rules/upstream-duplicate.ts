import { defineRule } from '../src/engine/rule.ts';
import { reportNginxProblems } from '../src/findings/refusal-finding.ts';

export default defineRule({
  id: 'upstream-duplicate',
  title: 'Two upstreams have one name',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares the names of all `upstream` blocks of `http`, in whichever file they stand and without regard to case.',
    why: 'nginx refuses to start with `duplicate upstream`. It happens when two sites bring their own `upstream php` or `upstream backend`, or when one file is included twice.',
    fine: 'An `upstream` of `stream` may have the name of one of `http`. Names of hosts in a pass are no upstreams of their own.',
    fix: 'Rename one and the passes that mean it, or keep the block in one file that all sites share.',
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  frequency: 'low',
  logs: ['duplicate upstream "<name>"'],
  examples: [
    {
      name: 'two sites with an upstream each',
      bad: {
        'etc/nginx/conf.d/blog.conf': 'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
        'etc/nginx/conf.d/shop.conf': 'upstream PHP {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/blog.conf': 'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
        'etc/nginx/conf.d/shop.conf': 'upstream php_shop {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportNginxProblems(deployment, context, new Set(['duplicate-upstream']));
  },
});
