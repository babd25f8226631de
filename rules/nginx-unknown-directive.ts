import { defineRule } from '../src/engine/rule.ts';
import { nginxRefusal } from '../src/findings/refusal-finding.ts';
import type { NginxProblem } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'nginx-unknown-directive',
  title: 'nginx does not know the directive',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Reports directives that no module brings but that look like a misspelt one, and directives of a module that is plainly not loaded. A directive that nobody knows and that looks like nothing is an info: a module of your own may bring it.',
    why: 'nginx refuses to start with `unknown directive`.',
    fine: 'A third-party module that was compiled in, or that another file loads.',
    fix: 'Correct the spelling, load the module in the main context, or remove the line.',
  },
  references: [
    'https://nginx.org/en/docs/dirindex.html',
    'https://nginx.org/en/docs/ngx_core_module.html#load_module',
  ],
  frequency: 'high',
  logs: ['unknown directive "<name>"'],
  examples: [
    {
      name: 'a letter too few',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    server_nam shop.example.com;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    server_name shop.example.com;\n}\n',
      },
    },
    {
      name: 'the directive of another module',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeot 60s;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 60s;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx) continue;
      for (const [first, ...more] of byCause(nginx.problems)) {
        if (!first) continue;
        const related = more.slice(0, 3).map(({ span }) => ({ span, message: 'nor this' }));
        context.report({ ...nginxRefusal(first, nginx), ...(related.length > 0 && { related }) });
      }
    }
  },
});

/** One module that may or may not be there is one question, however many of its directives are used. */
function byCause(problems: readonly NginxProblem[]): Iterable<readonly NginxProblem[]> {
  const groups = new Map<unknown, NginxProblem[]>();
  for (const problem of problems) {
    if (problem.kind !== 'unknown-directive' && problem.kind !== 'unknown-module') continue;
    const isQuestion = problem.kind === 'unknown-module' && !problem.fatal;
    const cause = isQuestion ? problem.help : problem;
    groups.set(cause, [...(groups.get(cause) ?? []), problem]);
  }
  return groups.values();
}
