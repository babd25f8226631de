import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-pool-incomplete',
  title: 'A pool lacks what php-fpm needs to start it',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reports pools without `user` or `listen`, a slow log without a file, and timeouts and paths of a pool that contradict each other.',
    why: 'php-fpm refuses to start: every site of that PHP version answers 502.',
    fine: 'A pool may be completed by another file: sections of the same name merge.',
    fix: 'Add what the message names.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [
    '[pool <pool>] user has not been defined',
    "[pool <pool>] 'slowlog' must be specified for use with '<setting>'",
    '[pool <pool>] no listen address have been defined!',
  ],
  examples: [
    {
      name: 'a pool without a user',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'a slow log without a file',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_slowlog_timeout = 5s\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_slowlog_timeout = 5s\nslowlog = /var/log/php-slow.log\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set(['user-missing', 'listen-missing', 'slowlog', 'slowlog-timeout', 'chroot']),
    );
  },
});
