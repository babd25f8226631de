import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzFile } from './target.ts';
import { anyText, mutated, orRepeated, soup, withoutLoneSurrogates } from './texts.ts';

/** Commands as units, supervisor, pm2 and Procfiles start them. */
const commands: readonly string[] = [
  '/usr/bin/node --env-file=.env server.js',
  'node server.js --port $PORT',
  'npm run start --prefix /srv/app -- --port 3001',
  '/srv/app/venv/bin/gunicorn -b 127.0.0.1:8000 -b unix:/run/a.sock app:app',
  'gunicorn -c /srv/app/gunicorn.conf.py app:app',
  'uvicorn app:app --uds /run/a.sock --port=${PORT:-8000}',
  'uwsgi --ini /etc/uwsgi/a.ini',
  'uwsgi --http-socket=:$PORT --socket /run/%n.sock',
  'sh -c "cd /srv/app && exec env PORT=3002 npm start"',
  '/bin/bash -lc \'exec "$@"\'',
  'php -S 0.0.0.0:8080 -t public',
  'php artisan serve --host=0.0.0.0 --port=8001',
  'java -Dserver.port=8080 -jar a.jar --server.port=9090',
  'docker run --rm -p 127.0.0.1:8080:80/tcp --name a nginx',
  'puma -b tcp://[::]:3000 -C config/puma.rb',
  'su -s /bin/sh -c "node server.js" www-data',
  'spawn-fcgi -s /run/f.sock -M 0660 -- /usr/bin/php-cgi',
  'dotnet a.dll --urls "http://*:5000;https://localhost:5001"',
];

function command(random: Random): string {
  const whole = random.pick(commands);
  const words = [...pieces.starters, ...pieces.shell];
  return orRepeated(random, random.once(3) ? mutated(random, [whole], words, 300) : whole, words);
}

function unit(random: Random, { starters }: Corpus): string {
  if (random.once(5)) return anyText(random, starters, pieces.starters);
  const lines = [
    `ExecStart=${command(random)}`,
    ...Array.from({ length: random.below(4) }, () => random.pick(unitLines)),
  ];
  return `[Service]\n${lines.join('\n')}\n[Install]\nWantedBy=multi-user.target\n`;
}

const unitLines: readonly string[] = [
  ...['Environment=PORT=3000 "A=b c"', 'EnvironmentFile=-/srv/app/.env', 'EnvironmentFile=%h/*.env'],
  ...[
    'WorkingDirectory=/srv/app',
    'User=%i',
    'ExecStartPre=/bin/true',
    'RuntimeDirectory=a b',
    'PrivateTmp=yes',
  ],
  ...[
    'Environment=A=$PORT \\\n  B=2',
    'ExecStart=',
    'UnsetEnvironment=PORT',
    '[Socket]\nListenStream=%t/a.sock',
  ],
];

function supervisor(random: Random, { starters }: Corpus): string {
  if (random.once(4)) return anyText(random, starters, pieces.starters);
  const lines = Array.from({ length: random.below(4) }, () => random.pick(supervisorLines)).join('');
  const body = `[program:app]\ncommand=${command(random)}\n${lines}`;
  return random.once(3) ? mutated(random, [body], pieces.starters, 600) : body;
}

const supervisorLines: readonly string[] = [
  ...['environment=PORT="30%(process_num)02d",A=%(ENV_HOME)s\n', 'numprocs=3\n', 'numprocs=1000000000\n'],
  ...['process_name=%(program_name)s_%(process_num)d\n', 'directory=%(here)s\n', 'numprocs_start=-1\n'],
  ...[
    '[fcgi-program:f]\nsocket=unix:///run/%(program_name)s.sock\ncommand=a\n',
    '[include]\nfiles = *.conf\n',
  ],
];

const ecosystem = `const port = process.env.PORT || 3000;
const base = { cwd: '/srv/app', env: { PORT: port } };
module.exports = {
  apps: [{ ...base, name: 'a', script: 'server.js', args: \`--port \${port}\`, instances: 2, increment_var: 'PORT' },
    { name: 'b', script: 'npm', args: ['start'], env_production: { PORT: '4000' } }],
};
`;

function javascript(random: Random, corpus: Corpus): string {
  return random.once(3)
    ? anyText(random, corpus.javascript, pieces.javascript, 600)
    : mutated(random, [ecosystem], pieces.javascript, 600);
}

const uwsgi = `[uwsgi]
name = a
socket = /run/%(name).sock
http-socket = :%(port)
port = 80%(two)
two = 80
chmod-socket = 660
for = 1 2
uid = www-data
`;

/** Files that start apps, below a directory that plays `/`; any of them may be odd. */
export function starterTree(random: Random, corpus: Corpus, base: string): Record<string, FuzzFile> {
  const { starters, env, yaml } = corpus;
  const may: readonly (readonly [string, () => FuzzFile])[] = [
    ['etc/systemd/system/app.service', () => unit(random, corpus)],
    ['etc/systemd/system/app@.service', () => unit(random, corpus)],
    ['etc/systemd/system/app.service.d/x.conf', () => unit(random, corpus)],
    ['etc/systemd/system/app.socket', () => `[Socket]\nListenStream=${soup(random, pieces.starters, 4)}\n`],
    [
      'etc/systemd/system/multi-user.target.wants/app.service',
      () => ({ link: random.pick(['../app.service', '/dev/null', '..']) }),
    ],
    ['etc/systemd/system/multi-user.target.wants/app@b.service', () => ({ link: '../app@.service' })],
    ['etc/supervisor/conf.d/a.conf', () => supervisor(random, corpus)],
    ['etc/supervisor/supervisord.conf', () => supervisor(random, corpus)],
    ['etc/uwsgi/apps-enabled/a.ini', () => mutated(random, [uwsgi], pieces.starters, 300)],
    ['etc/uwsgi/a.ini', () => mutated(random, [uwsgi], pieces.starters, 300)],
    ['srv/app/ecosystem.config.js', () => javascript(random, corpus)],
    ['srv/app/pm2.json', () => mutated(random, [pm2], pieces.json, 300)],
    [
      'srv/app/ecosystem.config.yaml',
      () => `apps:\n  - script: a.js\n    ${anyText(random, yaml, pieces.yaml, 200)}`,
    ],
    ['srv/app/server.js', () => javascript(random, corpus)],
    ['srv/app/package.json', () => mutated(random, [packageJson], [...pieces.json, ...commands], 300)],
    ['srv/app/Procfile', () => `web: ${command(random)}\n${anyText(random, starters, pieces.starters, 100)}`],
    ['srv/app/.env', () => anyText(random, env, pieces.env, 200)],
    ['home/b/.pm2/dump.pm2', () => anyText(random, [pm2], pieces.json, 300)],
  ];
  return Object.fromEntries(
    may.flatMap(([name, make]) => {
      if (!random.once(3)) return [];
      const file = make();
      return [[`${base}/${name}`, typeof file === 'string' ? withoutLoneSurrogates(file) : file]];
    }),
  );
}

const pm2 =
  '{"apps": [{"name": "a", "script": "/srv/app/server.js", "env": {"PORT": 3000}, "instances": "max"}]}';
const packageJson =
  '{"scripts": {"start": "npm run dev", "dev": "PORT=3000 node server.js", "pre": "npm start"}}';
