import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'pm-dynamic-inconsistent',
  title: 'The numbers of the process manager contradict each other',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Checks the `pm` settings of every pool with the conditions of php-fpm itself, after same-named sections are merged: `pm.max_children` must be set, and with `pm = dynamic` the spare servers must fit in it and `pm.start_servers` must lie between them.',
    why: 'php-fpm refuses to start: every site of that PHP version answers 502. It happens most when only `pm.max_children` is lowered.',
    fine: 'The spare servers matter only to `pm = dynamic`. A missing `pm.start_servers` is filled in.',
    fix: 'Keep `min_spare_servers <= start_servers <= max_spare_servers <= max_children`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#pm',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [
    '[pool <pool>] pm.min_spare_servers(<number>) and pm.max_spare_servers(<number>) cannot be greater than pm.max_children(<number>)',
    '[pool <pool>] the process manager is missing (static, dynamic or ondemand)',
    '[pool <pool>] pm.min_spare_servers(<number>) must be a positive value',
    '[pool <pool>] pm.max_spare_servers(<number>) must be a positive value',
    '[pool <pool>] pm.max_children must be a positive value',
    '[pool <pool>] pm.max_spare_servers(<number>) must not be less than pm.min_spare_servers(<number>)',
    '[pool <pool>] pm.start_servers(<number>) must not be less than pm.min_spare_servers(<number>) and not greater than pm.max_spare_servers(<number>)',
  ],
  examples: [
    {
      name: 'max_children lowered alone',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = dynamic\npm.max_children = 2\npm.start_servers = 2\npm.min_spare_servers = 1\npm.max_spare_servers = 3\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = dynamic\npm.max_children = 2\npm.start_servers = 1\npm.min_spare_servers = 1\npm.max_spare_servers = 2\n',
      },
    },
    {
      name: 'no process manager',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = ondemand\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set(['pm-missing', 'max-children', 'pm-inconsistent', 'idle-timeout']),
    );
  },
});
