/** A main configuration and what nginx 1.22 says of it first, and where. */
export interface CheckCase {
  readonly text: string;
  /** Undefined where nginx takes it. */
  readonly says?: readonly [message: string, line: number];
}

const http = (text: string): string => `http {\n${text}\n}`;
const server = (text: string): string => http(`server {\n${text}\n}`);
const location = (text: string): string => server(`location / {\n${text}\n}`);

/** Each is also put to the real nginx in test/oracle. */
export const checkCases: readonly CheckCase[] = [
  // Unknown and misplaced.
  { text: http('servre { }'), says: ['unknown directive "servre"', 2] },
  { text: server('Listen 80;'), says: ['unknown directive "Listen"', 3] },
  { text: server('\u00a0root /a;'), says: ['unknown directive "\u00a0root"', 3] },
  { text: '\ufeffhttp { }', says: ['unknown directive "\ufeffhttp"', 1] },
  { text: server('http2 on;'), says: ['unknown directive "http2"', 3] },
  { text: 'server { }', says: ['"server" directive is not allowed here', 1] },
  { text: server('server { }'), says: ['"server" directive is not allowed here', 3] },
  { text: server('upstream a {\n}'), says: ['"upstream" directive is not allowed here', 3] },
  { text: http('location / { }'), says: ['"location" directive is not allowed here', 2] },
  { text: server('alias /a;'), says: ['"alias" directive is not allowed here', 3] },
  { text: location('if ($host) { listen 80; }'), says: ['"listen" directive is not allowed here', 4] },
  {
    text: server('if ($host) { proxy_pass http://127.0.0.1; }'),
    says: ['"proxy_pass" directive is not allowed here', 3],
  },
  { text: location('limit_except GET { root /a; }'), says: ['"root" directive is not allowed here', 4] },

  // The number of arguments, most often a missing semicolon.
  { text: server('root /a\nindex b;'), says: ['invalid number of arguments in "root" directive', 4] },
  { text: server('root;'), says: ['invalid number of arguments in "root" directive', 3] },
  { text: server('listen 80\nserver_name a;'), says: ['invalid parameter "server_name"', 4] },
  { text: server('server_name a\nroot /b;') },
  { text: server('root /a\nlocation / {\n}'), says: ['directive "root" is not terminated by ";"', 4] },
  { text: server('location / ;'), says: ['directive "location" has no opening "{"', 3] },
  { text: server('location /a b c { }'), says: ['invalid number of arguments in "location" directive', 3] },
  { text: server('if { }'), says: ['invalid number of arguments in "if" directive', 3] },
  { text: location('stub_status;') },
  { text: location('stub_status on;') },

  // Duplicates.
  {
    text: 'worker_processes 1;\nworker_processes 2;',
    says: ['"worker_processes" directive is duplicate', 2],
  },
  { text: 'http { }\nhttp { }', says: ['"http" directive is duplicate', 2] },
  { text: server('root /a;\nroot /b;'), says: ['"root" directive is duplicate', 4] },
  {
    text: location('root /a;\nalias /b;'),
    says: ['"alias" directive is duplicate, "root" directive was specified earlier', 5],
  },
  { text: server('index a;\nindex b;\nerror_page 404 /a;\nerror_page 404 /b;') },
  { text: http('root /a;\nserver { root /b; }') },
  { text: server('location / { }\nlocation / { }'), says: ['duplicate location "/"', 4] },
  { text: server('location ^~ /a { }\nlocation /a { }'), says: ['duplicate location "/a"', 4] },
  { text: server('location =/a { }\nlocation = /a { }'), says: ['duplicate location "/a"', 4] },
  { text: server('location = /a { }\nlocation /a { }\nlocation ~ /a { }\nlocation ~ /a { }') },
  {
    text: server('proxy_redirect off;\nproxy_redirect /a /b;'),
    says: ['"proxy_redirect" directive is duplicate', 4],
  },
  {
    text: server('proxy_redirect /a /b;\nproxy_redirect off;'),
    says: ['"proxy_redirect" directive is duplicate', 4],
  },
  { text: server('proxy_redirect /a /b;\nproxy_redirect /c /d;') },
  {
    text: server('proxy_cookie_path off;\nproxy_cookie_path off;'),
    says: ['"proxy_cookie_path" directive is duplicate', 4],
  },
  { text: server('listen 81;\nlisten *:81;'), says: ['a duplicate listen 0.0.0.0:81', 4] },
  { text: server('listen 81;\nlisten [::]:81;\nlisten 127.0.0.1:81;') },
  {
    text: http('upstream a { server 127.0.0.1; }\nupstream A { server 127.0.0.1; }'),
    says: ['duplicate upstream "A"', 3],
  },
  {
    text: server('keepalive_timeout 1;\nkeepalive_timeout 2;'),
    says: ['"keepalive_timeout" directive is duplicate', 4],
  },

  // Values.
  {
    text: server('sendfile yes;'),
    says: ['invalid value "yes" in "sendfile" directive, it must be "on" or "off"', 3],
  },
  { text: server('sendfile ON;') },
  { text: server('client_max_body_size 10MB;'), says: ['"client_max_body_size" directive invalid value', 3] },
  { text: server('client_max_body_size 10G;') },
  {
    text: server('client_body_buffer_size 1g;'),
    says: ['"client_body_buffer_size" directive invalid value', 3],
  },
  {
    text: server('fastcgi_read_timeout 60sec;'),
    says: ['"fastcgi_read_timeout" directive invalid value', 3],
  },
  { text: server('fastcgi_read_timeout "1h 30m";') },
  {
    text: server('fastcgi_read_timeout 30m1h;'),
    says: ['"fastcgi_read_timeout" directive invalid value', 3],
  },
  { text: server('fastcgi_read_timeout -1;'), says: ['"fastcgi_read_timeout" directive invalid value', 3] },
  { text: 'worker_processes some;', says: ['"worker_processes" directive invalid value', 1] },
  { text: 'worker_rlimit_nofile 1k;', says: ['"worker_rlimit_nofile" directive invalid number', 1] },
  { text: 'error_log stderr loud;', says: ['invalid log level "loud"', 1] },
  { text: server('ssl_protocols @PROTOCOLS;'), says: ['invalid value "@PROTOCOLS"', 3] },
  { text: server('location x /a { }'), says: ['invalid location modifier "x"', 3] },
  { text: server('if (a) { }'), says: ['invalid condition "a"', 3] },
  { text: server('if ($host = ) { }'), says: ['invalid condition "$host"', 3] },
  { text: server('if ($host == a) { }'), says: ['unexpected "==" in condition', 3] },
  { text: server('if (-q /a) { }'), says: ['invalid condition "-q"', 3] },
  { text: server('if ($host) { }\nif ( $host = a ) { }\nif (!-f $host) { }\nif ($host ~* "a b") { }') },
  { text: server('rewrite /a /b now;'), says: ['invalid parameter "now"', 3] },
  { text: server('return about;'), says: ['invalid return code "about"', 3] },
  { text: server('return https://a/;') },
  { text: server('set a b;'), says: ['invalid variable name "a"', 3] },
  { text: server('error_page 99 /a;'), says: ['value "99" must be between 300 and 599', 3] },
  { text: server('error_page 404 =200 /a;') },
  { text: server('listen 81 fast;'), says: ['invalid parameter "fast"', 3] },
  { text: server('listen 81 quic;'), says: ['invalid parameter "quic"', 3] },
  { text: http('upstream a { server 127.0.0.1 heavy; }'), says: ['invalid parameter "heavy"', 2] },
  { text: server('keepalive_timeout 1m 60;') },
  {
    text: server('keepalive_timeout 5 minutes;'),
    says: ['"keepalive_timeout" directive invalid value', 3],
  },
  {
    text: http('upstream a { server 127.0.0.1;\nkeepalive 0; }'),
    says: ['invalid value "0" in "keepalive" directive', 3],
  },

  // Blocks of data.
  { text: http('map $host $a {\n default b;\n server c;\n}') },
  { text: http('map $host $a {\n b c d;\n}'), says: ['invalid number of the map parameters', 3] },
  { text: http('map $host $a {\n default b;\n default c;\n}'), says: ['duplicate default map parameter', 4] },
  { text: http('types {\n a { }\n}'), says: ['unexpected "{"', 3] },
  { text: http('geo $a {\n b;\n}'), says: ['invalid number of the geo parameters', 3] },
];
