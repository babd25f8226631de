import { describe, expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { lint } from '../../../src/lint.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { positionAt } from '../../../src/syntax/source.ts';

const site = (port: number): string =>
  `server {\n  listen 80;\n  location / { proxy_pass http://127.0.0.1:${port}; }\n}\n`;

/** What becomes of the one pass of a repository, and what is said of its port. */
async function told(files: Record<string, string>): Promise<string> {
  const tree = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/repo/${path}`, text]));
  const { findings, reading } = await lint({
    fs: memoryFileSystem(tree),
    cwd: '/repo',
    paths: ['.'],
    exclude: [],
    options: {},
    rules,
  });
  const [pass] = reading.passes;
  const said = findings
    .filter(({ rule }) => rule === 'proxy-port-mismatch')
    .map(({ severity, related }) => {
      const places = related.map(({ span }) => {
        const { line, column } = positionAt(span.source, span.start);
        return `${span.source.file}:${line}:${column}`;
      });
      return [severity, ...places].join(' ');
    });
  return [pass?.link, ...said].join(', ');
}

describe('the files of a repository', () => {
  const pm2 = "module.exports = { apps: [{ name: 'web', script: 'next', args: 'start -p 3001' }] };\n";

  test.each<[name: string, files: Record<string, string>, expected: string]>([
    ['pm2', { 'ecosystem.config.cjs': pm2 }, 'ecosystem.config.cjs:1:74'],
    [
      'a unit',
      { 'deploy/web.service': '[Service]\nExecStart=/usr/bin/next start -p 3001\n' },
      'deploy/web.service:2:34',
    ],
    [
      'a socket',
      { 'deploy/web.socket': '[Socket]\nListenStream=127.0.0.1:3001\n' },
      'deploy/web.socket:2:14',
    ],
    [
      'supervisor',
      { 'docker/supervisord.conf': '[supervisord]\n[program:web]\ncommand=next start -p 3001\n' },
      'docker/supervisord.conf:3:23',
    ],
    ['a Procfile', { Procfile: 'worker: celery -A web worker\nweb: next start -p 3001\n' }, 'Procfile:2:20'],
    [
      'the script of a Procfile',
      { Procfile: 'web: npm start\n', 'package.json': '{ "scripts": { "start": "next start -p 3001" } }' },
      'package.json:1:40',
    ],
    ['uWSGI', { 'deploy/uwsgi.ini': '[uwsgi]\nhttp-socket = 127.0.0.1:3001\n' }, 'deploy/uwsgi.ini:2:15'],
  ])('%s', async (_name, files, place) => {
    expect(await told({ 'nginx/site.conf': site(3001), ...files })).toBe('found');
    expect(await told({ 'nginx/site.conf': site(3002), ...files })).toBe(`unknown, warning ${place}`);
  });

  test('apps of examples and dependencies are not looked at', async () => {
    const files = { 'nginx/site.conf': site(3002), 'node_modules/x/ecosystem.config.js': pm2 };
    expect(await told(files)).toBe('unknown');
  });
});
