import { describe, expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { lint } from '../../../src/lint.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import type { App } from '../../../src/model/apps/app.ts';
import { positionAt } from '../../../src/syntax/source.ts';

const nginx =
  'events {}\nhttp {\n  server {\n    listen 80;\n    location / { proxy_pass http://127.0.0.1:3999; }\n  }\n}\n';

const host = {
  '/host/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n',
  '/host/etc/group': 'root:x:0:\nwww-data:x:33:\n',
  '/host/etc/nginx/nginx.conf': nginx,
};

/** What is said of port 3999, which nobody declares, with the places of those who declare another. */
async function told(files: Record<string, string>, apps: readonly App[] = []): Promise<string> {
  const fs = memoryFileSystem({ ...host, ...files });
  const { findings } = await lint({
    fs,
    cwd: '/host',
    root: '/host',
    paths: [],
    exclude: [],
    options: { apps },
    rules,
  });
  const [finding] = findings.filter(({ rule }) => rule === 'proxy-port-mismatch');
  if (!finding) return 'nothing';
  const places = finding.related.map(({ span }) => {
    const { line, column } = positionAt(span.source, span.start);
    return `${span.source.file}:${line}:${column} ${span.source.text.slice(span.start, span.end)}`;
  });
  return [finding.severity, ...places].join(', ');
}

const unit = (lines: string): string => `[Unit]\nDescription=The app\n\n[Service]\n${lines}\n`;
const api = '/host/etc/systemd/system/api.service';

describe('units of systemd', () => {
  test('an option of ExecStart=', async () => {
    const text = unit('User=www-data\nExecStart=/srv/api/venv/bin/uvicorn main:app --port 8000');
    expect(await told({ [api]: text })).toBe('error, etc/systemd/system/api.service:6:53 8000');
  });

  test('a command on several lines', async () => {
    const text = unit('ExecStart=/usr/bin/next start \\\n# for now\n    -p 3000');
    expect(await told({ [api]: text })).toBe('error, etc/systemd/system/api.service:7:8 3000');
  });

  test('Environment= of a program that reads it', async () => {
    const text = unit('Environment="NODE_ENV=production" PORT=3000\nExecStart=/usr/bin/next start');
    expect(await told({ [api]: text })).toBe('error, etc/systemd/system/api.service:5:40 3000');
  });

  test('Environment= of a program that may not read it', async () => {
    const text = unit('Environment=PORT=3000\nExecStart=/srv/api/server');
    expect(await told({ [api]: text })).toBe('warning, etc/systemd/system/api.service:5:18 3000');
  });

  test('EnvironmentFile=, which wins over Environment=', async () => {
    const text = unit(
      'Environment=PORT=3000\nEnvironmentFile=/etc/default/api\nExecStart=/usr/bin/next start',
    );
    const files = { [api]: text, '/host/etc/default/api': '# the port\nPORT="3002"\n' };
    expect(await told(files)).toBe('error, etc/default/api:2:7 3002');
  });

  test('EnvironmentFile= that may be missing, and a variable in the command', async () => {
    const text = unit(
      'Environment=LISTEN=127.0.0.1:8000\nEnvironmentFile=-/etc/default/api\nExecStart=/usr/bin/gunicorn -b ${LISTEN} app:app',
    );
    expect(await told({ [api]: text, '/host/etc/default/other': '' })).toBe(
      'error, etc/systemd/system/api.service:5:20 127.0.0.1:8000',
    );
  });

  test('a drop-in, which takes back what stands in the unit', async () => {
    const files = {
      [api]: unit('ExecStart=/usr/bin/next start -p 3000'),
      [`${api}.d/port.conf`]: '[Service]\nExecStart=\nExecStart=/usr/bin/next start -p 3001\n',
    };
    expect(await told(files)).toBe('error, etc/systemd/system/api.service.d/port.conf:3:34 3001');
  });

  test('ListenStream= of a socket', async () => {
    const files = {
      '/host/etc/systemd/system/api.socket': '[Socket]\nListenStream=127.0.0.1:8000\n',
      [api]: unit('ExecStart=/usr/bin/gunicorn app:app'),
    };
    expect(await told(files)).toBe('error, etc/systemd/system/api.socket:2:14 127.0.0.1:8000');
  });

  test('an instance of a template', async () => {
    const files = {
      '/host/etc/systemd/system/api@.service': unit('ExecStart=/usr/bin/next start -p %i'),
      '/host/etc/systemd/system/multi-user.target.wants/api@3001.service': '',
    };
    expect(await told(files)).toBe('error, etc/systemd/system/api@.service:5:34 %i');
  });

  test('a script of package.json', async () => {
    const files = {
      [api]: unit('WorkingDirectory=/srv/api\nExecStart=/usr/bin/npm start'),
      '/host/srv/api/package.json':
        '{\n  "scripts": {\n    "build": "next build",\n    "start": "next start -p 3001"\n  }\n}\n',
    };
    expect(await told(files)).toBe('error, srv/api/package.json:4:29 3001');
  });

  test('a .env that the app may load', async () => {
    const files = {
      [api]: unit('WorkingDirectory=/srv/api\nExecStart=/usr/bin/node server.js'),
      '/host/srv/api/.env': 'APP=1\nPORT=3001 # the api\n',
    };
    expect(await told(files)).toBe('warning, srv/api/.env:2:6 3001');
  });

  test('a .env that node is told to load', async () => {
    const files = {
      [api]: unit(
        'WorkingDirectory=/srv/api\nExecStart=/usr/bin/node --env-file=.env .output/server/index.mjs',
      ),
      '/host/srv/api/.env': 'PORT=3001\n',
    };
    expect(await told(files)).toBe('error, srv/api/.env:1:6 3001');
  });

  test('what the user says of an app wins', async () => {
    const given: App = { name: 'api', address: { kind: 'tcp', host: '*', port: 3999 }, protocol: 'http' };
    expect(await told({ [api]: unit('ExecStart=/usr/bin/next start -p 3000') }, [given])).toBe('nothing');
  });

  test('a program that says nothing may be the one', async () => {
    const files = {
      [api]: unit('ExecStart=/usr/bin/next start -p 3000'),
      '/host/etc/systemd/system/other.service': unit('ExecStart=/srv/other/server'),
    };
    expect(await told(files)).toBe('warning, etc/systemd/system/api.service:5:34 3000');
  });

  test('a unit that is not enabled may not run', async () => {
    const files = {
      [api]: unit('ExecStart=/usr/bin/next start -p 3000'),
      '/host/etc/systemd/system/multi-user.target.wants/nginx.service': '',
    };
    expect(await told(files)).toBe('warning, etc/systemd/system/api.service:5:34 3000');
  });

  test('a masked one does not', async () => {
    const files = { [api]: '' };
    expect(await told(files)).toBe('nothing');
  });

  test('the default of a framework is no more than that', async () => {
    expect(await told({ [api]: unit('ExecStart=/usr/bin/next start') })).toBe(
      'warning, etc/systemd/system/api.service:5:11 /usr/bin/next',
    );
  });
});

describe('who may listen beside the apps that are known', () => {
  const app = { [api]: unit('ExecStart=/usr/bin/next start -p 3000') };

  test('nobody: the port is dead', async () => {
    expect(await told(app)).toBe('error, etc/systemd/system/api.service:5:34 3000');
  });

  test.each<[name: string, files: Record<string, string>]>([
    ['a line of cron', { '/host/etc/cron.d/app': '@reboot app /srv/app/start\n' }],
    ['/etc/rc.local', { '/host/etc/rc.local': '#!/bin/sh\n/srv/app/start &\nexit 0\n' }],
    ['a script of System V', { '/host/etc/rc3.d/S20app': '#!/bin/sh\n' }],
    ['a service of OpenRC', { '/host/etc/runlevels/default/app': '' }],
    [
      'a unit of a user',
      { '/host/root/.config/systemd/user/app.service': '[Service]\nExecStart=/srv/app/start\n' },
    ],
    ['a container', { '/host/etc/docker/daemon.json': '{}' }],
    [
      'a program that listens now',
      { '/host/proc/net/tcp': '  sl\n   0: 0100007F:0F9F 00000000:0000 0A 0\n' },
    ],
  ])('%s', async (_name, files) => {
    expect(await told({ ...app, ...files })).not.toContain('error');
  });

  test('what serves nobody is not counted', async () => {
    const files = {
      '/host/etc/rc3.d/S01cron': '#!/bin/sh\n',
      '/host/etc/rc.local': '#!/bin/sh -e\n# nothing\nexit 0\n',
      '/host/etc/systemd/system/jobs.service': unit('ExecStart=/usr/bin/php /srv/artisan queue:work'),
      '/host/etc/systemd/system/once.service': unit('Type=oneshot\nExecStart=/srv/once'),
    };
    expect(await told({ ...app, ...files })).toBe('error, etc/systemd/system/api.service:5:34 3000');
  });
});

describe('programs of supervisor', () => {
  const conf = '/host/etc/supervisor/conf.d/api.conf';

  test('an option of the command', async () => {
    const text =
      '[program:api]\ncommand = /srv/venv/bin/gunicorn\n    -b 127.0.0.1:8000 app:app ; the api\nuser = www-data\n';
    expect(await told({ [conf]: text })).toBe('error, etc/supervisor/conf.d/api.conf:3:8 127.0.0.1:8000');
  });

  test('the environment of a program that reads it', async () => {
    const text = '[program:api]\ncommand=next start\nenvironment=NODE_ENV="production",PORT="3001"\n';
    expect(await told({ [conf]: text })).toBe('error, etc/supervisor/conf.d/api.conf:3:41 3001');
  });

  test('each of several processes has its port', async () => {
    const text =
      '[program:api]\ncommand=uvicorn main:app --port 80%(process_num)02d\nnumprocs=2\nprocess_name=%(program_name)s_%(process_num)d\n';
    expect(await told({ [conf]: text })).toBe(
      'error, etc/supervisor/conf.d/api.conf:2:33 80%(process_num)02d, etc/supervisor/conf.d/api.conf:2:33 80%(process_num)02d',
    );
  });

  test('what supervisor itself was started with is not known', async () => {
    const text = '[program:api]\ncommand=uvicorn main:app --port %(ENV_PORT)s\n';
    expect(await told({ [conf]: text })).toBe('nothing');
  });
});

describe('apps of pm2', () => {
  const at = '/host/srv/api/ecosystem.config.js';
  const config = (app: string): string => `module.exports = {\n  apps: [\n    {\n${app}\n    },\n  ],\n};\n`;

  test.each<[name: string, app: string, expected: string]>([
    [
      'arguments of a program that takes them',
      "name: 'web', script: 'node_modules/.bin/next', args: 'start -p 3001'",
      'error, srv/api/ecosystem.config.js:4:64 3001',
    ],
    [
      'a list of arguments',
      "name: 'web', script: 'next', args: ['start', '--port', '3001'], exec_mode: 'cluster', instances: 4",
      'error, srv/api/ecosystem.config.js:4:57 3001',
    ],
    [
      'a number in the environment',
      "name: 'web', script: 'next', args: 'start',\nenv: {\n  PORT: 3001,\n}",
      'error, srv/api/ecosystem.config.js:6:9 3001',
    ],
    [
      'a text in the environment of a program that may not read it',
      'name: "api", script: "dist/app.js",\nenv: { NODE_ENV: "production", PORT: "3001" }',
      'warning, srv/api/ecosystem.config.js:5:39 3001',
    ],
    [
      'a default behind a variable',
      "name: 'web', script: 'next', args: 'start',\nenv: { PORT: process.env.PORT || 3001 }",
      'warning, srv/api/ecosystem.config.js:5:34 3001',
    ],
    [
      'environments that differ',
      "name: 'web', script: 'next', args: 'start',\nenv: { PORT: 3001 },\nenv_production: { PORT: 3002 }",
      'warning, srv/api/ecosystem.config.js:5:14 3001, srv/api/ecosystem.config.js:6:25 3002',
    ],
    [
      'environments that agree',
      "name: 'web', script: 'next', args: 'start',\nenv: { PORT: 3001 },\nenv_production: { NODE_ENV: 'production' }",
      'error, srv/api/ecosystem.config.js:5:14 3001',
    ],
    [
      'a port of its own for each instance',
      "name: 'web', script: 'next', args: 'start', instances: 2, increment_var: 'PORT',\nenv: { PORT: 3001 }",
      'error, srv/api/ecosystem.config.js:5:14 3001, srv/api/ecosystem.config.js:5:14 3001',
    ],
    ['a script of Python', "name: 'api', script: 'main.py', interpreter: 'python3'", 'nothing'],
  ])('%s', async (_name, app, expected) => {
    expect(await told({ [at]: config(app) })).toBe(expected);
  });

  test('constants, spreads and template literals', async () => {
    const text =
      "const port = 3001;\nconst base = { script: 'next', env: { NODE_ENV: 'production' } };\nmodule.exports.apps = [{\n  ...base,\n  name: 'web',\n  args: `start -p ${port}`,\n}];\n";
    expect(await told({ [at]: text })).toBe('error, srv/api/ecosystem.config.js:1:14 3001');
  });

  test('a module', async () => {
    const text = "export default { apps: [{ name: 'web', script: 'next', args: 'start -p 3001' }] };\n";
    expect(await told({ '/host/srv/api/ecosystem.config.mjs': text })).toBe(
      'error, srv/api/ecosystem.config.mjs:1:72 3001',
    );
  });

  test('JSON', async () => {
    const text = '{\n  "apps": [\n    { "name": "web", "script": "next", "args": "start -p 3001" }\n  ]\n}\n';
    expect(await told({ '/host/srv/api/process.json': text })).toBe('error, srv/api/process.json:3:58 3001');
  });

  test('YAML', async () => {
    const text = 'apps:\n  - name: web\n    script: next\n    args: start\n    env:\n      PORT: 3001\n';
    expect(await told({ '/host/srv/api/ecosystem.config.yaml': text })).toBe(
      'error, srv/api/ecosystem.config.yaml:6:13 3001',
    );
  });

  test('the script of npm, in the directory that is named', async () => {
    const files = {
      [at]: config("name: 'web', script: 'npm', args: 'run web -- -p 3002', cwd: '/srv/web'"),
      '/host/srv/web/package.json': '{ "scripts": { "web": "next start" } }\n',
    };
    expect(await told(files)).toBe('error, srv/api/ecosystem.config.js:4:50 3002');
  });

  test('what is changed by code is not known', async () => {
    const text =
      "const web = { name: 'web', script: 'next', args: 'start', env: { PORT: 3001 } };\nweb.env.PORT = 3002;\nmodule.exports = { apps: [web] };\n";
    expect(await told({ [at]: text })).toBe('nothing');
  });

  test.each([
    ['throws', "throw new Error('no');\n"],
    ['never ends', "while (true) {}\nmodule.exports = { apps: [{ script: 'x' }] };\n"],
    ['is no JavaScript', 'apps script ((((\n'],
    ['is made of itself', 'const a = b;\nconst b = a;\nmodule.exports = { apps: a };\n'],
    ['nests without end', `module.exports = ${'['.repeat(100_000)}\n`],
    ['is five megabytes', `module.exports = { apps: [${"{ script: 'x' },".repeat(330_000)}] };\n`],
    [
      'doubles itself',
      `const a0 = [1, 2];\n${Array.from({ length: 40 }, (_, n) => `const a${n + 1} = [...a${n}, ...a${n}];\n`).join('')}module.exports = { apps: a40 };\n`,
    ],
  ])('a file that %s is harmless', async (_name, text) => {
    expect(await told({ [at]: text })).toBe('nothing');
  });
});
