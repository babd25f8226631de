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

const compose: readonly string[] = [
  ...words('services networks volumes configs secrets include extends image build command entrypoint'),
  ...words('environment env_file ports expose aliases links extra_hosts profiles depends_on name path file'),
  ...words('web php app nginx:1.22 php:8.2-fpm ./site.conf:/etc/nginx/conf.d/default.conf 80:80 a:1.2.3.4'),
  ...words(
    '${A} ${A:-b} ${A:?} ${A+${B}} $A $$ ${ } [ ] { } !reset !override " \' ~ null true 3000 .. / - <<',
  ),
  ...[
    ': ',
    ':\n',
    '\n',
    '\n  ',
    '\n    ',
    '\n      ',
    '\n      - ',
    '- ',
    ', ',
    '&a ',
    '*a',
    ': *a',
    '<<: *a',
  ],
  ...['<<: [*a, *b]', '# x\n', '---\n', '[a, b]', '{a: b}', '|\n', '\t', '\0', '\ufeff', 'é', '\u202e'],
];

const env: readonly string[] = [
  ...words('A B PORT COMPOSE_FILE COMPOSE_PROFILES COMPOSE_PROJECT_NAME NGINX_HOST = = : ${A} ${B:-1} $A $$'),
  ...words('" " \' \' \\ \\n \\$ # ` 3000 a.yaml:b.yaml 0.0.0.0'),
  ...['export ', '\n', '\n', '\r\n', ' ', ' # x', '\t', '\0', '\ufeff', 'é', 'A=$A$A\n', 'A=1\n'],
];

const dockerfile: readonly string[] = [
  ...words(
    'FROM AS COPY ADD RUN CMD ENTRYPOINT ENV ARG USER WORKDIR VOLUME EXPOSE SHELL ONBUILD HEALTHCHECK',
  ),
  ...words(
    'nginx:1.22 php:8.2-fpm scratch build --from=build --chown=1:1 . .. / a b $A ${A:-b} ${A#b} [ ] "',
  ),
  ...words('/etc/nginx/conf.d/ /usr/local/etc/php-fpm.d/ <<EOF <<-"EOF" EOF && | ; > \' \\ # `'),
  ...['\n', '\n', '\nFROM ', '\nRUN ', '\nCOPY ', '\nENV ', ' \\\n', '\r\n', ' ', ' ', '\t', '["a", "b"]'],
  ...['# escape=`\n', '# syntax=x\n', 'rm -f ', 'sed -i ', 'cp -r ', 'ln -s ', '\0', '\ufeff', 'é'],
];

const shell: readonly string[] = [
  ...words(
    'rm cp mv ln sed tee cat envsubst exec cd echo mkdir sh -c -i -f if then fi for do done nginx php-fpm',
  ),
  ...words(
    '/etc/nginx/conf.d/default.conf /usr/local/etc/php-fpm.d a b $1 "$@" $A ${A} $( ) ` " \' \\ { } ( )',
  ),
  ...words('&& || | ; & > >> < 2>&1 <<EOF EOF * ? # = -'),
  ...['#!/bin/sh\n', '\n', '\n', ' ', ' ', '\\\n', '\r\n', '\t', '\0', 'é', 'exec "$@"\n'],
];

const javascript: readonly string[] = [
  ...words(
    'module.exports apps name script args env env_production PORT cwd instances increment_var node_args',
  ),
  ...words('interpreter const let x y require process.env.PORT path.join __dirname export default function'),
  ...words('{ } [ ] ( ) : , ; = => + || ?? ? ... . 3000 1e3 0x1f 1n null true undefined / /a/ " \' ` ${ }'),
  ...[
    '\n',
    ' ',
    '// x\n',
    '/* x */',
    '\\',
    '\\u0041',
    '"./server.js"',
    "'a'",
    '`a${x}`',
    '...x',
    '[...x, ...x]',
  ],
  ...[
    'const x = ',
    'module.exports = ',
    'export default ',
    '\0',
    '\ufeff',
    '\u2028',
    'é',
    '#!/usr/bin/env node\n',
  ],
];

const starters: readonly string[] = [
  ...words(
    '[Service] [Unit] [Socket] [Install] [program:a] [fcgi-program:b] [include] [uwsgi] [supervisord]',
  ),
  ...words(
    'ExecStart= ExecStartPre= Environment= EnvironmentFile= WorkingDirectory= User= ListenStream= command=',
  ),
  ...words(
    'environment= numprocs= process_name= socket= http-socket= ini= web: release: files = : %i %n %h %d',
  ),
  ...words('%(process_num)02d %(a)s %(ENV_A)s %(here)s %(a) $(A) $A ${A} ${PORT:-1} " \' \\ # ; @ - * ..'),
  ...words(
    '/usr/bin/node server.js gunicorn uwsgi --ini npm start php -S java -jar docker run -p 80:80 sh -c',
  ),
  ...words(
    '--port --port=3000 -b 127.0.0.1:8000 unix:/run/a.sock 3000 PORT=3000 /etc/uwsgi/a.ini /srv/app && |',
  ),
  ...['\n', '\n', '\n', ' ', ' ', ' = ', '\\\n', '\r\n', '\n ', '\t', ' ; x', '\0', '\ufeff', 'é', '"a b"'],
];

/** Comments for no502 in any language. */
const suppression: readonly string[] = [
  ...[...commentWords, ...commentWords, 'a-rule', 'no502-'],
  ...words('# # ; ; #; #;/ , -- -- *'),
  ...[' ', ' ', '\n', '\n', '\r\n', ' -- why', '\\', '"', 'é', '\0'],
];

/** Pieces that mean something, by language: what random texts are made of. */
export const pieces = {
  nginx,
  ini,
  yaml,
  json,
  dump,
  path,
  compose,
  env,
  dockerfile,
  shell,
  javascript,
  starters,
  suppression,
} as const;
