import { defineRule } from '../src/engine/rule.ts';
import { mayHoldApps, type SiteApp, siteAppOf } from '../src/model/checks/site-app.ts';
import { serverTitle, visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'app-maintenance-flag',
  title: 'The app behind a site is in maintenance',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Looks below the document root for the files by which apps close themselves: `storage/framework/down` of Laravel, `.maintenance` of WordPress, `var/.maintenance.flag` of Magento.',
    why: 'The app answers every visitor 503. Where the file came with the release, or an update was broken off, nobody takes it away.',
    fine: 'While somebody is at work. WordPress ignores a file that is older than ten minutes by its own clock.',
    fix: 'Remove the file: `php artisan up`, `bin/magento maintenance:disable`, or `rm .maintenance`.',
  },
  references: [
    'https://laravel.com/docs/configuration#maintenance-mode',
    'https://developer.wordpress.org/reference/functions/wp_is_maintenance_mode/',
    'https://experienceleague.adobe.com/en/docs/commerce-operations/installation-guide/tutorials/maintenance-mode',
  ],
  frequency: 'medium',
  examples: [
    {
      name: 'an update of WordPress that was broken off',
      bad: {
        'var/www/blog/wp-cron.php': '<?php\n',
        'var/www/blog/.maintenance': '<?php $upgrading = 1700000000;\n',
        'etc/nginx/sites-enabled/blog':
          'server {\n    server_name blog.example.com;\n    root /var/www/blog;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'var/www/blog/wp-cron.php': '<?php\n',
        'etc/nginx/sites-enabled/blog':
          'server {\n    server_name blog.example.com;\n    root /var/www/blog;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      if (!mayHoldApps(host)) continue;
      const { links, paths } = host;
      const closed = new Set<string>();
      for (const { pass } of links) {
        if (pass.unreachable !== undefined) continue;
        const app = siteAppOf(pass.block, paths);
        const flag = app && flagOf(app);
        if (flag === undefined || closed.has(flag) || paths.at(flag).kind !== 'file') continue;
        closed.add(flag);
        const { source, start, end } = pass.directive;
        context.report({
          message: `${app?.name} of ${serverTitle(pass.server)} is in maintenance: ${flag} is there`,
          at: { source, start, end },
          predicts: { status: 503, log: '', when: 'while the file is there' },
          affects: visitorsOf([pass.server]),
          help: `remove ${flag}`,
        });
      }
    }
  },
});

function flagOf({ name, directory }: SiteApp): string | undefined {
  const file = {
    Laravel: 'storage/framework/down',
    Magento: 'var/.maintenance.flag',
    WordPress: '.maintenance',
    Nextcloud: undefined,
  }[name];
  return file && `${directory}/${file}`;
}
