import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-listen-invalid',
  title: 'A pool listens on something that is no address',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reads `listen` as php-fpm does: digits are a port, anything with a colon is a host and a port, split at the last colon, the rest is a path. Reports ports out of range, empty hosts and schemes.',
    why: 'php-fpm finds it only when it binds: `php-fpm -t` passes, the start fails, and every site of that PHP version answers 502.',
    fine: 'A host name may be known to the host alone, so names are not judged.',
    fix: 'Write a path without a colon, a port from 1 to 65535, or `host:port`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
  ],
  frequency: 'low',
  logs: [
    'getaddrinfo: Name or service not known',
    "invalid port value '<port>'",
    'getaddrinfo: Servname not supported for ai_socktype',
  ],
  examples: [
    {
      name: 'a URL',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = tcp://127.0.0.1:9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'a port alone',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = :9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set(['listen-address']),
      (written) => `"${written}" is no address that php-fpm can listen on`,
    );
  },
});
