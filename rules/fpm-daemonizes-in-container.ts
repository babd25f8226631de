import { defineRule } from '../src/engine/rule.ts';
import { endedFinding } from '../src/findings/ended-finding.ts';
import { noRouteLine } from '../src/findings/log-lines.ts';
import { endedContainers } from '../src/model/checks/ended-container.ts';

export default defineRule({
  id: 'fpm-daemonizes-in-container',
  title: 'php-fpm goes into the background, and its container ends',
  severity: 'error',
  reads: ['nginx', 'fpm', 'network'],
  docs: {
    what: 'Finds containers whose first process is a php-fpm for which `daemonize` is on, which is the default, and that is started without `-F`.',
    why: 'A container ends with its first process. The official images keep theirs with `daemonize = no`, which stands in `zz-docker.conf`: a directory that is mounted over the whole of `php-fpm.d` takes that file away. php-fpm then starts, goes into the background, and the container is over with exit code 0 and nothing in its log. Each request is answered 502; an nginx that is started later does not find the name and stops with `host not found in upstream`.',
    fine: 'A mounted directory with `daemonize = no` in one of its files, a single file that is mounted into the directory, and `command: php-fpm -F`.',
    fix: 'Write `daemonize = no` below `[global]` in a file of the directory, or mount single files.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#daemonize',
    'https://github.com/docker-library/php/blob/master/Dockerfile-linux.template',
  ],
  frequency: 'medium',
  logs: [
    noRouteLine,
    'connect() to unix:<path> failed (111: Connection refused) while connecting to upstream',
  ],
  examples: [
    {
      name: 'a mounted php-fpm.d without daemonize = no',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - ./php-fpm.d:/usr/local/etc/php-fpm.d\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.d/www.conf': '[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - ./php-fpm.d:/usr/local/etc/php-fpm.d\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.d/www.conf':
          '[global]\ndaemonize = no\n\n[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
    },
    {
      name: 'a php-fpm.conf of its own that reads no pool of the image, and -F',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    volumes:\n      - ./php-fpm.conf:/usr/local/etc/php-fpm.conf\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.conf':
          '[global]\ndaemonize = yes\n\n[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    command: php-fpm -F\n    volumes:\n      - ./php-fpm.conf:/usr/local/etc/php-fpm.conf\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'php-fpm.conf':
          '[global]\ndaemonize = yes\n\n[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
      },
    },
  ],
  check(deployment, context) {
    for (const ended of endedContainers(deployment)) context.report(endedFinding(ended));
  },
});
