import { defineRule } from '../src/engine/rule.ts';

export default defineRule({
  id: 'suppression-without-reason',
  title: 'A comment disables a rule and does not say why',
  severity: 'warning',
  reads: ['suppressions'],
  docs: {
    what: 'Reports comments that would leave findings out and give no reason behind `--`. Such a comment leaves nothing out.',
    why: 'Whoever meets the line next year must be able to tell whether the reason still holds.',
    fine: '`no502-enable`, which ends a block, needs none.',
    fix: 'Write the reason behind the rules: `# no502-disable-next-line RULE -- reason`.',
  },
  references: ['https://github.com/no502/no502#leaving-a-finding-out'],
  frequency: 'low',
  examples: [
    {
      name: 'a socket that is made elsewhere',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/legacy.sock; # no502-disable-line fastcgi-pass-not-listened\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/legacy.sock; # no502-disable-line fastcgi-pass-not-listened -- a container brings it\n    }\n}\n',
      },
    },
  ],
  check(_deployment, { suppressions, report }) {
    for (const { kind, suppression } of suppressions) {
      if (kind !== 'without-reason') continue;
      report({
        message: `"${suppression.word}" gives no reason, so it leaves nothing out`,
        at: suppression.span,
        help: `write the reason behind the rules: ${suppression.word} ${suppression.rules.map(({ id }) => id).join(', ')} -- because ...`,
      });
    }
  },
});
