/** The words of a line. */
const words = (line: string): readonly string[] => line.split(' ');

const commentWords = words('no502-disable no502-enable fastcgi-pass-not-listened');

const nginx: readonly string[] = [
  ...words('server location http events upstream map geo if include listen server_name types resolver'),
  ...words('proxy_pass fastcgi_pass set return rewrite root content_by_lua_block ssl default_server'),
  ...words('http:// unix: /run/php/x.sock /var/www 127.0.0.1: 80 9000 443 $host ${host} -1 60s 4k'),
  ...words('; ; { } " \' \\ \\" $ # [[ ]] -- ( ) ~ ~* = * [ ] .. / *.conf'),
  ...[' ', ' ', ' ', '  ', '\n', '\r\n', '\t', ';\n', '{\n', '}\n', '# x\n', '{{ x }}', '{% if %}'],
  ...['\0', '\ufeff', '\u00a0', 'é', '😀', '\u202e', '\u001b['],
  ...[...commentWords, '# no502-disable', ' -- why'],
];

const ini: readonly string[] = [
  ...words('[www] [global] [ ] = = listen user pm pm.max_children include env[X] php_value[a]'),
  ...words('static dynamic on off none null E_ALL ~E_NOTICE | & ^ ! ~ ( ) 5 -1 1.5'),
  ...words('" \' \\ \\" $ ${ ${A} ${A:- } $pool ; # /run/php/x.sock 127.0.0.1:9000 9000 0660'),
  ...words('www-data 64M 30s extension=x [Service] ExecStart= /usr/sbin/php-fpm8.2 %i User= @ -'),
  ...[' = ', '; no502-disable x -- y', '\n', '\n', '\r\n', '\r', ' ', '\t', ' -y /etc/x.conf', '\\\n'],
  ...['Environment=', '\0', '\ufeff', 'é'],
];

const yaml: readonly string[] = [
  ...words('root memory apps rules exclude hosts failOn php port socket host api services image'),
  ...words('[ ] { } ! | > " \' \\ \\ud800 # % ~ null true 8.10 0x1f 4G 3000 off << ${X:-y} .. / a'),
  ...[': ', ':\n', '\n', '\n  ', '\n    ', '- ', '? ', ', ', '&a ', '*a', '&b ', '*b', '!!str '],
  ...['# x\n', '---\n', '...\n', '\t', '\0', '\ufeff', 'é', '\u2028', ': *a', '{a: 1}', '[1, 2]', '"a": 1'],
];

const json: readonly string[] = [
  ...words('{ } [ ] : , " " "version" 1 2 "findings" "rule" "file" "severity" "message" "fingerprint"'),
  ...words('"error" "warning" "a" 0123456789abcdef0123456789abcdef \\u0000 \\ud800 null'),
  ...[' ', '\n'],
];

const dump: readonly string[] = [
  ...['# configuration file /', '# configuration file ', 'etc/nginx/nginx.conf', ':', ':\n', '\n', '\r\n'],
  ...['nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n', 'nginx: ', 'server { }\n'],
  ...['../', '/', 'x', '\0', 'é', ' '],
];

const path: readonly string[] = [
  ...words('a b ab x.conf . .. .h / / / * ? [ ] [!a] [a-z] [[:alpha:]] \\ - ! ^ ] ** {a,b} :] [:'),
  ...['é', '\u{10348}', ' ', '\n'],
];

/** Comments for no502 in any language. */
const suppression: readonly string[] = [
  ...[...commentWords, ...commentWords, 'a-rule', 'no502-'],
  ...words('# # ; ; #; #;/ , -- -- *'),
  ...[' ', ' ', '\n', '\n', '\r\n', ' -- why', '\\', '"', 'é', '\0'],
];

/** Pieces that mean something, by language: what random texts are made of. */
export const pieces = { nginx, ini, yaml, json, dump, path, suppression } as const;
