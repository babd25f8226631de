import { defineRule } from '../src/engine/rule.ts';
import { refusalOf } from '../src/findings/fpm-refusal.ts';
import { missingAccounts } from '../src/model/checks/missing-account.ts';
import { serversBehind } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'pool-user-missing',
  title: 'A pool names a user or a group that the host does not have',
  severity: 'error',
  reads: ['fpm', 'users'],
  docs: {
    what: 'Looks up `user`, `group`, `listen.owner` and `listen.group` of every pool in passwd and group.',
    why: 'php-fpm refuses to start when it cannot look up one of them: one pool of a deleted customer takes every site of that PHP version down.',
    fine: 'Numbers need not exist. Where users come from LDAP, SSSD or another directory as well, this is a warning.',
    fix: 'Remove the pool file that was left behind, or create the user.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#user',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'high',
  logs: [
    "[pool <pool>] cannot get uid for user '<user>'",
    "[pool <pool>] cannot get gid for group '<group>'",
  ],
  examples: [
    {
      name: 'a site that was deleted',
      bad: {
        'etc/php/8.2/fpm/pool.d/old.conf':
          '[old]\nuser = customer7\nlisten = /run/php/old.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/old.conf':
          '[old]\nuser = www-data\nlisten = /run/php/old.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { master, pool, kind, name, setting, span, log, certain } of missingAccounts(host)) {
        context.report({
          severity: certain ? 'error' : 'warning',
          message: `the ${kind} "${name}" of the pool ${pool.name} does not exist`,
          label: certain
            ? `${master.title} does not start`
            : 'not in passwd and group; another directory may know it',
          at: span,
          predicts: {
            ...refusalOf(master, log),
            ...(!certain && { when: `unless another directory knows the ${kind}` }),
          },
          affects: visitorsOf(serversBehind(master, host)),
          help: `create the ${kind}, correct ${setting}, or remove the pool if its site is gone`,
        });
      }
    }
  },
});
