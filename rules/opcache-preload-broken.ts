import { defineRule } from '../src/engine/rule.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { type OpcacheRefusal, preloadRefusals } from '../src/model/checks/opcache.ts';

export default defineRule({
  id: 'opcache-preload-broken',
  title: 'The preloading of OPcache fails',
  severity: 'error',
  reads: ['fpm', 'users'],
  docs: {
    what: 'Checks `opcache.preload` of php.ini where OPcache is loaded: the file must be there, and a master that root starts needs `opcache.preload_user`, which must exist.',
    why: 'PHP preloads before it serves anything, and ends when that fails: php-fpm does not start, and every site of that PHP version answers 502. A release that was pruned is enough. Errors in the file itself do the same and are not looked for.',
    fine: 'Without OPcache, or with `opcache.enable = 0`, nothing is preloaded. A file in a directory that was not given is not judged.',
    fix: 'Point `opcache.preload` to a file that stays, name a user who exists, or remove the line.',
  },
  references: [
    'https://www.php.net/manual/en/opcache.preloading.php',
    'https://www.php.net/manual/en/opcache.configuration.php#ini.opcache.preload-user',
  ],
  frequency: 'medium',
  logs: [
    'Fatal Error "opcache.preload_user" has not been defined',
    "Failed opening required '<path>'",
    'Fatal Error Preloading failed to getpwnam("<user>")',
  ],
  examples: [
    {
      name: 'no user',
      bad: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.preload = /var/www/shop/preload.php\n',
        'var/www/shop/preload.php': '<?php\n',
      },
      good: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.preload = /var/www/shop/preload.php\nopcache.preload_user = www-data\n',
        'var/www/shop/preload.php': '<?php\n',
      },
    },
    {
      name: 'a file that is gone',
      bad: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.preload = /var/www/shop/preload.php\nopcache.preload_user = www-data\n',
        'var/www/shop/index.php': '<?php\n',
      },
      good: {
        'etc/php/8.2/fpm/conf.d/10-opcache.ini':
          'zend_extension = opcache.so\nopcache.enable = 0\nopcache.preload = /var/www/shop/preload.php\nopcache.preload_user = www-data\n',
        'var/www/shop/index.php': '<?php\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const refusal of preloadRefusals(host)) {
        const { master, span, log, certain } = refusal;
        context.report(
          masterRefusal(
            {
              master,
              ...wordsOf(refusal),
              log,
              at: span,
              seenByTest: true,
              when: certain ? undefined : 'unless another directory knows the user',
            },
            host,
          ),
        );
      }
    }
  },
});

function wordsOf({ kind, text }: OpcacheRefusal): { readonly message: string; readonly help: string } {
  switch (kind) {
    case 'user-unset':
      return {
        message: `php-fpm is not told as whom to preload "${text}"`,
        help: 'add opcache.preload_user, such as www-data',
      };
    case 'user-unknown':
      return {
        message: `the user "${text}", as whom OPcache preloads, does not exist`,
        help: 'create the user, or correct opcache.preload_user',
      };
    case 'file-missing':
      return {
        message: `the file "${text}", which OPcache preloads, does not exist`,
        help: 'point opcache.preload to a file that stays, or remove the line',
      };
    default:
      return kind satisfies never;
  }
}
