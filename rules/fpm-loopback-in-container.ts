import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine } from '../src/findings/log-lines.ts';
import { unreachedFinding } from '../src/findings/unreached-finding.ts';
import { isPoolInContainer, unreachedAddresses } from '../src/model/checks/unreached.ts';
import { addressText } from '../src/model/links/address.ts';

export default defineRule({
  id: 'fpm-loopback-in-container',
  title: 'A pool listens on the loopback address of its container, and nginx is in another',
  severity: 'error',
  reads: ['nginx', 'fpm', 'network'],
  docs: {
    what: 'Finds pools that listen on `127.0.0.1` or `[::1]` only, where nginx dials them from another container or machine. All files of the pool are merged first, as php-fpm does.',
    why: 'A loopback address is reached from its own container and from nowhere else: the connection is refused, and each request is answered 502.',
    fine: 'Official images that were built before 2026 read `zz-docker.conf` with `listen = 9000` after `www.conf`: a `www.conf` with `127.0.0.1:9000` beside it is healthy there. Newer ones set `listen = 9000` before it, so that the line in `www.conf` counts: where the tag does not tell which of both an image is, this is a warning. Containers that share a network namespace share the loopback address too.',
    fix: 'Listen on every address: `listen = 9000`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/docker-library/php/blob/master/Dockerfile-linux.template',
    'https://github.com/docker-library/php/pull/1635',
  ],
  frequency: 'high',
  logs: [connectionRefusedLine],
  examples: [
    {
      name: 'a mounted php-fpm.d without the zz-docker.conf of the image',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - ./php-fpm.d:/usr/local/etc/php-fpm.d\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.d/www.conf':
          '[global]\ndaemonize = no\n\n[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2.20-fpm\n    volumes:\n      - ./php-fpm.d/www.conf:/usr/local/etc/php-fpm.d/www.conf\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.d/www.conf':
          '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'a www.conf that counts since the images of 2026',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.4.20-fpm\n    volumes:\n      - ./www.conf:/usr/local/etc/php-fpm.d/www.conf\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'www.conf': '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.4.20-fpm\n    volumes:\n      - ./www.conf:/usr/local/etc/php-fpm.d/www.conf\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'www.conf': '[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, how, unless } of unreachedAddresses(host, 'loopback')) {
        const { owner, span, address } = how.listener;
        if (owner.kind !== 'pool' || !isPoolInContainer(how)) continue;
        context.report(
          unreachedFinding(dialed, {
            unless,
            message: `the pool ${owner.pool.name} listens on ${addressText(address)} only, and nginx is in another container`,
            ...(span && { at: span }),
            help: address.kind === 'tcp' ? `set listen = ${address.port}` : 'listen on a port',
          }),
        );
      }
    }
  },
});
