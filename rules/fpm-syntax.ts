import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-syntax',
  title: 'php-fpm cannot read the line',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reads pool files as php-fpm does, one line at a time through the expression scanner of PHP, and reports the lines that it stops at: unquoted `(`, `)`, `!`, `=` or `~`, a quote that is not closed, a line without `=`, a comment that begins with `#`.',
    why: 'One bad line in one pool keeps the whole master from starting: every site of that PHP version answers 502. A reload is no safer, because php-fpm starts itself anew and dies.',
    fine: 'Unquoted values may hold almost anything else. Comments begin with `;`.',
    fix: 'Put the value in double quotes, or begin the comment with `;`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php',
    'https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_scanner.l',
  ],
  frequency: 'high',
  logs: [
    'PHP:  syntax error, unexpected <what> in Unknown on line <line>',
    '[<file>:<line>] value is NULL for a ZEND_INI_PARSER_ENTRY',
  ],
  examples: [
    {
      name: 'a password without quotes',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DB_PASSWORD] = a(b)c\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DB_PASSWORD] = "a(b)c"\n',
      },
    },
    {
      name: 'a shell comment',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\n# a small pool\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\n; a small pool\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(deployment, context, new Set(['syntax', 'hash-comment', 'null-value', 'two-includes']));
  },
});
