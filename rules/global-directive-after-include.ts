import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'global-directive-after-include',
  title: 'A global directive stands below an include, where a pool is still open',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reports directives of `[global]` that follow an `include` without a new `[global]`.',
    why: 'An include runs in place and leaves the last section of the last file open. What follows belongs to that pool, which does not know it: php-fpm does not start, and every site of that PHP version answers 502.',
    fine: 'Red Hat’s file includes the pools first and begins `[global]` after them.',
    fix: 'Move the line above the include, or write `[global]` before it.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'low',
  logs: ["[<file>:<line>] unknown entry '<name>'"],
  examples: [
    {
      name: 'appended to php-fpm.conf',
      bad: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\nlog_level = warning\n',
      },
      good: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n[global]\nlog_level = warning\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(deployment, context, new Set(['global-entry-after-include']));
  },
});
