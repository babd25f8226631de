const passwd = 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n';
const etc = (host: string) => ({
  [`hosts/${host}/etc/passwd`]: passwd,
  [`hosts/${host}/etc/group`]: 'root:x:0:\nwww-data:x:33:\n',
});

const balancer = `events {}
http {
    upstream php {
        server 10.0.0.5:9000 weight=2;
        server 10.0.0.6:9000;
        server 10.0.0.7:9000 backup;
        server 10.0.0.8:9000 down;
    }
    map $host $app {
        default 10.0.0.7:3000;
        beta.example.com 10.0.0.7:3001;
    }
    fastcgi_read_timeout 60s;
    proxy_read_timeout 60s;
    server {
        listen 80;
        server_name shop.example.com www.shop.example.com;
        location ~ \\.php$ {
            fastcgi_param SCRIPT_FILENAME /srv/shop$fastcgi_script_name;
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_pass php;
        }
        location /api/ { proxy_pass http://app1.internal:3000; }
        location /app/ { proxy_pass http://$app; }
        location /img/ { proxy_pass http://$arg_host; }
        location /self/ { proxy_pass http://127.0.0.1:80; }
        location @old { proxy_pass http://127.0.0.1:3999; }
        location /socket {
            if ($request_method = POST) { proxy_pass http://elsewhere.example.org; }
        }
    }
    server {
        listen 80;
        server_name old.example.com;
        return 301 https://shop.example.com;
    }
}
`;

const phpFpm = 'include=/etc/php/8.2/fpm/pool.d/*.conf\n';
const pool = (name: string, listen: string, children: number): string =>
  `[${name}]\nuser = www-data\nlisten = ${listen}\npm = static\npm.max_children = ${children}\n`;

/** A load balancer, two machines with PHP of which one does not start, and one with an app: all that a map can show. */
export const severalHosts: Readonly<Record<string, string>> = {
  ...etc('lb'),
  ...etc('web1'),
  ...etc('web2'),
  ...etc('app1'),
  'hosts/lb/etc/nginx/nginx.conf': balancer,
  'hosts/web1/etc/php/8.2/fpm/php-fpm.conf': phpFpm,
  'hosts/web1/etc/php/8.2/fpm/pool.d/www.conf': pool('www', '9000', 4),
  'hosts/web2/etc/php/8.2/fpm/php-fpm.conf': phpFpm,
  'hosts/web2/etc/php/8.2/fpm/pool.d/www.conf':
    pool('www', '127.0.0.1:9000', 4) + pool('spare', '/run/spare.sock', 0),
  'no502.yaml': `hosts:
  lb: { root: hosts/lb, addresses: [10.0.0.2] }
  web1: { root: hosts/web1, addresses: [10.0.0.5] }
  web2: { root: hosts/web2, addresses: [10.0.0.6] }
  app1: { root: hosts/app1, addresses: [10.0.0.7, app1.internal], apps: { api: 3000 } }
`,
};
