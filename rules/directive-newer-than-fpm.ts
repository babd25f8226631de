import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'directive-newer-than-fpm',
  title: 'A directive came with a later PHP than the one that reads it',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Compares the version of every master with the version that brought each directive of its files.',
    why: 'The older php-fpm does not know it and does not start: every site of that PHP version answers 502. One pool template for several PHP versions is enough.',
    fine: 'Where the version is not known, nothing is reported; `--php` tells it.',
    fix: 'Remove the line from the files of the older PHP.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'low',
  logs: ["[<file>:<line>] unknown entry '<name>'"],
  examples: [
    {
      name: 'a template that was written for PHP 8.2',
      bad: {
        'etc/php/7.4/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/7.4/fpm/pool.d/*.conf\n',
        'etc/php/7.4/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php7.4-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\npm.status_listen = 127.0.0.1:9001\n',
      },
      good: {
        'etc/php/7.4/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/7.4/fpm/pool.d/*.conf\n',
        'etc/php/7.4/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php7.4-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\ndecorate_workers_output = no\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(deployment, context, new Set(['entry-newer-than-php']));
  },
});
