import type { Fix } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { socketMissingLine } from '../src/findings/log-lines.ts';
import { misplacedFinding } from '../src/findings/misplaced-finding.ts';
import { replace } from '../src/fix/lines.ts';
import { misplacedPools } from '../src/model/checks/missing.ts';
import { hashAt } from '../src/model/fpm/meant-listen.ts';
import { hashedEntries } from '../src/model/fpm/silent-change.ts';

import type { Span } from '../src/syntax/source.ts';
export default defineRule({
  id: 'fpm-inline-hash-comment',
  title: 'A # behind a value of a pool is no comment',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Finds unquoted values of pools with a `#` behind a blank. It is an error where nginx connects to the socket without it.',
    why: 'Comments of php-fpm begin with `;`. The `#` and all behind it become part of the value: a socket gets a longer name, and nginx, which looks for the shorter one, answers 502.',
    fine: 'In quotes a `#` is meant.',
    fix: 'Begin the comment with `;`, or quote the value.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://www.php.net/manual/en/function.parse-ini-file.php',
  ],
  frequency: 'low',
  logs: [socketMissingLine],
  examples: [
    {
      name: 'a comment behind the address',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock # main\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock ; main\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'a comment behind a setting of PHP',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[memory_limit] = 256M # big imports\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[TEAM] = "team #1"\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const misplaced = misplacedPools(host, 'hash-comment');
      const help = 'comments of php-fpm begin with ;';
      for (const found of misplaced) {
        const { listen } = found.pool;
        // With a port, php-fpm does not start at all, which is reported as such.
        if (listen.kind !== 'given' || found.pool.listenAddress?.kind === 'invalid') continue;
        const path = listen.value ?? '';
        context.report({
          ...misplacedFinding(found, {
            message: `# begins no comment here: the pool ${found.pool.name} listens on "${path}"`,
            label: `"${path.slice(hashAt(path))}" is part of the name`,
            at: listen.span,
            help,
          }),
          ...commentFix(listen.span, true),
        });
      }
      const reported = new Set(misplaced.map(({ pool }) => pool));
      for (const { pool, entry } of host.masters.flatMap(hashedEntries)) {
        if (entry.name === 'listen' && (reported.has(pool) || pool.listenAddress?.kind === 'invalid'))
          continue;
        context.report({
          message: `# begins no comment here: "${entry.value.text.slice(hashAt(entry.value.text))}" is part of the value`,
          at: entry.valueSpan,
          help,
          ...commentFix(entry.valueSpan, false),
        });
      }
    }
  },
});

/** A value that no pass dials may be meant as it is written. */
function commentFix(span: Span, safe: boolean): { readonly fix?: Fix } {
  const hash = hashAt(span.source.text.slice(span.start, span.end));
  if (hash === undefined) return {};
  const start = span.start + hash;
  const edits = [replace({ ...span, start, end: start + 1 }, ';')];
  return { fix: { safe, title: 'begin the comment with ;', edits } };
}
