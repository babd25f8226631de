import { defineRule } from '../src/engine/rule.ts';
import { missingDirectoryFinding } from '../src/findings/missing-directory-finding.ts';
import { missingSocketDirectories } from '../src/model/checks/missing-directory.ts';

export default defineRule({
  id: 'listen-dir-missing',
  title: 'The directory of a socket or of the pid file does not exist',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Looks for the directory of the socket of every pool, and of `pid`. Below /run it counts what the packages, tmpfiles.d and the `RuntimeDirectory=` of services make at boot.',
    why: 'php-fpm makes no directories: it refuses to start, and every site of that PHP version answers 502. What was made by hand below /run is gone after the next reboot. `php-fpm -t` says that the test is successful.',
    fine: 'Where the tree does not show whether a directory exists, as in a checkout of single files or in a container, nothing is reported.',
    fix: 'Use the directory of the package, such as /run/php on Debian, or add `RuntimeDirectory=` to the unit or a line to tmpfiles.d.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
  ],
  frequency: 'high',
  logs: [
    "unable to bind listening socket for address '<address>': No such file or directory (2)",
    'Unable to create the PID file (<path>).: No such file or directory (2)',
  ],
  examples: [
    {
      name: 'the directory of another distribution',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php-fpm/www.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php-fpm/www.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/tmpfiles.d/php-fpm.conf': 'd /run/php-fpm 0755 root root -\n',
      },
    },
    {
      name: 'the pid file',
      bad: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /run/fpm/php8.2.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
      },
      good: {
        'etc/php/8.2/fpm/php-fpm.conf':
          '[global]\npid = /var/run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingSocketDirectories(host)) {
        context.report(
          missingDirectoryFinding(
            missing,
            host,
            'use the directory that the package makes, or let RuntimeDirectory= or tmpfiles.d make this one',
          ),
        );
      }
    }
  },
});
