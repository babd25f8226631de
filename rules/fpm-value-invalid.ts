import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-value-invalid',
  title: 'php-fpm does not take the value',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Checks every value against the type that php-fpm expects: numbers, times with the suffixes `s`, `m`, `h` and `d`, switches, names of process managers and log levels, paths of the status and ping pages, priorities.',
    why: 'php-fpm refuses to start: every site of that PHP version answers 502. `1min`, `64k` and `5.5` look right and are not.',
    fine: 'A value that comes from an environment variable is unknown and not judged.',
    fix: 'Write what the message asks for. Times have one suffix of one letter, numbers none.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [
    "[<file>:<line>] unable to parse value for entry '<name>': <why>",
    '[<file>:<line>] empty value',
    'failed to set rlimit_files for this pool. Please check your system limits or decrease rlimit_files. setrlimit(RLIMIT_NOFILE, <number>)',
    "[pool <pool>] the <name> path '<path>' must start with a '/'",
  ],
  examples: [
    {
      name: 'a time with a unit of three letters',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 1min\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 1m\n',
      },
    },
    {
      name: 'an empty environment variable',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DEBUG] = off\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DEBUG] = "off"\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set([
        'value',
        'empty-env',
        'array-without-key',
        'suppress-path',
        'priority',
        'log-limit',
        'process-max',
        'events-mechanism',
        'rlimit-files',
        'status-path',
        'ping-path',
        'ping-response',
        'access-format',
      ]),
    );
  },
});
