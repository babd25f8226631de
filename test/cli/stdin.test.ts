import { describe, expect, test } from 'vitest';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

type Files = Readonly<Record<string, MemoryEntry>>;

async function run(
  line: string,
  stdin: string,
  files: Files = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const fake = fakeIo({ stdin, files });
  const code = await main(line.split(' '), fake.io);
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}

const nginxConf =
  'user www-data;\nevents {}\nhttp {\n    fastcgi_read_timeout 60s;\n    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n    fastcgi_param REQUEST_METHOD $request_method;\n    include /etc/nginx/sites-enabled/*;\n}\n';
const site = (socket: string): string =>
  `server {\n    server_name shop.example.com;\n    ssl_certificate /etc/nginx/tls/shop.pem;\n    location ~ \\.php$ {\n        fastcgi_pass unix:${socket};\n    }\n}\n`;
const pool =
  '[www]\nuser = www-data\ngroup = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\nlisten.group = www-data\npm = static\npm.max_children = 2\n';
const dump = (shop: string): string =>
  `# configuration file /etc/nginx/nginx.conf:\n${nginxConf}\n# configuration file /etc/nginx/sites-enabled/shop:\n${shop}\n`;

describe('the output of nginx -T', () => {
  test('on standard input: findings stand in the files that it comes from', async () => {
    const { code, stdout } = await run(
      '-f compact -',
      dump('server {\n    server_name a;\n    listen 80\n}\n'),
    );
    expect(stdout).toMatch(/^\/etc\/nginx\/sites-enabled\/shop:3:12: error: /);
    expect(code).toBe(1);
  });

  test('in a file, with the pools beside it: links are found', async () => {
    const files = { '/srv/web1.txt': dump(site('/run/php/php8.2-fpm.sock')), '/srv/pool.d/www.conf': pool };
    const { code, stdout } = await run('-v web1.txt pool.d', '', files);
    expect(stdout).toContain('  nginx    /etc/nginx/nginx.conf\n  nginx    /etc/nginx/sites-enabled/shop\n');
    expect(stdout).toMatch(
      /linked {3}\/etc\/nginx\/sites-enabled\/shop:5:9 {2}fastcgi_pass unix:\S+ {2}the pool www of php-fpm/,
    );
    expect(code).toBe(0);
  });

  test('is read alone, whatever this machine has at the same paths', async () => {
    const files = {
      '/etc/nginx/nginx.conf': 'nonsense',
      '/etc/nginx/sites-enabled/other': 'nonsense',
      '/etc/nginx/sites-enabled/shop': { link: '/nowhere' },
    };
    const { stdout, code } = await run('-v -', dump(site('/run/php/php8.2-fpm.sock')), files);
    expect(stdout).toContain('read 2 files:\n');
    // What is not in it may well be on the host that it comes from.
    expect(stdout).toContain('no problem found');
    expect(code).toBe(0);
  });

  test('of two hosts: each is one', async () => {
    const files = { '/srv/a.txt': dump(site('/run/a.sock')), '/srv/b.txt': dump(site('/run/b.sock')) };
    expect((await run('a.txt b.txt', '', files)).stdout).toContain('2 hosts; 2 servers, 2 passes: ');
  });

  test('of two hosts in one file is refused', async () => {
    const { code, stderr } = await run('-f compact -', dump('') + dump(''));
    expect(stderr).toContain('no502: <stdin>: it holds the output of nginx -T more than once');
    expect(code).toBe(2);
  });

  test('is never fixed', async () => {
    expect(await run('--fix -', dump(''))).toMatchObject({
      code: 2,
      stderr: 'no502: standard input takes no --fix\n',
    });
  });
});

describe('standard input', () => {
  const broken = 'server {\n    listen 80\n}\n';

  test.each(['-', '--stdin'])('%s is a file that nobody named', async (option) => {
    expect((await run(`-f compact ${option}`, broken)).stdout).toMatch(
      /^<stdin>:2:12: error: unexpected "}" /,
    );
  });

  test('stands for a file that is there or not', async () => {
    const { stdout } = await run('-f compact --stdin --stdin-filename new/shop.conf', broken);
    expect(stdout).toMatch(/^new\/shop\.conf:2:12: error: /);
  });

  test('stands for a file of a root: the host is linted with it, and what it causes is reported', async () => {
    const files: Files = {
      '/srv/host/etc/nginx/nginx.conf': nginxConf,
      '/srv/host/etc/nginx/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
      '/srv/host/etc/nginx/sites-available/shop': 'nonsense',
      '/srv/host/etc/nginx/sites-enabled/other':
        'server {\n    server_name other.example.com;\n    location / {\n        fastcgi_pass unix:/run/php/other.sock;\n    }\n}\n',
      '/srv/host/etc/php/8.2/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
      '/srv/host/etc/php/8.2/fpm/pool.d/www.conf': pool,
    };
    const shop =
      'server {\n    server_name shop.example.com;\n    location / {\n        fastcgi_pass unix:/run/php/gone.sock;\n    }\n}\n';
    for (const name of ['sites-enabled/shop', 'sites-available/shop']) {
      const { stdout } = await run(
        `-f compact --root host --stdin --stdin-filename host/etc/nginx/${name}`,
        shop,
        files,
      );
      expect(stdout).toMatch(
        /^host\/etc\/nginx\/sites-available\/shop:4:22: error: no pool listens on [^\n]*\n$/,
      );
    }
  });

  test.each([
    [
      '--root host -',
      'standard input is no file of --root: --stdin-filename FILE says which one it stands for',
    ],
    ['--stdin-filename x', '--stdin-filename needs --stdin'],
    ['--stdin --changed x', 'standard input takes no --changed'],
    ['--output -', '--output cannot be "-"'],
  ])('no502 %s is refused', async (line, message) => {
    expect(await run(line, '')).toMatchObject({ code: 2, stderr: `no502: ${message}\n` });
  });
});
