import type { Related } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { primaryScriptUnknownLine } from '../src/findings/log-lines.ts';
import { type OuterPath, outerPaths } from '../src/model/checks/script-path.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'script-path-mismatch',
  title: 'nginx sends a path that the pool does not see',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Finds passes that send the path of a directory to a pool that does not have it: inside of its `chroot`, or in the container that it runs in.',
    why: 'The pool looks for the path where it lives, which is inside of its chroot or among the mounts of its own container, and answers 404 File not found to everything.',
    fine: 'The chroot may hold the same directories inside. A php-fpm that root does not start ignores `chroot`. What an image holds that is not known, or that its build makes, is not judged.',
    fix: 'Send the path as the pool sees it: `fastcgi_param SCRIPT_FILENAME /public$fastcgi_script_name;`; or mount the files at the same path in both containers.',
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
  check(deployment, context) {
    for (const outer of outerPaths(deployment)) {
      const { script, root, links, certain } = outer;
      const words = outer.because.kind === 'chroot' ? chrootWords(outer, outer.because) : hostWords(outer);
      context.report({
        severity: certain ? 'error' : 'warning',
        message: `nginx sends paths below "${root}" to ${words.pool}, ${words.sees}`,
        at: script,
        related: words.related,
        predicts: {
          status: 404,
          log: 'FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream',
          writer: 'nginx',
          ...(!certain && { when: 'unless the chroot holds that directory inside' }),
        },
        affects: visitorsOf(links.map(({ pass }) => pass.server)),
        help: words.help,
      });
    }
  },
});

interface Words {
  readonly pool: string;
  readonly sees: string;
  readonly related: readonly Related[];
  readonly help: string;
}

function chrootWords(
  { pool, root }: OuterPath,
  { chroot, span }: Extract<OuterPath['because'], { kind: 'chroot' }>,
): Words {
  const inner = root.startsWith(`${chroot}/`) ? root.slice(chroot.length) : '';
  return {
    pool: `the pool ${pool.name}`,
    sees: `which sees only what is in "${chroot}"`,
    related: [{ span, message: 'the pool changes its root to this' }],
    help: `send the path as the pool sees it: ${inner}$fastcgi_script_name`,
  };
}

function hostWords({ pool, because, root }: OuterPath): Words {
  const place = because.kind === 'host' ? because.host.place : undefined;
  const title = place?.title ?? 'another host';
  return {
    pool: `the pool ${pool.name} of ${title}`,
    sees: 'where there is no such directory',
    related: place?.span ? [{ span: place.span, message: `${title} mounts nothing there` }] : [],
    help: `mount the same files at "${root}" of ${title}, or send the path that they have there`,
  };
}
