import { defineRule } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';

export default defineRule({
  id: 'fpm-listen-unix-prefix',
  title: 'A pool names its socket with the prefix unix:',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Reports a `listen` that begins with `unix:`, as `fastcgi_pass` writes it.',
    why: 'To php-fpm anything with a colon is a host and a port. The path is no port, so the master does not start, and every site of that PHP version answers 502. `php-fpm -t` says that the test is successful.',
    fine: 'Never: no version of php-fpm knows the prefix.',
    fix: 'Write the path alone.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c',
  ],
  frequency: 'medium',
  logs: ["invalid port value '<path>'"],
  examples: [
    {
      name: 'copied from nginx',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = unix:/run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check(deployment, context) {
    reportFpmProblems(
      deployment,
      context,
      new Set(['listen-unix-prefix']),
      (written) => `php-fpm takes "${written}" for a host and a port`,
    );
  },
});
