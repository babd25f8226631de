import type { MemoryEntry } from '../../src/load/memory-file-system.ts';

type Tree = Readonly<Record<string, MemoryEntry>>;

/** A tree that grows without end where it is read in a simple way, and what no502 has to say of it. */
export interface Bomb {
  readonly title: string;
  /** What stands below `/srv/host` beside a small host. */
  readonly files: Tree;
  /** What the report, or what stands beside it on standard error, holds. */
  readonly says: RegExp;
}

const FPM = '/etc/php/8.2/fpm';

const pool = '[www]\nuser = www-data\nlisten = /run/php/www.sock\npm = static\npm.max_children = 5\n';

/** A host with one pool, around which the bombs are laid. */
export const quietHost: Tree = {
  '/etc/nginx/nginx.conf': 'events {}\nhttp {\n}\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n',
  '/etc/group': 'root:x:0:\nwww-data:x:33:\n',
  [`${FPM}/php-fpm.conf`]: `[global]\ninclude = ${FPM}/pool.d/*.conf\n`,
  [`${FPM}/pool.d/www.conf`]: pool,
};

function http(text: string): Tree {
  return { '/etc/nginx/nginx.conf': `events {}\nhttp {\n${text}\n}\n` };
}

export function numbered(count: number, textOf: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => textOf(number)).join('');
}

function files(count: number, nameOf: (number: number) => string, textOf: (number: number) => string): Tree {
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => [nameOf(number), textOf(number)] as const),
  );
}

const bracedVariable = '${A:-';

/** Each ended in no time, or in no memory, before it was given a limit. */
export const bombs: readonly Bomb[] = [
  {
    title: 'forty files of which each includes the next one twice',
    files: {
      ...http('include chain/0.conf;'),
      ...files(
        40,
        (number) => `/etc/nginx/chain/${number}.conf`,
        (number) => `include chain/${number + 1}.conf;\n`.repeat(2),
      ),
      '/etc/nginx/chain/40.conf': 'server { listen 8080; }\n',
    },
    says: /chain\/\d+\.conf: with all that it includes it holds more than no502 reads of a host/,
  },
  {
    title: 'files that all include each other through a pattern',
    files: {
      ...http('include all/*.conf;'),
      ...files(
        12,
        (number) => `/etc/nginx/all/${number}.conf`,
        () => 'include all/*.conf;\n',
      ),
    },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'a chain of a thousand includes',
    files: {
      ...http('include deep/0.conf;'),
      ...files(
        1100,
        (number) => `/etc/nginx/deep/${number}.conf`,
        (number) => `include deep/${number + 1}.conf;\n`,
      ),
    },
    says: /nginx-include-missing/,
  },
  {
    title: 'a server at the end of nine hundred includes is still a server',
    files: {
      ...http('include deep/0.conf;'),
      ...files(
        900,
        (number) => `/etc/nginx/deep/${number}.conf`,
        (number) => `include deep/${number + 1}.conf;\n`,
      ),
      '/etc/nginx/deep/900.conf': 'server { location ~ \\.php$ { fastcgi_pass unix:/run/php/gone.sock; } }\n',
    },
    says: /no pool listens on unix:\/run\/php\/gone\.sock/,
  },
  {
    title: 'a pattern whose directories lead up again',
    files: {
      ...http(`include ${'*/../'.repeat(40)}*.conf;`),
      ...files(
        5,
        (number) => `/etc/nginx/${number}/x`,
        () => '',
      ),
    },
    says: /more files match it than no502 looks at/,
  },
  {
    title: 'the same in the include of a php-fpm',
    files: {
      [`${FPM}/php-fpm.conf`]: `include = /etc${'/*/..'.repeat(40)}/*.conf\n`,
    },
    says: /more files match it than no502 looks at/,
  },
  {
    title: 'a hundred pool files that include a hundred that include a hundred',
    files: {
      [`${FPM}/php-fpm.conf`]: `[global]\ninclude = ${FPM}/a/*\n`,
      ...Object.assign(
        {},
        ...['a', 'b', 'c'].map((name, at) =>
          files(
            100,
            (number) => `${FPM}/${name}/${number}`,
            () => `include = ${FPM}/${['b', 'c', 'd'][at]}/*\n`,
          ),
        ),
      ),
      ...files(
        100,
        (number) => `${FPM}/d/${number}`,
        (number) => `[p${number}]\n`,
      ),
    },
    says: /it holds more than no502 reads of a master/,
  },
  {
    title: 'ten maps of twelve lines that name the next one',
    files: http(
      `${numbered(10, (number) => `map $host $m${number} {\n${numbered(12, (key) => `k${key} $m${number + 1};\n`)}}\n`)}
      map $host $m10 { a 127.0.0.1:1; default 127.0.0.1:2; }
      server { location / { proxy_pass http://$m0; } }`,
    ),
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'maps that name each other',
    files: http(`map $a $b { x $a; default $a; }\nmap $b $a { x $b; default $b; }
      server { location / { proxy_pass http://$a; } }`),
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'variables that are three hundred of the next one',
    files: http(`server {
      ${numbered(9, (number) => `set $a${number} ${`$a${number + 1}`.repeat(300)};\n`)}
      set $a9 x;
      location / { proxy_pass http://$a0; }
    }`),
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'five hundred passes to an upstream of ten thousand servers',
    files: http(`upstream app { ${numbered(10_000, (number) => `server 127.0.0.1:${number + 1};`)} }
      server { ${numbered(500, (number) => `location /${number} { proxy_pass http://app; }`)} }`),
    says: /read-timeout-missing/,
  },
  {
    title: 'ten thousand locations in a server',
    files: http(
      `server { ${numbered(10_000, (number) => `location /${number} { proxy_pass http://127.0.0.1:9; }`)} }`,
    ),
    says: /read-timeout-missing/,
  },
  {
    title: 'upstreams of upstreams',
    files: http(`upstream a { server b; }\nupstream b { server a; server unix:/run/b.sock; }
      server { location / { proxy_pass http://a; } location /b { proxy_pass http://b; } }`),
    says: /read-timeout-missing/,
  },
  {
    title: 'a hundred thousand braces that open',
    files: http('a{'.repeat(100_000)),
    says: /unexpected end of file, expecting "}"/,
  },
  {
    title: 'a hundred thousand locations inside each other',
    files: http(`server {${'location / {'.repeat(100_000)}${'}'.repeat(100_000)}}`),
    says: /nginx\.conf: blocks that stand more than 256 deep inside of each other are not judged/,
  },
  {
    title: 'five hundred thousand braces that close',
    files: http('}'.repeat(500_000)),
    says: /unexpected "}"/,
  },
  {
    title: 'five million letters in one word',
    files: http(`server_name ${'a'.repeat(5_000_000)};`),
    says: /too long parameter/,
  },
  {
    title: 'twenty thousand directives that do not exist',
    files: http(numbered(20_000, (number) => `proxy_pas${number} x;\n`)),
    says: /unknown directive "proxy_pas0"/,
  },
  {
    title: 'a hundred thousand comments for no502 without a reason',
    files: http('# no502-disable nothing-like-it\n'.repeat(100_000)),
    says: /suppression-unknown-rule/,
  },
  {
    title: 'a line of a pool full of comments for no502',
    files: { [`${FPM}/pool.d/www.conf`]: `${pool};${'no502-disable x ;'.repeat(100_000)}\n` },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'php.ini lines that double the one above',
    files: {
      [`${FPM}/php.ini`]: `a0 = xx\n${numbered(200, (number) => `a${number + 1} = \${a${number}}\${a${number}}\n`)}`,
    },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'fallbacks inside of fallbacks',
    files: {
      '/etc/php/8.3/fpm/php-fpm.conf': `[www]\nlisten = ${bracedVariable.repeat(50_000)}1${'}'.repeat(50_000)}\n`,
    },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'a hundred thousand parentheses',
    files: {
      [`${FPM}/pool.d/www.conf`]: `[www]\nlisten = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`,
    },
    says: /memory exhausted/,
  },
  {
    title: 'a pool with a name of 5 MB that is named a hundred thousand times',
    files: {
      [`${FPM}/pool.d/www.conf`]: `[${'a'.repeat(5_000_000)}]\nlisten = ${'$pool'.repeat(100_000)}\n`,
    },
    says: /user has not been defined/,
  },
  {
    title: 'options of uWSGI that double the one above',
    files: {
      '/etc/uwsgi/app.ini': `[uwsgi]\na0 = xx\n${numbered(200, (number) => `a${number + 1} = %(a${number})%(a${number})\n`)}socket = %(a200)\n`,
      '/etc/systemd/system/app.service': '[Service]\nExecStart=/usr/bin/uwsgi --ini /etc/uwsgi/app.ini\n',
    },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'an ecosystem file whose lists name the one above ten times',
    files: {
      ...http('server { location / { proxy_pass http://127.0.0.1:3000; } }'),
      '/srv/app/ecosystem.config.yaml': `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${numbered(
        8,
        (number) => `a${number + 1}: &a${number + 1} [${`*a${number}, `.repeat(10)}]\n`,
      )}apps: [{ script: server.js, env: { A: *a8 } }]\n`,
    },
    says: /read-timeout-missing/,
  },
  {
    title: 'a unit with zero bytes, and one that never ends its line',
    files: {
      '/etc/systemd/system/php8.2-fpm.service': '[Service]\nExecStart=/usr/sbin/php-fpm8.2\0 -y /etc/x\n',
      '/etc/systemd/system/php-x.service': `[Service]\nExecStart=${'\\\n'.repeat(200_000)}`,
    },
    says: /^(?!.*a fault of no502)/s,
  },
  {
    title: 'links that lead to themselves, to each other and up',
    files: {
      ...http('include links/*;'),
      '/etc/nginx/links/a': { link: 'b' },
      '/etc/nginx/links/b': { link: 'a' },
      '/etc/nginx/links/up': { link: '..' },
      '/run': { link: '/var/run' },
      '/var/run': { link: '/run' },
    },
    says: /nginx cannot open "\/etc\/nginx\/links\/a"/,
  },
  {
    title: 'links that double the way',
    files: {
      ...http('include links/0/x.conf;'),
      ...Object.fromEntries(
        Array.from({ length: 40 }, (_, number) => [
          `/etc/nginx/links/${number}`,
          { link: `${number + 1}/../${number + 1}/../${number + 1}` },
        ]),
      ),
    },
    says: /nginx-include-missing/,
  },
];
