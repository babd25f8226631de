import { defineRule } from '../src/engine/rule.ts';
import { changedEntries } from '../src/model/fpm/silent-change.ts';

export default defineRule({
  id: 'fpm-unquoted-special-char',
  title: 'A value without quotes is cut or computed by php-fpm',
  severity: 'warning',
  reads: ['fpm'],
  docs: {
    what: 'Finds unquoted values of `env[...]` and `php_admin_value[...]` with a `;` in the middle, where the rest is dropped as a comment, and with `&`, `|` or `^`, where php-fpm computes a number.',
    why: 'php-fpm says nothing and starts. The app gets another password or address than the file says, and fails where it uses it. The characters at which php-fpm stops are reported by fpm-syntax.',
    fine: 'Constants are computed on purpose: `E_ALL & ~E_NOTICE`. A comment stands behind a blank.',
    fix: 'Put the value in double quotes.',
  },
  references: [
    'https://www.php.net/manual/en/function.parse-ini-file.php',
    'https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_scanner.l',
  ],
  frequency: 'medium',
  examples: [
    {
      name: 'a password with a semicolon',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DB_PASSWORD] = horse;battery\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[DB_PASSWORD] = "horse;battery" ; rotated in May\n',
      },
    },
    {
      name: 'a query string',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nenv[FLAGS] = fast&safe\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[error_reporting] = E_ALL & ~E_NOTICE\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { masters } of hosts) {
      for (const { entry, by, written } of masters.flatMap(changedEntries)) {
        const { source, valueSpan } = entry;
        const end = by === 'comment' ? valueSpan.start + written.length : valueSpan.end;
        context.report({
          message:
            by === 'comment'
              ? 'php-fpm drops what follows the ; in this value, because without quotes it is a comment'
              : `php-fpm computes the number ${entry.value.text} from this value, because it is not quoted`,
          at: { source, start: valueSpan.start, end },
          help: 'put the whole value in double quotes',
        });
      }
    }
  },
});
