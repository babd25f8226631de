import { defineRule } from '../src/engine/rule.ts';
import { deniedScripts } from '../src/model/checks/limit-extensions.ts';
import { effective } from '../src/model/nginx/block.ts';
import type { Pass } from '../src/model/nginx/pass.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'limit-extensions-mismatch',
  title: 'A pool denies the extension that nginx passes to it',
  severity: 'error',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `security.limit_extensions` of a pool with the extension in the pattern of the locations that lead to it.',
    why: 'php-fpm answers 403 Access denied to every such request. The list is cut at blanks: `.php,.phtml` is one extension, and no script has it.',
    fine: 'The default is `.php .phar`. An empty list allows everything.',
    fix: 'Separate the extensions with blanks, and list what nginx passes.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#security-limit-extensions',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_php.c',
  ],
  frequency: 'low',
  logs: [
    'FastCGI sent in stderr: "Access to the script \'<path>\' has been denied (see security.limit_extensions)" while reading response header from upstream',
  ],
  examples: [
    {
      name: 'commas',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nsecurity.limit_extensions = .php,.phtml\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nsecurity.limit_extensions = .php .phtml\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'an extension of its own',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nsecurity.limit_extensions = .php\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    location ~ \\.phtml$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nsecurity.limit_extensions = .php .phtml\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    root /var/www/shop;\n    location ~ \\.phtml$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { pool, span, extension, list, links } of hosts.flatMap(deniedScripts)) {
      const [first] = links;
      const log = first && deniedLog(first.pass, extension);
      context.report({
        message: `the pool ${pool.name} answers 403 to the ${extension} scripts that nginx passes to it`,
        label: list.includes(',')
          ? 'a comma does not separate extensions'
          : `"${extension}" is not in the list`,
        at: span,
        related: links.slice(0, 3).map(({ pass: { directive, word } }) => ({
          span: { source: directive.source, start: word.start, end: word.end },
          message: `${extension} scripts are passed here`,
        })),
        ...(log !== undefined && { predicts: { status: 403, log, writer: 'nginx' } }),
        affects: visitorsOf(links.map((link) => link.pass.server)),
        help: `write the extensions with blanks between them, ${extension} among them`,
      });
    }
  },
});

/** What nginx logs of the first script of the site; nothing where its path is decided by the request. */
function deniedLog(pass: Pass, extension: string): string | undefined {
  const root = effective(pass.block, 'root')?.directive.args[0]?.value;
  if (root === undefined || root.includes('$')) return undefined;
  return `FastCGI sent in stderr: "Access to the script '${root}/index${extension}' has been denied (see security.limit_extensions)" while reading response header from upstream`;
}
