import { baselineText } from '../../src/baseline/baseline-text.ts';
import { formatNames } from '../../src/report/formats.ts';
import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import { starterTree } from './starter-files.ts';
import type { FuzzFile, FuzzInput } from './target.ts';
import { anyText, mutated, withoutLoneSurrogates } from './texts.ts';

const settings = `memory: 4G
rules:
  read-timeout-missing: off
hosts:
  lb:
    root: lb
    addresses: [10.0.0.2]
  web1:
    root: web1
    addresses: [10.0.0.5, "::5", web1.internal]
    memory: 8G
    php: "8.3"
    nginxUser: nginx
  app1:
    root: app1
    addresses: [10.0.0.7, web1.internal]
    apps:
      api: 3001
      chat: { socket: /run/chat.sock, protocol: grpc }
`;

const passes: readonly string[] = [
  ...['proxy_pass http://10.0.0.7:3001;', 'proxy_pass http://web1.internal;', 'fastcgi_pass 10.0.0.5:9000;'],
  ...[
    'proxy_pass http://[::5]:80;',
    'proxy_pass http://10.0.0.2;',
    'uwsgi_pass 10.0.0.7:3031;',
    'return 503;',
  ],
  ...[
    'proxy_pass http://up;',
    'proxy_pass http://127.0.0.1:3000;',
    'fastcgi_pass unix:/run/php/php8.2-fpm.sock;',
  ],
];

function nginxText(random: Random, { nginx }: Corpus): string {
  const locations = Array.from(
    { length: random.below(4) },
    (_, at) => `location /${at} { ${random.pick(passes)} }\n`,
  ).join('');
  const body = `events {}\nhttp {\nupstream up { server 10.0.0.5; server 10.0.0.7:3001 backup; }\nserver {\nlisten 80;\n${locations}}\n}\n`;
  if (random.once(8)) return anyText(random, nginx, pieces.nginx, 600);
  return random.once(4) ? mutated(random, [body], pieces.nginx, 900) : body;
}

function poolText(random: Random, { ini }: Corpus): string {
  const listen = random.pick(['9000', '127.0.0.1:9000', '/run/php/php8.2-fpm.sock', '10.0.0.5:9000']);
  const allowed = random.pick(['', 'listen.allowed_clients = 10.0.0.2,any\n']);
  const body = `[global]\n[www]\nuser = www-data\nlisten = ${listen}\n${allowed}pm = static\npm.max_children = 5\n`;
  return random.once(4) ? mutated(random, [body, ...ini], pieces.ini, 600) : body;
}

const calls: readonly (readonly string[])[] = [
  ...[
    [],
    ['--config', 'no502.yaml'],
    ['--verbose'],
    ['--fix'],
    ['--root', 'web1'],
    ['--memory', '1G'],
    ['.'],
  ],
  ...[
    ['--baseline', 'base.json', '--update-baseline'],
    ['--baseline', 'base.json'],
    ['--baseline', 'base.json'],
  ],
];

const others: readonly (readonly string[])[] = [
  ...[['map'], ['map', '-f', 'json'], ['map', '-f', 'dot'], ['upgrade', '--root', 'web1'], ['rules']],
  ...[['explain', '--root', 'lb', 'connect() failed (111: Connection refused) while connecting to upstream']],
];

/** Hosts that a no502.yaml joins, mostly odd in several places, and a call that reads them. */
export function hostsInput(random: Random, corpus: Corpus): FuzzInput {
  const files: Record<string, FuzzFile> = {
    '/srv/no502.yaml': random.once(5) ? mutated(random, [settings], pieces.yaml, 1000) : settings,
    '/srv/lb/etc/nginx/nginx.conf': nginxText(random, corpus),
    '/srv/lb/etc/passwd': 'root:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n',
    '/srv/web1/etc/nginx/nginx.conf': nginxText(random, corpus),
    '/srv/web1/etc/php/8.2/fpm/php-fpm.conf': poolText(random, corpus),
    '/srv/app1/etc/passwd': 'root:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n',
    ...starterTree(random, corpus, '/srv/app1'),
    ...(random.once(3) && starterTree(random, corpus, '/srv/web1')),
    ...(!random.once(3) && {
      '/srv/base.json': random.once(2) ? accepted : mutated(random, [accepted], pieces.json, 2000),
    }),
  };
  const readable = Object.entries(files).map(([path, file]) => [
    path,
    typeof file === 'string' ? withoutLoneSurrogates(file) : file,
  ]);
  const argv = random.once(6) ? random.pick(others) : [...random.pick(calls), '-f', random.pick(formatNames)];
  return { text: '', files: Object.fromEntries(readable), argv };
}

const accepted = baselineText([
  {
    rule: 'read-timeout-missing',
    severity: 'warning',
    file: 'lb/etc/nginx/nginx.conf',
    message: 'a',
    fingerprint: '0'.repeat(32),
  },
  { rule: 'fpm-syntax', severity: 'error', file: '../x', message: 'b "c"', fingerprint: 'f'.repeat(32) },
]);
