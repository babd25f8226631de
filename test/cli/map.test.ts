import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { hostWith, runMap, site } from '../map/mapped.ts';
import { severalHosts } from '../map/several-hosts.ts';
import { fakeIo } from './fake-io.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const broken = hostWith({
  'etc/nginx/sites-enabled/shop': site('location ~ \\.php$ { fastcgi_pass unix:/run/none.sock; }'),
});

describe('no502 map', () => {
  test.each(['tree', 'mermaid', 'dot'])('draws several hosts as %s', async (format) => {
    const { code, out, err } = await runMap(severalHosts, ['-f', format], { env: { COLUMNS: '80' } });
    expect([code, err]).toEqual([0, '']);
    await expect(out).toMatchFileSnapshot(`printed/map-${format}.txt`);
  });

  test('prints in the README what the README says', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, args = '', printed] =
      /```sh\nnode dist\/cli\.js (map .*)\n```\n\n```\n([^`]*)```/.exec(readme) ?? [];
    const fake = fakeIo({ env: { COLUMNS: '80' } });
    expect(await main(args.split(' '), { ...fake.io, fs: disk, cwd: repository })).toBe(0);
    expect(fake.stdout()).toBe(printed);
  });

  test.each(['tree', 'mermaid'])('draws each service of a compose project as %s', async (format) => {
    const fake = fakeIo({ env: { COLUMNS: '100' } });
    const project = `${repository}/examples/compose`;
    expect(await main(['map', '.', '-f', format], { ...fake.io, fs: disk, cwd: project })).toBe(0);
    await expect(fake.stdout()).toMatchFileSnapshot(`printed/map-compose-${format}.txt`);
  });

  test('tells of a service what is known: its image, its networks, what ends it, or that nothing is', async () => {
    const compose =
      'services:\n  web:\n    image: nginx:1.22\n    networks: [front, back]\n    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]\n' +
      '  php:\n    image: php:8.2-fpm\n    networks: [back]\n    volumes: ["./pools:/usr/local/etc/php-fpm.d"]\n' +
      '  jobs:\n    build: jobs\n    networks: [back]\n' +
      '  cron:\n    image: alpine\n    command: crond -f\n    networks: [front]\n' +
      'networks:\n  front:\n  back:\n';
    const files = {
      'compose.yaml': compose,
      'site.conf':
        'server {\n    listen 80;\n    location / {\n        include fastcgi_params;\n        fastcgi_pass php:9000;\n    }\n}\n',
      'pools/www.conf': '[www]\nuser = www-data\nlisten = 9000\npm = static\npm.max_children = 4\n',
    };
    const { out } = await runMap(files, ['.'], { env: { COLUMNS: '100' } });
    await expect(out).toMatchFileSnapshot('printed/map-services.txt');
  });

  test('draws a tree that keeps within the terminal', async () => {
    for (const columns of [80, 100, 120]) {
      const { out } = await runMap(severalHosts, [], { columns, env: { NO_COLOR: '1' } });
      const widest = Math.max(...out.split('\n').map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(columns);
    }
  });

  test('paints on a terminal and nowhere else', async () => {
    const onTerminal = await runMap(broken, ['--root', 'host'], { columns: 80 });
    expect(onTerminal.out).toContain('\u001b[31m✗');
    const file = await runMap(broken, ['--root', 'host', '--output', 'map.txt'], { columns: 80 });
    expect(file.out).toBe('');
    expect(file.written.get('/srv/map.txt')).toContain('✗ fastcgi_pass unix:/run/none.sock');
    expect(file.written.get('/srv/map.txt')).not.toContain('\u001b');
  });

  test('reads what check reads: standard input, paths, apps', async () => {
    const text = site('location / { proxy_pass http://127.0.0.1:3000; }');
    const piped = await runMap({}, ['-', '--app', 'api=3000'], { stdin: text });
    expect(piped.out).toContain('app api');
    const path = await runMap({ 'shop.conf': text }, ['shop.conf']);
    expect(path.out).toContain('? no app that was read declares this address');
  });

  test.each([
    ['--format svg', /^no502: --format cannot be "svg": it is tree, mermaid, dot, json\n$/],
    ['--root nowhere', /^no502: .*nowhere/],
    ['--fix', /^no502: unknown option --fix/],
  ])('%s is a wrong call', async (line, message) => {
    const { code, err } = await runMap(broken, line.split(' '));
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test('is not sent elsewhere by a no502.yaml that nobody named', async () => {
    const { code, err } = await runMap({ ...broken, 'no502.yaml': 'root: ../host\n' }, []);
    expect([code, err]).toEqual([2, expect.stringContaining('lies outside of the current directory')]);
  });
});
