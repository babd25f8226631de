import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { type HostTree, nginx, php, pool, site, www } from '../upgrade/hosts.ts';
import { type FakeWorld, fakeIo } from './fake-io.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly replaced: Readonly<Record<string, string>>;
}

async function run(line: string, tree: HostTree = {}, world: Omit<FakeWorld, 'files'> = {}): Promise<Ran> {
  const files = Object.fromEntries(Object.entries(tree).map(([path, entry]) => [`/srv/host/${path}`, entry]));
  const fake = fakeIo({ files, ...world });
  const code = await main(line.split(' '), fake.io);
  const replaced = [...fake.replaced].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
  return { code, stdout: fake.stdout(), stderr: fake.stderr(), replaced: Object.fromEntries(replaced) };
}

const shopFile = '/srv/host/etc/nginx/sites-enabled/shop';
const shop = (version: string) => site('shop.example.com', `unix:/run/php/php${version}-fpm.sock`);
const accounts = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/bin/false\n',
  'etc/group': 'root:x:0:\nwww-data:x:33:\n',
};
const php82 = php('8.2', { www: www('8.2') });
const forgotten = { ...accounts, ...php82, ...nginx({ 'sites-enabled/shop': shop('8.1') }) };

describe('no502 upgrade', () => {
  test('plans the upgrade of the example', async () => {
    const fake = fakeIo();
    const code = await main(['upgrade', '--root', 'examples/php-upgrade'], {
      ...fake.io,
      fs: disk,
      cwd: repository,
    });
    await expect(`${fake.stdout()}${fake.stderr()}exit ${code}\n`).toMatchFileSnapshot(
      'printed/upgrade-example.txt',
    );
  });

  test('plans one with all that there can be', async () => {
    const tree = {
      ...accounts,
      ...php(
        '8.1',
        {
          www: www('8.1').replace('= 4', '= 50'),
          anna: pool('anna', '/run/php/php8.1-fpm-anna.sock'),
          bert: pool('bert', '127.0.0.1:9000', 'php_admin_value[mysqli.reconnect] = 1\n'),
        },
        'memory_limit = 512M\n',
      ),
      ...php82,
      ...nginx({
        'sites-enabled/anna': site('anna.example.com', 'unix:/run/php/php8.1-fpm-anna.sock'),
        'sites-enabled/bert': site('bert.example.com', '127.0.0.1:9000'),
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e'].map((name) => [
            `sites-enabled/shop-${name}`,
            site(`${name}.example.com`, 'unix:/run/php/php8.1-fpm.sock'),
          ]),
        ),
      }),
      'etc/php/8.1/fpm/conf.d/20-mysqli.ini': 'extension=mysqli.so\n',
      'etc/cron.d/shop': '*/5 * * * * www-data /usr/bin/php8.1 /srv/shop/artisan schedule:run\n',
      'etc/systemd/system/php8.1-fpm.service.d/limits.conf': '[Service]\nLimitNOFILE=65536\n',
      'etc/alternatives/php': { link: '/usr/bin/php8.1' },
    };
    const { stdout, code } = await run('upgrade --root host', tree);
    await expect(stdout).toMatchFileSnapshot('printed/upgrade-everything.txt');
    expect(code).toBe(1);
  });

  test('says so where there is nothing to upgrade', async () => {
    const tree = { ...accounts, ...php82, ...nginx({ 'sites-enabled/shop': shop('8.2') }) };
    expect(await run('upgrade --root host', tree)).toMatchObject({
      code: 0,
      stdout:
        'host: nothing shows another PHP than 8.2; give --from or --to for an upgrade that is still to come\n',
    });
  });

  test('prints JSON', async () => {
    const { code, stdout } = await run('upgrade --root host -f json', forgotten);
    const start = shop('8.1').indexOf('unix:');
    const end = start + 'unix:/run/php/php8.1-fpm.sock'.length;
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      host: 'host',
      from: { version: '8.1', state: 'absent', pools: [] },
      to: { version: '8.2', state: 'runs', pools: ['www'] },
      pointers: [
        {
          area: 'nginx',
          today: 'nobody listens here',
          newLine: 'fastcgi_pass unix:/run/php/php8.2-fpm.sock;',
          affects: ['visitors of shop.example.com'],
          file: 'host/etc/nginx/sites-enabled/shop',
          line: 4,
          column: 22,
          fix: {
            safe: true,
            edits: [
              {
                file: 'host/etc/nginx/sites-enabled/shop',
                start,
                end,
                text: 'unix:/run/php/php8.2-fpm.sock',
              },
            ],
          },
        },
      ],
      lostPools: [],
      phpValuesUnknown: 'the php.ini of PHP 8.1 was not found',
    });
    expect(code).toBe(1);
  });

  test('writes the plan to a file', async () => {
    const fake = fakeIo({ files: { '/srv/etc/php/8.2/fpm/php-fpm.conf': '[global]\n' } });
    await main('upgrade --root . --to 8.3 --output plan.txt'.split(' '), fake.io);
    expect(fake.stdout()).toBe('');
    expect(fake.written.get('/srv/plan.txt')).toContain('PHP 8.2 to PHP 8.3');
  });

  test('lets nothing of the files steer the terminal', async () => {
    const tree = {
      ...forgotten,
      'etc/cron.d/x': '* * * * * root php8.1 \u001b[31m\u202e/srv/a.php\n',
    };
    const { stdout } = await run('upgrade --root host', tree, { columns: 100, env: { NO_COLOR: '1' } });
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(stdout).toContain('php8.2 \\x1b[31m\\u202e/srv/a.php');
  });
});

describe('no502 upgrade --fix', () => {
  test('points nginx at the new socket, and then nothing points at the old one', async () => {
    const { code, stdout, stderr, replaced } = await run('upgrade --root host --fix', forgotten);
    expect(replaced).toEqual({ [shopFile]: shop('8.2') });
    expect(stderr).toBe(
      'no502: fixed host/etc/nginx/sites-enabled/shop:4: fastcgi_pass unix:/run/php/php8.2-fpm.sock; [upgrade]\nno502: 1 fix in 1 file\n',
    );
    expect(stdout).toContain('nothing points at PHP 8.1 any more');
    expect(code).toBe(0);
  });

  test('does only that: other fixes are not its business', async () => {
    const text = `${shop('8.1')}server {\n    location ~ \\.php$ {\n        fastcgi_buffer_size 64k;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n`;
    const tree = { ...forgotten, ...nginx({ 'sites-enabled/shop': text }) };
    const { replaced } = await run('upgrade --root host --fix', tree);
    expect(replaced[shopFile]).toBe(text.replace('8.1', '8.2'));
  });

  test('leaves what the new version does not serve yet', async () => {
    const old = php('8.1', { www: www('8.1'), anna: pool('anna', '/run/php/php8.1-anna.sock') });
    const anna = site('anna.example.com', 'unix:/run/php/php8.1-anna.sock');
    const tree = { ...forgotten, ...old, ...nginx({ 'sites-enabled/shop': shop('8.1') + anna }) };
    const { code, replaced } = await run('upgrade --root host --fix', tree);
    expect(replaced).toEqual({ [shopFile]: shop('8.2') + anna });
    expect(code).toBe(1);
  });

  test('leaves a socket that nginx may not open: that would be another error', async () => {
    const locked = www('8.2').replaceAll('www-data', 'shop');
    const users = `${accounts['etc/passwd']}shop:x:1001:1001::/srv:/bin/false\n`;
    const groups = `${accounts['etc/group']}shop:x:1001:\n`;
    const old = php('8.1', { www: www('8.1').replace('user = www-data', 'user = shop') });
    const tree = {
      ...forgotten,
      ...old,
      ...php('8.2', { www: locked }),
      'etc/passwd': users,
      'etc/group': groups,
    };
    const { replaced, stderr, code } = await run('upgrade --root host --fix', tree);
    expect(replaced).toEqual({});
    expect(stderr).toContain('it would bring another error');
    expect(code).toBe(1);
  });

  test('does nothing a second time', async () => {
    const tree = { ...forgotten, ...nginx({ 'sites-enabled/shop': shop('8.2') }) };
    expect(await run('upgrade --root host --from 8.1 --fix', tree)).toMatchObject({
      code: 0,
      stderr: 'no502: nothing was fixed\n',
      replaced: {},
    });
  });

  test('only shows a diff where the run is dry', async () => {
    const { code, stdout, replaced } = await run('upgrade --root host --fix-dry-run', forgotten);
    expect(stdout).toContain('-        fastcgi_pass unix:/run/php/php8.1-fpm.sock;\n');
    expect(stdout).toContain('+        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n');
    expect([code, replaced]).toEqual([0, {}]);
  });
});

describe('a wrong call of no502 upgrade', () => {
  test.each([
    ['upgrade host', 'no502: upgrade takes no "host"; --root host takes it as the host\'s /\n'],
    ['upgrade --root host --to 83', 'no502: --to cannot be "83"; write it like 8.3; did you mean "8.3"?\n'],
    ['upgrade --root host --from eight', 'no502: --from cannot be "eight"; write it like 8.3\n'],
    ['upgrade --root host -f sarif', 'no502: --format cannot be "sarif": it is pretty, json\n'],
    ['upgrade --root host --fix-unsafe', 'no502: unknown option --fix-unsafe'],
    ['upgrade --root nowhere', 'no502: --root nowhere: No such file or directory\n'],
  ])('%s', async (line, message) => {
    const { code, stdout, stderr } = await run(line, forgotten);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('is explained by its help', async () => {
    const { stdout, code } = await run('upgrade --help');
    expect(stdout).toContain('Usage: no502 upgrade [options]');
    expect(code).toBe(0);
  });
});
