import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';

/**
 * A host in which whatever may be many is: a map, an upstream, a snippet, a php-fpm master with its unit and an app for each
 * site, and addresses that sites share in pairs, so that who compares pairs has pairs to compare.
 */
export function crossingHost(sites: number) {
  const numbers = Array.from({ length: sites }, (_, number) => number);
  const files: Record<string, MemoryEntry> = {
    '/host/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n',
    '/host/etc/group': 'root:x:0:\nwww-data:x:33:\n',
    '/host/etc/nginx/nginx.conf': main(numbers),
    '/host/etc/nginx/snippets/common.conf': 'fastcgi_param REQUEST_METHOD $request_method;\n',
  };
  for (const number of numbers) {
    const name = `site${number}`;
    files[`/host/etc/nginx/conf.d/${name}.conf`] = site(name, number, sites);
    files[`/host/etc/nginx/snippets/${name}.conf`] =
      `include snippets/common.conf;\nfastcgi_param SCRIPT_FILENAME /var/www/${name}$fastcgi_script_name;\n`;
    files[`/host/etc/php/8.2/fpm/${name}.conf`] = master(name, number);
    files[`/host/etc/systemd/system/php-${name}.service`] =
      `[Service]\nExecStart=/usr/sbin/php-fpm8.2 --nodaemonize --fpm-config /etc/php/8.2/fpm/${name}.conf\n`;
    files[`/host/etc/systemd/system/multi-user.target.wants/php-${name}.service`] = {
      link: `/etc/systemd/system/php-${name}.service`,
    };
    files[`/host/etc/systemd/system/${name}.service`] =
      `[Service]\nWorkingDirectory=/srv/${name}\nEnvironment=PORT=${20000 + number}\nExecStart=/usr/bin/node server.js\n`;
  }
  return memoryFileSystem(files);
}

/** One map with a line for each site besides the maps of the sites. */
function main(numbers: readonly number[]): string {
  const choices = numbers
    .map((number) => `        site${number}.example.com 127.0.0.1:${20000 + number};\n`)
    .join('');
  return `user www-data;
events { worker_connections 512; }
http {
    map $host $everybody {
        default 127.0.0.1:9;
${choices}    }
    server {
        listen 8080;
        server_name everybody.example.com;
        location / { proxy_pass http://$everybody; }
    }
    include conf.d/*.conf;
}
`;
}

function site(name: string, number: number, sites: number): string {
  const next = (number + 1) % sites;
  return `map $cookie_canary $target_${number} {
    default ${name}_app;
    old site${next}_app;
    dead 127.0.0.1:${40000 + number};
}
limit_req_zone $binary_remote_addr zone=${name}:1m rate=1r/s;
log_format ${name} '$remote_addr $target_${number}';
upstream ${name}_app {
    zone ${name} 64k;
    server 127.0.0.1:${20000 + number};
    server 127.0.0.1:${20000 + next} backup;
    server unix:/run/${name}/app.sock down;
    server 127.0.0.1:${20000 + number};
}
server {
    listen ${30000 + (number >> 1)} default_server;
    listen 127.0.0.1:${30000 + (number >> 1)};
    server_name ${name}.example.com ~^(?<part${number}>.+)\\.${name}\\.example\\.com$ pair${number >> 1}.example.com;
    root /var/www/${name};
    access_log /var/log/nginx/${name}.log ${name};
    limit_req zone=${name};
    location / { proxy_pass http://$target_${number}; proxy_set_header X-Part $part${number}; }
    location /app/ { proxy_pass http://${name}_app; }
    location /loop/ { proxy_pass http://127.0.0.1:${30000 + (next >> 1)}; }
    location ~ \\.php$ { include snippets/${name}.conf; fastcgi_pass unix:/run/php/${name}.sock; }
    location ~ \\.phtml$ { include snippets/${name}.conf; fastcgi_pass 127.0.0.1:${50000 + (number >> 1)}; }
}
`;
}

function master(name: string, number: number): string {
  return `[global]
pid = /run/php/${name}.pid
process.max = 2
[www]
user = www-data
listen = /run/php/${name}.sock
listen.owner = www-data
pm = static
pm.max_children = 3
[shared]
user = www-data
listen = 127.0.0.1:${50000 + (number >> 1)}
pm = static
pm.max_children = 1
[status]
user = www-data
listen = /run/php/pair${number >> 1}.sock
pm = ondemand
pm.max_children = 1
pm.status_path = /status
pm.status_listen = 127.0.0.1:${60000 + (number >> 1)}
`;
}
