import { defineRule, type RuleFinding } from '../src/engine/rule.ts';
import type { JudgedSuppression } from '../src/engine/suppress.ts';
import { suppressionWords } from '../src/syntax/suppression.ts';
import { nearest } from '../src/values/nearest.ts';

export default defineRule({
  id: 'suppression-unknown-rule',
  title: 'A comment disables a rule that does not exist',
  severity: 'warning',
  reads: ['suppressions'],
  docs: {
    what: 'Reports comments to no502 that name a rule which does not exist, or none at all, and comments whose first word is like `no502-disable` and means nothing.',
    why: 'The comment leaves nothing out. Whoever wrote it believes that it does.',
    fine: 'Comments that only mention no502 somewhere in a sentence are not meant for it and are not read.',
    fix: 'Correct the name; `no502 rules` lists them all.',
  },
  references: ['https://github.com/no502/no502#leaving-a-finding-out'],
  frequency: 'low',
  examples: [
    {
      name: 'a name that is nearly right',
      bad: {
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\n; no502-disable-next-line pool-users-missing -- the deploy makes the user\nuser = shop\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\n; no502-disable-next-line pool-user-missing -- the deploy makes the user\nuser = shop\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(_deployment, { suppressions, report }) {
    for (const judged of suppressions) {
      const finding = findingOf(judged);
      if (finding) report(finding);
    }
  },
});

function findingOf(judged: JudgedSuppression): RuleFinding | undefined {
  const { suppression } = judged;
  if (judged.kind === 'unknown-rule') {
    const {
      rule: { id, span },
      meant,
    } = judged;
    return {
      message: `there is no rule "${id}"`,
      at: span,
      help: meant === undefined ? 'no502 rules lists them all' : `did you mean "${meant}"?`,
    };
  }
  if (judged.kind !== 'malformed') return undefined;
  const { word } = suppression;
  if (judged.because === 'no-rule') {
    return {
      message: `"${word}" names no rule, so it leaves nothing out`,
      at: suppression.span,
      help: `write ${word} RULE -- reason; no502 rules lists them all`,
    };
  }
  const words = Object.keys(suppressionWords);
  const meant = nearest(word, words);
  return {
    message: `no502 does not know "${word}"`,
    at: suppression.span,
    help: meant === undefined ? `it knows ${words.join(', ')}` : `did you mean "${meant}"?`,
  };
}
