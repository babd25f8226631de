import { defineRule } from '../src/engine/rule.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { rootPools } from '../src/model/checks/pool-identity.ts';

export default defineRule({
  id: 'numeric-user-without-group',
  title: 'A pool names its user by number and has no group',
  severity: 'error',
  reads: ['fpm', 'users'],
  docs: {
    what: 'Finds pools with a user by number and no `group`, where the number brings none: passwd does not have it, or PHP is older than 8.2 and does not look.',
    why: 'The group then stays that of root, which php-fpm refuses: it does not start, and every site of that PHP version answers 502. `php-fpm -t` says that the test is successful.',
    fine: 'Since PHP 8.2 a number that passwd has brings the group of that user.',
    fix: 'Add `group`, or write the user by name.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#group',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'low',
  logs: ['[pool <pool>] please specify user and group other than root'],
  examples: [
    {
      name: 'a number that passwd does not have',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = 1999\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = 33\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'an older PHP',
      bad: {
        'etc/php/8.1/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.1/fpm/pool.d/*.conf\n',
        'etc/php/8.1/fpm/pool.d/www.conf':
          '[www]\nuser = 33\nlisten = /run/php/php8.1-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.1/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.1/fpm/pool.d/*.conf\n',
        'etc/php/8.1/fpm/pool.d/www.conf':
          '[www]\nuser = 33\ngroup = 33\nlisten = /run/php/php8.1-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { master, pool, by, span, certain } of rootPools(host)) {
        if (by !== 'numeric') continue;
        context.report(
          masterRefusal(
            {
              master,
              message: `the pool ${pool.name} has no group, and its user by number brings none, so it would run in the group of root`,
              log: `[pool ${pool.name}] please specify user and group other than root`,
              at: span,
              when: certain ? undefined : 'unless php-fpm is started with -R or knows the number',
              help: 'add a group, or write the user by name',
            },
            host,
          ),
        );
      }
    }
  },
});
