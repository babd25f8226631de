// Writes hosts as hosting panels have them: each site with TLS, six locations, shared snippets, comments and a pool.
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a healthy host of so many sites below a directory. Within /etc/nginx all paths are relative, so that nginx itself
 * can be started on it wherever it lies. `certificate` names a file and `key` another, which every site gets as its own.
 */
export function generateHost(directory, sites, { certificate, key } = {}) {
  const nginx = join(directory, 'etc/nginx');
  const fpm = join(directory, 'etc/php/8.2/fpm');
  for (const folder of ['snippets', 'sites-available', 'sites-enabled', 'conf.d', 'ssl']) {
    mkdirSync(join(nginx, folder), { recursive: true });
  }
  mkdirSync(join(fpm, 'pool.d'), { recursive: true });
  writeFileSync(join(nginx, 'nginx.conf'), mainFile);
  writeFileSync(join(nginx, 'mime.types'), 'types {\n    text/html html htm;\n    text/css css;\n}\n');
  writeFileSync(join(nginx, 'fastcgi.conf'), fastcgiFile);
  writeFileSync(join(nginx, 'snippets/tls.conf'), tlsFile);
  writeFileSync(join(nginx, 'snippets/php.conf'), phpFile);
  writeFileSync(
    join(fpm, 'php-fpm.conf'),
    '[global]\npid = /run/php/php8.2-fpm.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
  );
  writeFileSync(join(fpm, 'php.ini'), '[PHP]\nmemory_limit = 128M\nmax_execution_time = 30\n');
  writeFileSync(
    join(directory, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n',
  );
  writeFileSync(join(directory, 'etc/group'), 'root:x:0:\nwww-data:x:33:\n');
  for (let number = 0; number < sites; number++) {
    const name = `site${String(number).padStart(5, '0')}`;
    writeFileSync(join(nginx, 'sites-available', name), siteFile(name));
    if (certificate) linkSync(certificate, join(nginx, 'ssl', `${name}.pem`));
    if (key) linkSync(key, join(nginx, 'ssl', `${name}.key`));
    symlinkSync(`../sites-available/${name}`, join(nginx, 'sites-enabled', name));
    writeFileSync(join(fpm, 'pool.d', `${name}.conf`), poolFile(name));
  }
}

const mainFile = `user www-data;
worker_processes auto;
pid nginx.pid;

events {
    worker_connections 4096;
}

http {
    sendfile on;
    server_names_hash_max_size 65536;
    include mime.types;
    default_type application/octet-stream;
    access_log logs/access.log;
    include conf.d/*.conf;
    include sites-enabled/*;
}
`;

const fastcgiFile = `fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
fastcgi_param QUERY_STRING $query_string;
fastcgi_param REQUEST_METHOD $request_method;
fastcgi_param CONTENT_TYPE $content_type;
fastcgi_param CONTENT_LENGTH $content_length;
fastcgi_param SERVER_NAME $server_name;
`;

const tlsFile = `ssl_protocols TLSv1.2 TLSv1.3;
ssl_session_cache shared:SSL:10m;
ssl_session_timeout 1d;
`;

const phpFile = `# What every PHP location has in common.
include fastcgi.conf;
fastcgi_read_timeout 60s;
fastcgi_buffers 16 16k;
`;

function siteFile(name) {
  return `# ${name}.example.com, written by the panel: changes will be lost
server {
    listen 80;
    server_name ${name}.example.com www.${name}.example.com;
    return 301 https://${name}.example.com$request_uri;
}

server {
    listen 443 ssl;
    server_name ${name}.example.com;
    root /var/www/${name}/public;
    index index.php index.html;

    ssl_certificate ssl/${name}.pem; # renewed every 60 days
    ssl_certificate_key ssl/${name}.key;
    include snippets/tls.conf;

    access_log logs/${name}.log;
    client_max_body_size 32m;

    # Everything goes to the front controller.
    location / {
        try_files $uri $uri/ /index.php?$query_string;
    }

    location = /favicon.ico {
        log_not_found off;
        access_log off;
    }

    location ~* \\.(css|js|png|jpg|svg|woff2)$ {
        expires 30d;
        add_header Cache-Control "public, immutable";
    }

    location ^~ /uploads/ {
        location ~ \\.php$ {
            deny all;
        }
    }

    location ~ /\\.(?!well-known) {
        deny all;
    }

    location ~ \\.php$ {
        try_files $uri =404;
        include snippets/php.conf;
        fastcgi_pass unix:/run/php/${name}.sock;
    }
}
`;
}

function poolFile(name) {
  return `; The pool of ${name}.example.com
[${name}]
user = www-data
group = www-data
listen = /run/php/$pool.sock
listen.owner = www-data
listen.group = www-data
listen.mode = 0660
pm = ondemand
pm.max_children = 2
pm.process_idle_timeout = 10s
pm.max_requests = 500
request_terminate_timeout = 60s
php_admin_value[error_log] = /var/log/php/${name}.log
php_admin_value[memory_limit] = 16M
php_admin_flag[log_errors] = on
`;
}
