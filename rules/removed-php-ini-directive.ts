import { defineRule } from '../src/engine/rule.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { fatalLogOf } from '../src/model/fpm/php-setting.ts';
import { removedDirectives } from '../src/model/fpm/removed-directive.ts';

export default defineRule({
  id: 'removed-php-ini-directive',
  title: 'php.ini turns on a setting that PHP no longer has',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Looks for the settings that PHP refuses since it dropped them, such as `register_globals`, `safe_mode`, `asp_tags` or `track_errors`, in php.ini and in the files of its conf.d.',
    why: 'PHP ends with a fatal error when it starts, and php-fpm with it: every site of that PHP version answers 502. It happens after an upgrade that kept the old php.ini.',
    fine: 'Switched off they are ignored. So are other settings that no longer exist, and all of them in `php_admin_value` of a pool.',
    fix: 'Remove the line.',
  },
  references: [
    'https://www.php.net/manual/en/ini.core.php',
    'https://github.com/php/php-src/blob/PHP-8.2/main/main.c',
  ],
  frequency: 'medium',
  logs: ["Directive '<name>' is no longer available in PHP"],
  examples: [
    {
      name: 'a php.ini of another age',
      bad: {
        'etc/php/8.2/fpm/php.ini': '[PHP]\ndisplay_errors = Off\nlog_errors = On\nregister_globals = On\n',
      },
      good: {
        'etc/php/8.2/fpm/php.ini': '[PHP]\ndisplay_errors = Off\nlog_errors = On\nregister_globals = Off\n',
      },
    },
    {
      name: 'a file of conf.d',
      bad: {
        'etc/php/8.2/fpm/conf.d/99-local.ini': 'track_errors = 1\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[track_errors] = 1\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        if (!master.phpIni) continue;
        for (const { name, nameSpan, span } of removedDirectives(master.phpIni, master.phpVersion)) {
          context.report(
            masterRefusal(
              {
                master,
                message: `"${name}" is on, and PHP no longer has it`,
                log: fatalLogOf(master.phpIni, `Directive '${name}' is no longer available in PHP`),
                at: { ...nameSpan, end: Math.max(span.end, nameSpan.end) },
                seenByTest: true,
                help: 'remove the line',
              },
              host,
            ),
          );
        }
      }
    }
  },
});
