import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'no-pool-defined',
  title: 'A php-fpm master has no pool',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reports masters whose files, all includes followed, define no pool.',
    why: 'php-fpm refuses to start with `No pool defined`, also when the last pool was removed from a host on purpose and the service stayed enabled.',
    fine: 'A service that is masked or disabled may have no pool: it is not started.',
    fix: 'Define a pool, correct the include, or disable the service.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: ['No pool defined. at least one pool section must be specified in config file'],
  examples: [
    {
      name: 'pool files with another ending',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf': '; moved\n',
        'etc/php/8.2/fpm/pool.d/shop.cnf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf': '; moved\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(deployment, context, new Set(['no-pool']));
  },
});
