/** What stands in `http { }`, from line 3 of the file on, and what nginx 1.22 says of it; nothing where it takes it. */
export interface RefusalCase {
  readonly http: string;
  /** With the line, where nginx names one. */
  readonly says?: readonly [message: string, line?: number];
}

const server = (text: string): string => `server { listen 8099; ${text} }`;
const location = (text: string): string => server(`location / { ${text} }`);
const uriPart =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block';
const largest = (module: string): string =>
  `must be equal to or greater than the maximum of the value of "${module}_buffer_size" and one of the "${module}_buffers"`;
const minusOne = (module: string): string =>
  `"${module}_busy_buffers_size" must be less than the size of all "${module}_buffers" minus one buffer`;

/** Each is also put to the real nginx in test/oracle. */
export const refusalCases: readonly RefusalCase[] = [
  // Addresses and URLs.
  { http: location('proxy_pass 127.0.0.1:3000;'), says: ['invalid URL prefix', 3] },
  { http: location('proxy_pass ws://127.0.0.1;'), says: ['invalid URL prefix', 3] },
  { http: location('proxy_pass http:///x;'), says: ['no host in upstream "/x"', 3] },
  {
    http: location('proxy_pass http://unix:;'),
    says: ['no path in the unix domain socket in upstream "unix:"', 3],
  },
  {
    http: location('grpc_pass http://127.0.0.1:1;'),
    says: ['invalid host in upstream "http://127.0.0.1:1"', 3],
  },
  { http: location('memcached_pass 127.0.0.1;'), says: ['no port in upstream "127.0.0.1"', 3] },
  {
    http: 'upstream a {\nserver http://127.0.0.1:1;\n}',
    says: ['invalid host in upstream "http://127.0.0.1:1"', 4],
  },
  { http: 'upstream a { server 127.0.0.1:0; }', says: ['invalid port in upstream "127.0.0.1:0"', 3] },
  { http: server('location ~ /a { proxy_pass http://127.0.0.1/; }'), says: [uriPart, 3] },
  { http: server('location ~ /a { proxy_pass http://127.0.0.1?a=1; }'), says: [uriPart, 3] },
  { http: server('location ~ /a { proxy_pass http://unix:/a.sock:/; }'), says: [uriPart, 3] },
  { http: location('if ($uri) { proxy_pass http://127.0.0.1/; }'), says: [uriPart, 3] },
  { http: location('limit_except GET { proxy_pass http://127.0.0.1/a; }'), says: [uriPart, 3] },
  { http: server('location @a { proxy_pass http://127.0.0.1/; }'), says: [uriPart, 3] },
  { http: server('location ~ /a { proxy_pass http://unix:/a.sock:; }') },
  { http: server('location ~ /a { proxy_pass http://unix:/a.sock; }') },
  { http: server('location ~ /a { proxy_pass http://127.0.0.1$uri; }') },
  { http: location('location ~ /a { proxy_pass http://127.0.0.1; }') },
  // The port of an upstream: the later of the two is refused, and named as written there.
  {
    http: `upstream php { server 127.0.0.1:1; }\n${location('fastcgi_pass PHP:9000;')}`,
    says: ['upstream "PHP" may not have port 9000', 4],
  },
  {
    http: `${location('fastcgi_pass PHP:9000;')}\nupstream php { server 127.0.0.1:1; }`,
    says: ['upstream "php" may not have port 9000', 3],
  },
  // Buffers, as servers and locations inherit them.
  { http: `fastcgi_buffer_size 16k;\n${server('')}`, says: [minusOne('fastcgi'), 5] },
  { http: 'fastcgi_buffer_size 16k;' },
  { http: `fastcgi_buffer_size 8k;\n${server('')}` },
  { http: `fastcgi_buffer_size 32k;\n${server('fastcgi_buffers 8 32k;')}` },
  { http: server('proxy_buffers 4 32k; proxy_busy_buffers_size 96k;') },
  { http: server('proxy_buffers 4 32k; proxy_busy_buffers_size 97k;'), says: [minusOne('proxy'), 4] },
  { http: server('scgi_buffers 1 32k;'), says: ['there must be at least 2 "scgi_buffers"', 4] },
  { http: server('scgi_busy_buffers_size 2k;'), says: [`"scgi_busy_buffers_size" ${largest('scgi')}`, 4] },
  {
    http: server('proxy_temp_file_write_size 2k;'),
    says: [`"proxy_temp_file_write_size" ${largest('proxy')}`, 4],
  },
  {
    http: server('uwsgi_max_temp_file_size 2k;'),
    says: [
      `"uwsgi_max_temp_file_size" must be equal to zero to disable temporary files usage or ${largest('uwsgi')}`,
      4,
    ],
  },
  { http: server('uwsgi_max_temp_file_size 0;') },
  {
    http: `proxy_busy_buffers_size 16k; ${location('proxy_buffers 4 32k;')}`,
    says: [`"proxy_busy_buffers_size" ${largest('proxy')}`, 4],
  },
  // Upstream blocks.
  { http: 'upstream a {\n}', says: ['no servers are inside upstream', 4] },
  {
    http: 'upstream a\n{ server 127.0.0.1:1 backup; }\nserver { listen 8099; }',
    says: ['no servers in upstream "a"', 4],
  },
  { http: 'upstream a { server 127.0.0.1:1 down; }' },
  {
    http: 'upstream a { hash $uri; server 127.0.0.1:1;\nserver 127.0.0.1:2 backup; }',
    says: ['balancing method does not support parameter "backup"', 4],
  },
  {
    http: 'upstream a { least_conn; ip_hash; server 127.0.0.1:1; server 127.0.0.1:2 backup; }',
    says: ['balancing method does not support parameter "backup"', 3],
  },
  { http: 'upstream a { ip_hash; least_conn; server 127.0.0.1:1; server 127.0.0.1:2 backup; }' },
  { http: 'upstream a { server 127.0.0.1:1; server 127.0.0.1:2 backup; random; }' },
  // Zones.
  { http: server('proxy_cache one;'), says: ['"proxy_cache" zone "one" is unknown', 4] },
  { http: server('proxy_cache off;') },
  { http: 'proxy_cache one;' },
  {
    http: `limit_conn_zone $host zone=one:1m;\n${server('limit_req zone=one;')}`,
    says: ['the shared memory zone "one" is already declared for a different use', 4],
  },
  {
    http: `${server('limit_req zone=one;')}\nlimit_conn_zone $host zone=one:1m;`,
    says: ['the shared memory zone "one" is already declared for a different use', 4],
  },
  // Addresses that servers share.
  {
    http: 'server { listen 8099 default_server; }\nserver { listen *:8099 default; }',
    says: ['a duplicate default server for 0.0.0.0:8099', 4],
  },
  {
    http: 'server { listen 8099 reuseport; }\nserver { listen *:8099 backlog=3; }',
    says: ['duplicate listen options for 0.0.0.0:8099', 4],
  },
  {
    http: 'server { listen [::1]:8099 ipv6only=on; }\nserver { listen [::1]:8099 ipv6only=on; }',
    says: ['duplicate listen options for [::1]:8099', 4],
  },
  { http: 'server { listen 8099 reuseport; }\nserver { listen *:8099 default_server; }' },
  { http: 'server { listen 8099 default_server; }\nserver { listen 127.0.0.1:8099 default_server; }' },
  // TLS.
  {
    http: server('proxy_ssl_verify on; location / { proxy_pass https://127.0.0.1; }'),
    says: ['no proxy_ssl_trusted_certificate for proxy_ssl_verify'],
  },
  {
    http: server('proxy_ssl_verify on; location / { proxy_pass http://$host; }'),
    says: ['no proxy_ssl_trusted_certificate for proxy_ssl_verify'],
  },
  {
    http: server('grpc_ssl_verify on; location / { grpc_pass grpcs://127.0.0.1:1; }'),
    says: ['no grpc_ssl_trusted_certificate for grpc_ssl_verify'],
  },
  {
    http: server('uwsgi_ssl_verify on; location / { uwsgi_pass suwsgi://127.0.0.1:1; }'),
    says: ['no uwsgi_ssl_trusted_certificate for uwsgi_ssl_verify'],
  },
  { http: server('proxy_ssl_verify on; location / { proxy_pass http://127.0.0.1; }') },
  {
    http: 'server {\nlisten 8099 ssl;\n}',
    says: ['no "ssl_certificate" is defined for the "listen ... ssl" directive', 3],
  },
  {
    http: 'server { listen 8099; server_name a; }\nserver { listen 8099 ssl; ssl_certificate $uri; ssl_certificate_key $uri; }',
    says: ['no "ssl_certificate" is defined for the "listen ... ssl" directive', 3],
  },
  {
    http: 'server { listen 8099 ssl; ssl_reject_handshake on; }\nserver { listen 8099; server_name b; }',
    says: ['no "ssl_certificate" is defined for the "listen ... ssl" directive', 4],
  },
  {
    http: server('ssl_certificate /a.pem;'),
    says: ['no "ssl_certificate_key" is defined for certificate "/a.pem"'],
  },
  { http: server('ssl_certificate_key /a.key;') },
  { http: 'server { listen 8099 ssl; ssl_reject_handshake on; }' },
  {
    http: 'server { listen 8099 ssl; ssl_certificate $uri; ssl_certificate_key $uri; }\nserver { listen 8099 ssl; server_name b; }',
  },
  // Variables.
  { http: location('root ${APP_ROOT};'), says: ['unknown "app_root" variable'] },
  { http: server('if ($uri = $a) { return 204; }'), says: ['unknown "a" variable'] },
  { http: server('if (-f $a/x) { return 204; }'), says: ['unknown "a" variable'] },
  { http: server('if ($uri ~ $a) { return 204; }') },
  { http: "log_format x '$remote_addr $a';", says: ['unknown "a" variable'] },
  { http: 'map $uri $a { default $b; }', says: ['unknown "b" variable'] },
  { http: 'map $uri $a { ~^/(?<b>.+)$ $b; }' },
  { http: server('rewrite ^/$ /$a;'), says: ['unknown "a" variable'] },
  { http: server('set $a $1$a_10;'), says: ['unknown "a_10" variable'] },
  { http: server('expires $a;'), says: ['unknown "a" variable'] },
  { http: server('server_name ~^(?<a>.+)$; add_header A $a$http_x$arg_y$cookie_z;') },
  { http: server("server_name ~^(?'a'.+)$ ~^(?P<b>.+)$; add_header A $a$b;") },
  { http: server('location /$a { } server_name $b; mirror $c; proxy_redirect ~^/a$ /;') },
  { http: server('add_header A "1$";'), says: ['invalid variable name', 3] },
  { http: server('add_header A ${APP:-x};'), says: ['the closing bracket in "APP" variable is missing', 3] },
  {
    http: 'server { listen 0.0.0.0:${PORT}; }',
    says: ['invalid port in "0.0.0.0:${PORT}" of the "listen" directive', 3],
  },
  {
    http: 'server { listen ${PORT:-80}; }',
    says: ['invalid port in "${PORT:-80}" of the "listen" directive', 3],
  },
  { http: 'server { listen ${PORT}; }', says: ['host not found in "${PORT}" of the "listen" directive', 3] },
  { http: 'upstream a { server $APP:$PORT; }', says: ['invalid port in upstream "$APP:$PORT"', 3] },
  {
    http: 'upstream a { server ${APP_HOST}:3000; }',
    says: ['host not found in upstream "${APP_HOST}:3000"', 3],
  },

  // Formats of logs.
  { http: 'access_log /dev/null main;', says: ['unknown log format "main"', 3] },
  { http: 'access_log /dev/null timed;\nlog_format timed $status;', says: ['unknown log format "timed"', 3] },
  { http: 'access_log /dev/null buffer=4k;', says: ['unknown log format "buffer=4k"', 3] },
  { http: server('access_log syslog:server=127.0.0.1 main;'), says: ['unknown log format "main"', 3] },
  { http: `log_format timed $status;\n${location('access_log /dev/null timed if=$status;')}` },
  { http: 'access_log off;\naccess_log /dev/null combined buffer=4k;' },
];
