import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runIn, type ScratchRepository, scratchRepository } from './scratch-repository.ts';

const shop = 'deploy/root/etc/nginx/sites-available/shop';
const legacySite = 'deploy/root/etc/nginx/sites-available/legacy';
const legacyPool = 'deploy/root/etc/php/8.1/fpm/pool.d/legacy.conf';
const staleSite =
  'server {\n    server_name old.example.com;\n    location / {\n        include fastcgi.conf; fastcgi_read_timeout 60s;\n        fastcgi_pass unix:/run/php/gone.sock;\n    }\n}\n';

describe('--changed', () => {
  let repository: ScratchRepository;
  beforeEach(() => {
    repository = scratchRepository('healthy');
  });
  afterEach(() => repository.remove());
  const run = (...argv: readonly string[]) =>
    runIn(repository.directory, '--root', 'deploy/root', '-f', 'compact', ...argv);

  test('lints the whole host and reports what stands in the files', async () => {
    repository.write(legacySite, staleSite);
    const other = await run('--changed', shop);
    expect(other).toMatchObject({ code: 0, stdout: '' });
    const own = await run('--changed', legacySite, shop);
    expect(own.stdout).toMatch(
      /^deploy\/root\/etc\/nginx\/sites-available\/legacy:5:22: error: .*gone\.sock \[fastcgi-pass-not-listened\]\n$/,
    );
    expect(own.code).toBe(1);
  });

  test('counts what it leaves out', async () => {
    repository.write(legacySite, staleSite);
    const { stdout } = await runIn(repository.directory, '--root', 'deploy/root', '--changed', shop);
    expect(stdout).toMatch(/\nnot shown: 1 finding that the change does not cause\n(.*\n)*no problem found/);
    const json = await runIn(repository.directory, '--root', 'deploy/root', '-f', 'json', '--changed', shop);
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [], summary: { errors: 0, elsewhere: 1 } });
  });

  test('reports what stands elsewhere and has its reason in the files', async () => {
    repository.write(
      'deploy/root/etc/nginx/sites-available/shop2',
      staleSite.replace('gone.sock', 'php8.1-shop.sock'),
    );
    symlinkSync(
      '../sites-available/shop2',
      join(repository.directory, 'deploy/root/etc/nginx/sites-enabled/shop2'),
    );
    const pool = 'deploy/root/etc/php/8.3/fpm/pool.d/shop.conf';
    const { stdout } = await run('--changed', pool);
    expect(stdout).toMatch(/^\S+\/sites-available\/shop2:5:22: error: [^\n]+\n$/);
  });

  test('takes a link for the file that it leads to, inside of the root', async () => {
    repository.write(legacySite, staleSite);
    const link = 'deploy/root/etc/nginx/sites-enabled/legacy';
    expect((await run('--changed', link)).code).toBe(1);
    expect((await run('--changed', join(repository.directory, link))).code).toBe(1);
  });

  test('without a root lints the current directory; files that are gone are no fault', async () => {
    repository.write(legacySite, staleSite);
    const { stdout, stderr } = await runIn(
      repository.directory,
      '-f',
      'compact',
      '--changed',
      legacySite,
      'gone',
    );
    expect(stdout).toContain('legacy:5:22: error: ');
    expect(stderr).toBe('');
  });

  test('reports everything where no502.yaml was changed', async () => {
    repository.write(legacySite, staleSite);
    repository.write('no502.yaml', 'root: deploy/root\n');
    const at = (file: string) => runIn(repository.directory, '-f', 'compact', '--changed', file);
    expect((await at(shop)).stdout).toBe('');
    expect((await at('no502.yaml')).stdout).toContain('legacy:5:22: error: ');
  });

  test.each(['--fix', '--fix-dry-run', '--update-baseline'])('does not go with %s', async (option) => {
    expect(await runIn(repository.directory, '--changed', option, shop)).toMatchObject({
      code: 2,
      stderr: `no502: --changed takes no ${option}\n`,
    });
  });
});

describe('--staged', () => {
  let repository: ScratchRepository;
  beforeEach(() => {
    repository = scratchRepository('healthy');
  });
  afterEach(() => repository.remove());
  const run = (...argv: readonly string[]) =>
    runIn(repository.directory, '--root', 'deploy/root', '-f', 'compact', '--staged', ...argv);

  test('judges what is staged, whatever the work tree holds by now', async () => {
    repository.write(legacySite, staleSite);
    expect(await run()).toMatchObject({ code: 0, stdout: '', stderr: '' });
    repository.git('add', '--all');
    repository.write(legacySite, '');
    expect((await run()).stdout).toContain('legacy:5:22: error: ');
  });

  test('reports what a removed pool leaves behind', async () => {
    repository.git('rm', '--quiet', legacyPool);
    const { code, stdout } = await run();
    expect(stdout).toContain('deploy/root/etc/nginx/sites-available/legacy:');
    expect(code).toBe(1);
  });

  test('reports nothing that was committed before', async () => {
    repository.git('rm', '--quiet', legacyPool);
    repository.git('commit', '--quiet', '--message', 'x');
    repository.write('deploy/root/etc/nginx/conf.d/new.conf', '# new\n');
    repository.git('add', '--all');
    expect(await run()).toMatchObject({ code: 0, stdout: '' });
    // A file that the call names is changed, whatever git says.
    expect((await run(legacySite)).code).toBe(1);
  });

  test('reports a comment that the commit leaves without use, and none that was so before', async () => {
    const commented = staleSite.replace(
      '        fastcgi_pass',
      '        # no502-disable-next-line fastcgi-pass-not-listened -- its pool comes later\n        fastcgi_pass',
    );
    repository.write(legacySite, commented);
    repository.git('add', '--all');
    expect(await run()).toMatchObject({ code: 0, stdout: '' });
    repository.git('commit', '--quiet', '--message', 'x');
    const [, socket = ''] = /unix:(\S+);/.exec(staleSite) ?? [];
    const pool = `[late]\nuser = www-data\nlisten = ${socket}\nlisten.owner = www-data\nlisten.mode = 0660\npm = ondemand\npm.max_children = 2\n`;
    repository.write('deploy/root/etc/php/8.3/fpm/pool.d/late.conf', pool);
    repository.git('add', '--all');
    expect((await run()).stdout).toMatch(/^deploy\S+legacy:5:\d+: warning: .* \[suppression-unused\]\n$/);
    repository.git('commit', '--quiet', '--message', 'x');
    repository.write('deploy/root/etc/nginx/conf.d/new.conf', '# new\n');
    repository.git('add', '--all');
    expect(await run()).toMatchObject({ code: 0, stdout: '' });
  });

  test('reports a site that a link switches on', async () => {
    repository.write('deploy/root/etc/nginx/sites-available/off', staleSite);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'x');
    symlinkSync(
      '/etc/nginx/sites-available/off',
      join(repository.directory, 'deploy/root/etc/nginx/sites-enabled/on'),
    );
    repository.git('add', '--all');
    expect((await run()).stdout).toContain('sites-available/off:5:22: error: ');
  });

  test('reads no502.yaml as it is staged, or else from the disk', async () => {
    repository.git('rm', '--quiet', legacyPool);
    const call = () => runIn(repository.directory, '-f', 'compact', '--staged');
    repository.write(
      'no502.yaml',
      'root: deploy/root\nrules:\n  fastcgi-pass-not-listened: warning\n  stale-php-version-socket: warning\n  fpm-include-broken: warning\n',
    );
    expect(await call()).toMatchObject({ code: 0, stdout: expect.stringContaining('legacy') });
    repository.git('add', 'no502.yaml');
    repository.write('no502.yaml', 'nonsense');
    expect(await call()).toMatchObject({ code: 0, stdout: expect.stringContaining('legacy') });
  });

  test('the first commit: all of it is new', async () => {
    repository.git('update-ref', '-d', 'HEAD');
    repository.write(legacySite, staleSite);
    repository.git('add', '--all');
    expect((await run()).stdout).toContain('legacy:5:22: error: ');
  });

  test('outside of a repository', async () => {
    expect(await runIn('/', '--staged')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^no502: --staged needs a git repository with a work tree: not a git repo/,
      ),
    });
  });
});

describe('a change in a repository with a compose project', () => {
  let repository: ScratchRepository;
  const compose =
    'services:\n  web:\n    image: nginx:1.22\n    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]\n' +
    '  php:\n    image: php:8.2-fpm\n    volumes: ["./pool.conf:/usr/local/etc/php-fpm.d/zzz.conf"]\n';
  const site = (pass: string): string =>
    'server {\n    listen 80;\n    server_name shop.example.com;\n    location / {\n        include fastcgi_params;\n' +
    '        fastcgi_param SCRIPT_FILENAME /srv/index.php;\n        fastcgi_read_timeout 60s;\n' +
    `        fastcgi_pass ${pass};\n    }\n}\n`;
  const pool = (listen: string): string => `[www]\nlisten = ${listen}\n`;
  const other =
    'services:\n  web:\n    image: nginx:1.22\n    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]\n';

  beforeEach(() => {
    repository = scratchRepository();
    repository.write('shop/compose.yaml', compose);
    repository.write('shop/site.conf', site('php:9000'));
    repository.write('shop/pool.conf', pool('9000'));
    // Another project, which is broken whatever is changed in the first.
    repository.write('blog/compose.yaml', other);
    repository.write('blog/site.conf', site('fpm:9000'));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'two projects');
  });
  afterEach(() => repository.remove());
  const run = (...argv: readonly string[]) => runIn(repository.directory, '-f', 'compact', ...argv);
  /** Both ways to ask for a change: the errors. */
  async function errorsOf(file: string): Promise<readonly string[]> {
    const changed = await run('--changed', file);
    repository.git('add', '--all');
    const staged = await run('--staged');
    return [changed, staged].map(({ stdout }) =>
      stdout
        .split('\n')
        .filter((line) => line.includes(' error: '))
        .join('\n'),
    );
  }

  test.each([
    [
      'a service that is renamed in compose.yaml',
      'shop/compose.yaml',
      compose.replace('  php:', '  fpm:'),
      'shop/site.conf:8:22: error: no container is called "php" [upstream-host-unknown]',
    ],
    [
      'a network that only one of two services is in',
      'shop/compose.yaml',
      `${compose}    networks: [back]\nnetworks:\n  back:\n`,
      'shop/site.conf:8:22: error: the service php is in no network of the service web [compose-no-shared-network]',
    ],
    [
      'an address in an nginx file',
      'shop/site.conf',
      site('php:9001'),
      'shop/site.conf:8:22: error: no pool of the service php listens on php:9001 [fastcgi-pass-not-listened]',
    ],
    [
      'the address of a pool',
      'shop/pool.conf',
      pool('9001'),
      'shop/site.conf:8:22: error: no pool of the service php listens on php:9000 [fastcgi-pass-not-listened]',
    ],
  ])('%s', async (_, file, text, error) => {
    repository.write(file, text);
    expect(await errorsOf(file)).toEqual([error, error]);
  });

  test.each([
    [
      'the .env that fills in a compose file',
      '.env',
      'PHP_ALIAS=fpm\n',
      'PHP_ALIAS=app\n',
      'shop/site.conf:8:22: error: no container is called "fpm" [upstream-host-unknown]',
    ],
    [
      'the env file of a service',
      'web.env',
      'APP_HOST=app\n',
      'APP_HOST=nobody\n',
      'shop/app.template:2:40: error: no container is called "nobody" [upstream-host-unknown]',
    ],
  ])('%s', async (_, file, before, after, error) => {
    repository.write(
      'shop/compose.yaml',
      'services:\n  web:\n    image: nginx:1.22\n    env_file: [web.env]\n    volumes:\n' +
        '      - ./site.conf:/etc/nginx/conf.d/default.conf\n      - ./app.template:/etc/nginx/templates/app.conf.template\n' +
        '  php:\n    image: php:8.2-fpm\n    networks: { default: { aliases: ["${PHP_ALIAS}"] } }\n' +
        '  app:\n    image: example.com/app\n',
    );
    repository.write('shop/site.conf', site('fpm:9000'));
    repository.write(
      'shop/app.template',
      'server {\n    listen 81; location / { proxy_pass http://${APP_HOST}:9001; }\n}\n',
    );
    repository.write('shop/.env', 'PHP_ALIAS=fpm\n');
    repository.write('shop/web.env', 'APP_HOST=app\n');
    repository.write(`shop/${file}`, before);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'with variables');
    repository.write(`shop/${file}`, after);
    expect(await errorsOf(`shop/${file}`)).toEqual([error, error]);
  });

  test('reports nothing of a project that was not changed', async () => {
    repository.write('shop/compose.yaml', `${compose}# the same\n`);
    expect(await errorsOf('shop/compose.yaml')).toEqual(['', '']);
  });
});
