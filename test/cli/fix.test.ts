import { describe, expect, test } from 'vitest';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { baseHost } from '../rules/base-host.ts';
import { type FakeWorld, fakeIo } from './fake-io.ts';

const shop = '/srv/host/etc/nginx/sites-available/shop';

const site = (version: string): string =>
  [
    'server {',
    '    server_name shop.example.com;',
    '    location ~ \\.php$ {',
    '        include fastcgi.conf;',
    '        fastcgi_read_timeout 60s;',
    `        fastcgi_pass unix:/run/php/php${version}-fpm.sock; # the shop`,
    '    }',
    '}',
    '',
  ].join('\n');

type Tree = Readonly<Record<string, MemoryEntry>>;

/** A healthy host below /srv/host, whose site is a link to this text; further files may be laid over it. */
function hostWith(text: MemoryEntry, more: Tree = {}): Tree {
  const files = Object.entries(baseHost).map(([path, entry]) => [`/srv/host/${path}`, entry]);
  return {
    ...Object.fromEntries(files),
    '/srv/host/etc/nginx/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
    [shop]: text,
    ...more,
  };
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly replaced: Readonly<Record<string, string>>;
}

async function run(line: string, world: FakeWorld): Promise<Ran> {
  const fake = fakeIo(world);
  const code = await main(line.split(' '), fake.io);
  const replaced = [...fake.replaced].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]);
  return { code, stdout: fake.stdout(), stderr: fake.stderr(), replaced: Object.fromEntries(replaced) };
}

describe('--fix', () => {
  test('changes the real file behind a link, and nothing but the value', async () => {
    const { code, stdout, stderr, replaced } = await run('--root host --fix', {
      files: hostWith(site('8.1')),
    });
    expect(replaced).toEqual({ [shop]: site('8.2') });
    expect(stderr).toBe(
      'no502: fixed host/etc/nginx/sites-available/shop:6: fastcgi_pass unix:/run/php/php8.2-fpm.sock; [stale-php-version-socket]\nno502: 1 fix in 1 file\n',
    );
    expect(stdout).toContain('1 pass: 1 has a listener');
    expect(code).toBe(0);
  });

  test('says so where there is nothing to do', async () => {
    const { code, stderr, replaced } = await run('--root host --fix', { files: hostWith(site('8.2')) });
    expect([code, stderr, replaced]).toEqual([0, 'no502: nothing was fixed\n', {}]);
  });

  test('keeps line endings and bytes that are not UTF-8', async () => {
    const windows = await run('--root host --fix', { files: hostWith(site('8.1').replaceAll('\n', '\r\n')) });
    expect(windows.replaced[shop]).toBe(site('8.2').replaceAll('\n', '\r\n'));
    const latin = Buffer.from(site('8.1').replace('the shop', 'der L\xe4den'), 'latin1');
    const kept = await run('--root host --fix', { files: hostWith(latin) });
    expect(kept.replaced[shop]).toBe(latin.toString('latin1').replace('php8.1', 'php8.2'));
  });

  test('ends with the exit code of the result', async () => {
    const text = `${site('8.1')}server { listen 8081; include nowhere.conf; }\n`;
    const { code, stdout, replaced } = await run('--root host --fix -f compact', { files: hostWith(text) });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^host\/etc\/nginx\/sites-available\/shop:9:\d+: error: .* \[nginx-include-missing\]\n$/,
    );
    expect(replaced[shop]).toContain('php8.2');
  });

  test('leaves what a comment leaves out, and what a rule that is off would fix', async () => {
    const text = site('8.1').replace(
      '# the shop',
      '# no502-disable-line stale-php-version-socket -- installed tonight',
    );
    expect(await run('--root host --fix', { files: hostWith(text) })).toMatchObject({
      code: 0,
      replaced: {},
    });
    const off = '--root host --fix --rule stale-php-version-socket=off';
    expect(await run(off, { files: hostWith(site('8.1')) })).toMatchObject({ replaced: {} });
  });

  test('works on single files', async () => {
    const pool = '/srv/pool.d/www.conf';
    const files = {
      '/srv/nginx/nginx.conf':
        'user www-data;\nevents {}\nhttp {\n    fastcgi_read_timeout 60s;\n    server_nam_hash_bucket_size 64;\n}\n',
      [pool]: baseHost['etc/php/8.2/fpm/pool.d/www.conf'] ?? '',
    };
    const { code, replaced } = await run('nginx pool.d --fix-unsafe', { files });
    expect(replaced['/srv/nginx/nginx.conf']).toContain('server_names_hash_bucket_size 64;');
    expect(code).toBe(0);
  });

  test('is quiet where asked to be', async () => {
    const { stdout, stderr } = await run('--root host --fix --quiet', { files: hostWith(site('8.1')) });
    expect([stdout, stderr]).toEqual(['', '']);
  });
});

describe('--fix does not touch', () => {
  test('what cannot be written: then nothing at all is changed', async () => {
    const tea = '/srv/host/etc/nginx/sites-enabled/tea';
    const files = hostWith(site('8.1'), { [tea]: site('8.1').replace('shop.', 'tea.') });
    const readOnly = [tea];
    const { code, stdout, stderr, replaced } = await run('--root host --fix', { files, readOnly });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^no502: cannot write host\/etc\/nginx\/sites-enabled\/tea: EACCES: .*; nothing was changed\n$/,
    );
    expect(stdout).toBe('');
    // Written and written back.
    expect(replaced).toEqual({ [shop]: site('8.1') });
  });

  test('no502.yaml outside of the root, devices and links', async () => {
    const files = hostWith({ link: '/dev/null' });
    expect(await run('--root host --fix', { files })).toMatchObject({ code: 0, replaced: {} });
  });
});

describe('--fix-dry-run', () => {
  const line = '--root host --fix-dry-run';

  test('prints a diff and changes nothing', async () => {
    const { code, stdout, stderr, replaced } = await run(line, { files: hostWith(site('8.1')) });
    expect(stdout).toBe(
      `--- a/host/etc/nginx/sites-available/shop
+++ b/host/etc/nginx/sites-available/shop
@@ -3,6 +3,6 @@
     location ~ \\.php$ {
         include fastcgi.conf;
         fastcgi_read_timeout 60s;
-        fastcgi_pass unix:/run/php/php8.1-fpm.sock; # the shop
+        fastcgi_pass unix:/run/php/php8.2-fpm.sock; # the shop
     }
 }
`,
    );
    expect(stderr).toContain('no502: would fix host/etc/nginx/sites-available/shop:6: ');
    expect(stderr).toContain('no502: 1 fix in 1 file; nothing was written\n');
    expect([code, replaced]).toEqual([0, {}]);
  });

  test('gives a program every byte, and a terminal none that could steer it', async () => {
    const files = hostWith(site('8.1').replace('# the shop', '#\t\u001b[31mthe shop'));
    expect((await run(line, { files })).stdout).toContain('#\t\u001b[31mthe shop\n');
    const shown = await run(line, { files, columns: 80, env: { NO_COLOR: '1' } });
    expect(shown.stdout).toContain('#    \\x1b[31mthe shop\n');
  });

  test('takes no format', async () => {
    expect(await run(`${line} -f json`, { files: hostWith(site('8.1')) })).toMatchObject({
      code: 2,
      stderr: 'no502: --fix-dry-run prints a diff and takes no --format\n',
    });
  });
});
