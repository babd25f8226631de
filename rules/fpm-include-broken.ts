import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-include-broken',
  title: 'php-fpm cannot follow an include',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Follows the includes of every master and reports directories that are not there, files that cannot be read and includes nested too deep.',
    why: 'A pattern in a directory that is missing is fatal: php-fpm does not start, and every site of that PHP version answers 502. A pattern that matches nothing is only a warning of php-fpm, and mostly ends in no pool at all.',
    fine: 'A pattern may match nothing where other files bring the pools.',
    fix: 'Create the directory, or correct the path.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [
    "Unable to globalize '<pattern>' (ret=<number>) from <file> at line <line>.",
    'failed to include more than 5 files recursively',
    "Nothing matches the include pattern '<pattern>' from <file> at line <line>.",
    'Unable to include <file> from <file> at line <line>',
  ],
  examples: [
    {
      name: 'a directory that was not deployed',
      bad: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\ninclude=/etc/php/8.2/fpm/extra.d/*.conf\n',
      },
      good: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set(['include-unmatched', 'include-glob', 'include-unreadable', 'include-depth']),
    );
  },
});
