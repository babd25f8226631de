import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';

/**
 * A host in which every site has the troubles that many sites of one panel have together: an upgrade that left their
 * sockets behind, names that nothing defines, comments that leave findings out.
 */
export function troubledHost(sites: number) {
  const files: Record<string, MemoryEntry> = {
    '/host/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n',
    '/host/etc/group': 'root:x:0:\nwww-data:x:33:\n',
    '/host/etc/nginx/nginx.conf': main,
    '/host/etc/nginx/snippets/php.conf': snippet,
    '/host/etc/php/8.2/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
    '/host/etc/php/8.2/fpm/php.ini': '[PHP]\nmax_execution_time = 300\npost_max_size = 64M\n',
  };
  for (let number = 0; number < sites; number++) {
    const name = `site${number}`;
    files[`/host/etc/nginx/sites-available/${name}`] = site(name, number);
    files[`/host/etc/nginx/sites-enabled/${name}`] = { link: `/etc/nginx/sites-available/${name}` };
    files[`/host/etc/php/8.2/fpm/pool.d/${name}.conf`] = pool(name, number);
  }
  return memoryFileSystem(files);
}

const main = `user www-data;
events { worker_connections 512; }
http {
    limit_req_zone $binary_remote_addr zone=all:10m rate=1r/s;
    upstream shared { server 127.0.0.1:9100; server 127.0.0.1:9101; keepalive 8; }
    fastcgi_buffers 16 16k;
    proxy_next_upstream error http_502;
    include sites-enabled/*;
}
`;

const snippet = `fastcgi_param REQUEST_METHOD $request_method;
fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
fastcgi_read_timeout 20s;
`;

function site(name: string, number: number): string {
  return `# no502-disable-file no-request-deadline -- known
upstream ${name}_app { server 127.0.0.1:${10000 + number}; server 127.0.0.1:9101 max_fails=3; }
server {
    listen 80${number % 2 === 0 ? ' default_server' : ''};
    listen 443 ssl reuseport;
    server_name ${name}.example.com same.example.com;
    root /var/www/${name};
    set $socket /run/php/php8.1-${name}.sock;
    limit_req zone=all burst=2;
    limit_conn missing 3;
    access_log /var/log/nginx/x.log unknown_format;
    error_page 502 @down;
    location / { proxy_pass http://${name}_app; proxy_set_header Host \${UNSET_${number}}; }
    location /shared/ { proxy_pass http://shared; proxy_read_timeout 0; }
    location /self/ { proxy_pass http://127.0.0.1:80; }
    location /plain/ { proxy_pass https://127.0.0.1:${10000 + number}; proxy_http_version 1.0; }
    location /both/ { fastcgi_pass unix:/run/php/${name}.sock; proxy_pass http://127.0.0.1:9100; }
    location @down { return 503; }
    location ~ ^/old/.*\\.php$ {
        # no502-disable-next-line stale-php-version-socket -- moved next week
        fastcgi_pass unix:/run/php/php8.1-fpm-${name}.sock;
        include snippets/php.conf;
    }
    location ~ ^/set/.*\\.php$ { fastcgi_pass unix:$socket; include snippets/php.conf; }
    location ~ \\.php$ {
        include snippets/php.conf;
        include snippets/${name}-missing.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm-${name}.sock;
        fastcgi_busy_buffers_size 1k;
        unknown_${number} on;
    }
}
`;
}

function pool(name: string, number: number): string {
  return `; no502-disable-file pool-runs-as-root -- known
[${name}]
user = ${number % 3 === 0 ? 'nobody-there' : 'www-data'}
listen = /run/php/php8.2-fpm-${name}.sock
; no502-disable-next-line fpm-socket-owner-unset -- known
listen.mode = 0600
pm = dynamic
pm.max_children = 5
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
slowlog = /var/log/nowhere/$pool.log
env[HINT] = a # b
php_admin_value[error_reporting] = E_ALL & ~E_NOTICE
security.limit_extensions = .php5
[${name}-tcp]
user = www-data
listen = ${number % 2 === 0 ? 9000 + number : `127.0.0.1:${9000 + number}`}
pm = static
pm.max_children = 1
chroot = /srv/${name}
`;
}
