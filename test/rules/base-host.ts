import type { Tree } from '../../src/engine/rule.ts';

/** A small healthy host of the Debian family: the ground on which the examples of the rules stand. */
export const baseHost: Tree = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\nwww-data:x:33:\n',
  'etc/hosts': '127.0.0.1 localhost\n',
  'etc/nginx/nginx.conf':
    'user www-data;\nevents {}\nhttp {\n    include conf.d/*.conf;\n    include sites-enabled/*;\n}\n',
  'etc/nginx/fastcgi.conf':
    'fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\nfastcgi_param REQUEST_METHOD $request_method;\n',
  'etc/php/8.2/fpm/php-fpm.conf':
    '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
  'etc/php/8.2/fpm/php.ini':
    '[PHP]\nmemory_limit = 128M\nmax_execution_time = 30\ndisplay_errors = Off\nlog_errors = On\n',
  'etc/php/8.2/fpm/pool.d/www.conf':
    '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
};
