import { defineRule } from '../src/engine/rule.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { rootPools } from '../src/model/checks/pool-identity.ts';

export default defineRule({
  id: 'pool-runs-as-root',
  title: 'A pool would run as root or in its group',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Works out the user and the group of the workers of every pool. A user by name brings its own group; what is set to nothing stays root, such as `user = no`, which PHP reads as an empty text.',
    why: 'php-fpm refuses to start, and every site of that PHP version answers 502. `php-fpm -t` says that the test is successful.',
    fine: '`php-fpm -R` allows it, as some containers do. Where nothing that was read tells how php-fpm is started, this is a warning.',
    fix: 'Run the pool as a user of its own.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#user',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c',
  ],
  frequency: 'low',
  logs: ['[pool <pool>] please specify user and group other than root'],
  examples: [
    {
      name: 'the user root',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = root\ngroup = root\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'only the group is root',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\ngroup = 0\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\ngroup = 33\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { master, pool, by, span, certain } of rootPools(host)) {
        if (by === 'numeric') continue;
        context.report(
          masterRefusal(
            {
              master,
              message:
                by === 'user'
                  ? `the pool ${pool.name} would run as root, which php-fpm refuses`
                  : `the pool ${pool.name} would run in the group of root, which php-fpm refuses`,
              log: `[pool ${pool.name}] please specify user and group other than root`,
              at: span,
              when: certain ? undefined : 'unless php-fpm is started with -R',
              help: 'run the pool as a user of its own, such as www-data',
            },
            host,
          ),
        );
      }
    }
  },
});
