import type { Fix } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { removeSpan } from '../src/fix/lines.ts';
import type { Suppression } from '../src/syntax/suppression.ts';

export default defineRule({
  id: 'suppression-unused',
  title: 'A comment disables a rule that reports nothing there',
  severity: 'warning',
  reads: ['suppressions'],
  docs: {
    what: 'Reports comments that leave out a finding which is not there: `no502-disable-next-line`, `no502-disable-line`, `no502-disable`, `no502-disable-file`, and a `no502-enable` that ends nothing.',
    why: 'The defect was repaired or the line has moved. A comment that stays behind would hide the next defect of that kind without anybody having decided so.',
    fine: 'A rule that is switched off, or that could not judge because files, the memory or the apps were not given, proves nothing, and a comment that names it is not reported.',
    fix: 'Remove the comment, or the rule from its list.',
  },
  references: ['https://github.com/no502/no502#leaving-a-finding-out'],
  frequency: 'low',
  examples: [
    {
      name: 'a socket that was corrected',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        # no502-disable-next-line stale-php-version-socket -- moves on Monday\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        # no502-disable-next-line stale-php-version-socket -- moves on Monday\n        fastcgi_pass unix:/run/php/php8.1-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check(_deployment, { suppressions, report }) {
    for (const judged of suppressions) {
      if (judged.kind !== 'idle') continue;
      const { suppression, rule } = judged;
      if (suppression.scope === 'enable') {
        report({
          message: rule ? `"${rule.id}" is not disabled here` : 'nothing is disabled here',
          at: rule?.span ?? suppression.span,
          help: 'remove it, or write no502-disable where the block begins',
        });
      } else if (rule) {
        report({
          message: `"${rule.id}" reports nothing here`,
          at: rule.span,
          help: suppression.rules.length > 1 ? 'remove the rule from the comment' : 'remove the comment',
          ...(suppression.rules.length === 1 && { fix: removeComment(suppression) }),
        });
      }
    }
  },
});

function removeComment({ comment }: Suppression): Fix {
  return { safe: true, title: 'remove the comment', edits: [removeSpan(comment)] };
}
