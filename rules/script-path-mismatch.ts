import { defineRule } from '../src/engine/rule.ts';
import { primaryScriptUnknownLine } from '../src/findings/log-lines.ts';
import { outerPaths } from '../src/model/checks/script-path.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'script-path-mismatch',
  title: 'nginx sends a path that the pool does not see',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Finds passes that send `$document_root` to a pool with a `chroot` in which that directory does not exist.',
    why: 'The pool looks for the path inside of its chroot and answers 404 File not found to everything.',
    fine: 'The chroot may hold the same directories inside. A php-fpm that root does not start ignores `chroot`.',
    fix: 'Send the path as the pool sees it: `fastcgi_param SCRIPT_FILENAME /public$fastcgi_script_name;`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#chroot',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param',
  ],
  frequency: 'high',
  logs: [primaryScriptUnknownLine],
  examples: [
    {
      name: 'the path of the host',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchroot = /var/www/shop\n',
        'var/www/shop/public/index.php': '<?php\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop/public;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nchroot = /var/www/shop\n',
        'var/www/shop/public/index.php': '<?php\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop/public;\n    location ~ \\.php$ {\n        fastcgi_param REQUEST_METHOD $request_method;\n        fastcgi_param SCRIPT_FILENAME /public$fastcgi_script_name;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { pool, chroot, span, script, root, links, certain } of hosts.flatMap(outerPaths)) {
      const inner = root.startsWith(`${chroot}/`) ? root.slice(chroot.length) : '';
      context.report({
        severity: certain ? 'error' : 'warning',
        message: `nginx sends paths below "${root}" to the pool ${pool.name}, which sees only what is in "${chroot}"`,
        at: script,
        related: [{ span, message: 'the pool changes its root to this' }],
        predicts: {
          status: 404,
          log: 'FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream',
          writer: 'nginx',
          ...(!certain && { when: 'unless the chroot holds that directory inside' }),
        },
        affects: visitorsOf(links.map(({ pass }) => pass.server)),
        help: `send the path as the pool sees it: ${inner}$fastcgi_script_name`,
      });
    }
  },
});
