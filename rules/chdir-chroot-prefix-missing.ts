import { defineRule } from '../src/engine/rule.ts';
import { missingDirectoryFinding } from '../src/findings/missing-directory-finding.ts';
import { missingPoolDirectories } from '../src/model/checks/missing-directory.ts';

export default defineRule({
  id: 'chdir-chroot-prefix-missing',
  title: 'A pool is put into a directory that does not exist',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Looks for the `prefix`, the `chroot` and the `chdir` of every pool, the last one inside of the chroot.',
    why: 'php-fpm refuses to start when one of them is missing: the pool of one deleted site, or of one release that was pruned, takes every site of that PHP version down.',
    fine: 'Where the tree does not show whether a directory exists, nothing is reported.',
    fix: 'Create the directory, point to one that stays, such as a link to the current release, or remove the pool.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#chdir',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'medium',
  logs: [
    "[pool <pool>] the <setting> path '<path>' does not exist or is not a directory",
    "[pool <pool>] the chdir path '<path>' within the chroot path '<path>' ('<path>') does not exist or is not a directory",
    "[pool <pool>] the prefix '<path>' does not exist or is not a directory",
  ],
  examples: [
    {
      name: 'a release that was pruned',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchdir = /var/www/shop/releases/41\n',
        'var/www/shop/releases/42/index.php': '<?php\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchdir = /var/www/shop/releases/42\n',
        'var/www/shop/releases/42/index.php': '<?php\n',
      },
    },
    {
      name: 'inside of a chroot',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchroot = /var/www/shop\nchdir = /var/www/shop/public\n',
        'var/www/shop/public/index.php': '<?php\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchroot = /var/www/shop\nchdir = /public\n',
        'var/www/shop/public/index.php': '<?php\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const missing of missingPoolDirectories(host)) {
        context.report(
          missingDirectoryFinding(
            missing,
            host,
            'create the directory, or remove the pool if its site is gone',
          ),
        );
      }
    }
  },
});
