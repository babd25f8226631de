import { defineRule } from '../src/engine/rule.ts';
import { everySite } from '../src/findings/refusal-finding.ts';
import { replace } from '../src/fix/lines.ts';
import { nameWordOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'nginx-include-missing',
  title: 'nginx includes a file that is not there',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Follows every `include` from the directory of `nginx.conf` and reports the ones that name one file which nginx cannot open.',
    why: 'nginx refuses to start. A snippet that was renamed or never deployed takes every site down at the next restart.',
    fine: 'A pattern such as `conf.d/*.conf` may match nothing. Where only site files were given, a file they include is unknown and not missing.',
    fix: 'Deploy the file, correct the path, or use a pattern if the file is optional. Relative paths start at the directory of `nginx.conf`, not at the file that includes.',
  },
  references: ['https://nginx.org/en/docs/ngx_core_module.html#include'],
  frequency: 'medium',
  logs: [
    'open() "<path>" failed (2: No such file or directory)',
    'open() "<path>" failed (24: Too many open files)',
    'pread() "<path>" failed (21: Is a directory)',
  ],
  examples: [
    {
      name: 'a snippet that was not deployed',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    include snippets/php.conf;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    include snippets/php*.conf;\n}\n',
      },
    },
    {
      name: 'a path relative to the wrong directory',
      bad: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    include tls.conf;\n}\n',
        'etc/nginx/conf.d/tls.conf': '# nothing yet\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    include conf.d/tls.conf;\n}\n',
        'etc/nginx/conf.d/tls.conf': '# nothing yet\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const { directive, message, meant, match } of nginx?.missingIncludes ?? []) {
        const word = directive.args[0] ?? nameWordOf(directive);
        const at = { source: directive.source, start: word.start, end: word.end };
        context.report({
          message: `nginx cannot open "${match ?? word.value}"`,
          at,
          predicts: {
            status: null,
            log: message,
            writer: 'nginx',
          },
          affects: everySite,
          help:
            match === undefined
              ? 'deploy the file or correct the path; relative paths start at the directory of nginx.conf'
              : 'the pattern matches it: remove it, or deploy what it links to',
          ...(meant && {
            fix: {
              safe: meant.certain,
              title: `include ${meant.text};`,
              edits: [replace(at, meant.text)],
            },
          }),
        });
      }
    }
  },
});
