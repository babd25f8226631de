import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-unknown-entry',
  title: 'php-fpm does not know the entry',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Compares every key with those that php-fpm knows in that place: the global section and pools have different ones, and settings of PHP belong into `php_admin_value[...]`, which only pools take.',
    why: 'php-fpm refuses to start: every site of that PHP version answers 502.',
    fine: 'Keys that depend on how php-fpm was built, such as `listen.acl_users` or `apparmor_hat`, are never reported. A setting of PHP that does not exist is no error inside `php_admin_value[...]`.',
    fix: 'Correct the spelling, write a setting of PHP as `php_admin_value[name]`, or move the line to the section it belongs to.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'high',
  logs: [
    "[<file>:<line>] unknown entry '<name>'",
    "[<file>:<line>] unknown directive '<name>'",
    '[<file>:<line>] Array are not allowed in the global section',
  ],
  examples: [
    {
      name: 'a setting of PHP in a pool',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nmemory_limit = 256M\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[memory_limit] = 256M\n',
      },
    },
    {
      name: 'a letter too many',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_childrens = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set([
        'unknown-entry',
        'unknown-directive',
        'pool-entry-in-global',
        'global-entry-in-pool',
        'php-setting-as-entry',
        'array-in-global',
      ]),
    );
  },
});
