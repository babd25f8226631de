import { formatNames } from '../../src/report/formats.ts';
import { composeText } from './compose-file.ts';
import { dockerfileText, envText, scriptText } from './container-files.ts';
import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzFile, FuzzInput } from './target.ts';
import { anyText, mutated, soup, withoutLoneSurrogates } from './texts.ts';

/** Who nginx may be told to dial. */
const dialed: readonly string[] = [
  ...['php:9000', 'app:3000', 'web', 'fpm:9000', 'localhost:3000', '127.0.0.1:9000', 'unix:/run/php/x.sock'],
  ...[
    '${A}:9000',
    '$host',
    'host.docker.internal:3000',
    'base',
    'shop_php_1:9000',
    '10.0.0.5:80',
    'up',
    'nobody',
  ],
];

function siteText(random: Random): string {
  const location = (_: unknown, at: number): string => {
    const pass = random.pick(['fastcgi_pass ', 'proxy_pass http://', 'uwsgi_pass ', 'grpc_pass grpc://']);
    return `location /${at} { ${pass}${random.pick(dialed)}; }\n`;
  };
  const locations = Array.from({ length: 1 + random.below(3) }, location).join('');
  const upstream = random.once(3) ? `upstream up { server ${random.pick(dialed)}; server php:9000; }\n` : '';
  const body = `${upstream}server {\nlisten ${random.pick(['80', '80', '80', '8080 ssl', '$A', '${PORT}'])};\n${locations}}\n`;
  return random.once(5) ? mutated(random, [body], pieces.nginx, 600) : body;
}

function poolText(random: Random): string {
  const listen = random.pick(['9000', '127.0.0.1:9000', '/run/php/x.sock', '${A}:9000', '[::]:9001']);
  const body = `[www]\nuser = www-data\nlisten = ${listen}\npm = static\npm.max_children = 5\n`;
  return random.once(4) ? mutated(random, [body], pieces.ini, 600) : body;
}

/** The files of a project, below `/srv/host`; several of them are odd at the same time. */
export function projectTree(random: Random, corpus: Corpus): Record<string, FuzzFile> {
  const may: readonly (readonly [string, number, () => FuzzFile])[] = [
    ['compose.yaml', 1, () => composeText(random, corpus)],
    ['site.conf', 1, () => siteText(random)],
    ['pool.conf', 2, () => poolText(random)],
    ['.env', 2, () => envText(random, corpus)],
    ['compose.override.yml', 3, () => composeText(random, corpus)],
    ['base.yaml', 2, () => composeText(random, corpus)],
    ['x/compose.yaml', 3, () => composeText(random, corpus)],
    ['docker-compose.prod.yml', 6, () => composeText(random, corpus)],
    ['x/.env', 3, () => envText(random, corpus)],
    ['Dockerfile', 2, () => dockerfileText(random)],
    ['x/Dockerfile', 4, () => dockerfileText(random)],
    ['.dockerignore', 5, () => soup(random, pieces.path, 20)],
    ['start.sh', 2, () => scriptText(random, corpus)],
    ['app.template', 3, () => siteText(random)],
    ['server.js', 4, () => anyText(random, corpus.javascript, pieces.javascript, 200)],
    [
      'package.json',
      5,
      () => anyText(random, ['{"scripts": {"start": "node server.js"}}'], pieces.json, 200),
    ],
    ['link', 6, () => ({ link: random.pick(['.', '..', 'site.conf', '/etc', 'link', '/srv/host/x']) })],
    ['conf.d/a.conf', 4, () => siteText(random)],
  ];
  return Object.fromEntries(
    may.flatMap(([name, times, make]) => {
      if (!random.once(times)) return [];
      const file = make();
      return [[`/srv/host/${name}`, typeof file === 'string' ? withoutLoneSurrogates(file) : file]];
    }),
  );
}

const calls: readonly (readonly string[])[] = [
  ...[['.'], ['host'], ['host', '--verbose'], ['.', '--fix', '--fix-unsafe'], ['host/site.conf']],
  ...[
    ['host', '--baseline', 'base.json', '--update-baseline'],
    ['.', '--memory', '1G'],
  ],
];

const others: readonly (readonly string[])[] = [
  ...[
    ['map', '.'],
    ['map', 'host', '-f', 'json'],
    ['map', 'host', '-f', 'mermaid'],
    ['map', '.', '-f', 'dot'],
  ],
  ...[['init'], ['host', '--fix-dry-run']],
];

/** A project and a call that reads it. */
export function projectInput(random: Random, corpus: Corpus): FuzzInput {
  const files = projectTree(random, corpus);
  const argv = random.once(6) ? random.pick(others) : [...random.pick(calls), '-f', random.pick(formatNames)];
  return { text: '', files, argv };
}
