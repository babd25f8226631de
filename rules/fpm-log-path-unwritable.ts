import { defineRule } from '../src/engine/rule.ts';
import { missingDirectoryFinding } from '../src/findings/missing-directory-finding.ts';
import { missingLogDirectories } from '../src/model/checks/missing-directory.ts';

export default defineRule({
  id: 'fpm-log-path-unwritable',
  title: 'The directory of a log of php-fpm does not exist',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Looks for the directories of `error_log`, of the `access.log` of every pool, and of its `slowlog` where `request_slowlog_timeout` is set.',
    why: 'php-fpm opens its logs before anything else and makes no directories: it refuses to start, and every site of that PHP version answers 502. The log directory of one deleted site is enough.',
    fine: '`php_admin_value[error_log]` is opened later, by the scripts. Where the tree does not show whether a directory exists, nothing is reported.',
    fix: 'Create the directory, or remove the line.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#access-log',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'high',
  logs: [
    'failed to open access log (<path>)',
    'failed to open error_log (<path>)',
    'Unable to create or open slowlog(<path>)',
  ],
  examples: [
    {
      name: 'a site that was removed',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\naccess.log = /var/www/gone/access.log\n',
        'var/www/shop/index.php': '<?php\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\naccess.log = /var/www/shop/access.log\n',
        'var/www/shop/index.php': '<?php\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingLogDirectories(host)) {
        context.report(missingDirectoryFinding(missing, host, 'create the directory, or remove the line'));
      }
    }
  },
});
