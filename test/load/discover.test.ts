import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discover } from '../../src/load/discover.ts';
import { disk } from '../../src/load/disk.ts';
import type { Discovery } from '../../src/load/host-input.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { loadNginx } from '../../src/load/nginx.ts';
import { UsageError } from '../../src/load/usage-error.ts';

type Tree = Parameters<typeof memoryFileSystem>[0];

function discoverIn(
  tree: Tree,
  paths: readonly string[],
  more: { root?: string; exclude?: readonly string[] } = {},
): Promise<Discovery> {
  return discover({ fs: memoryFileSystem(tree), cwd: '/repo', paths, exclude: [], ...more });
}

const MAIN = 'events {\n}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n';
const SITE = 'server {\n  listen 80;\n}\n';
const PASSWD = 'root:x:0:0:root:/root:/bin/bash\n';
const POOL = '[www]\npm = static\nlisten = 9000\n';
const GLOBAL = '[global]\ninclude = /etc/php/8.2/fpm/pool.d/*.conf\n';

describe('a whole host', () => {
  const host = { '/repo/h/etc/nginx/nginx.conf': MAIN, '/repo/h/etc/php/8.2/fpm/php-fpm.conf': GLOBAL };

  test('--root names the directory that plays /', async () => {
    const { hosts, problems } = await discoverIn(host, [], { root: 'h' });
    expect(problems).toEqual([]);
    expect(hosts).toMatchObject([
      {
        name: 'h',
        given: 'root',
        nginx: { kind: 'main', path: '/etc/nginx/nginx.conf' },
        masters: [{ layout: 'debian', phpVersion: '8.2' }],
        complete: { nginx: true, fpm: true },
      },
    ]);
    expect(hosts[0]?.root.directory).toBe('/repo/h');
  });

  test('a path that holds accounts and a main file is a root, also when it is met on the way', async () => {
    for (const path of ['h', '.']) {
      const { hosts } = await discoverIn({ ...host, '/repo/h/etc/passwd': PASSWD }, [path]);
      expect(hosts).toMatchObject([{ name: 'h', given: 'root' }]);
    }
  });

  test('without arguments it is the live host', async () => {
    const { hosts } = await discoverIn({ '/etc/nginx/nginx.conf': MAIN, '/repo/x': '' }, []);
    expect(hosts).toMatchObject([{ name: 'this host', given: 'live', masters: [], complete: { fpm: true } }]);
  });

  test('a checkout without any php-fpm says nothing about who listens', async () => {
    const { hosts } = await discoverIn({ '/repo/h/etc/nginx/nginx.conf': MAIN }, [], { root: 'h' });
    expect(hosts[0]?.complete).toEqual({ nginx: true, fpm: false });
  });

  test.each([
    ['none', '--root none: No such file or directory'],
    ['h/etc/nginx/nginx.conf', '--root h/etc/nginx/nginx.conf: it is not a directory'],
    ['h/etc', 'neither nginx nor php-fpm was found in h/etc; give files as paths, or --root DIR'],
  ])('--root %s', async (root, message) => {
    await expect(discoverIn(host, [], { root })).rejects.toEqual(new UsageError(message));
  });
});

describe('paths', () => {
  test('site files without a main file', async () => {
    const { hosts } = await discoverIn({ '/repo/nginx/sites-enabled/shop': SITE, '/repo/www.conf': POOL }, [
      '.',
    ]);
    expect(hosts).toMatchObject([
      {
        given: 'paths',
        nginx: { kind: 'files', paths: ['/repo/nginx/sites-enabled/shop'], prefix: '/repo/nginx' },
        masters: [],
        poolFiles: [{ paths: ['/repo/www.conf'] }],
        complete: { nginx: false, fpm: false },
      },
    ]);
  });

  test("a repository's nginx.conf includes what lies beside it, not what this machine has", async () => {
    const tree = {
      '/repo/docker/nginx.conf': MAIN,
      '/repo/docker/conf.d/shop.conf': SITE,
      '/repo/docker/conf.d/off.conf.disabled': SITE,
      '/etc/nginx/conf.d/of-this-machine.conf': SITE,
    };
    const { hosts } = await discoverIn(tree, ['docker']);
    const [host] = hosts;
    // What the main file includes is named twice and read once.
    expect(host?.nginx).toEqual({
      kind: 'main',
      path: '/repo/docker/nginx.conf',
      others: ['/repo/docker/conf.d/shop.conf'],
    });
    const loaded = host && loadNginx(host.root, '/repo/docker/nginx.conf');
    expect(loaded && 'files' in loaded && loaded.files.map((file) => file.parsed.source.file)).toEqual([
      'docker/nginx.conf',
      'docker/conf.d/shop.conf',
    ]);
  });

  test('a site that is named beside nginx.conf is read even where nothing includes it', async () => {
    const tree = { '/repo/n/nginx.conf': MAIN, '/repo/n/new': SITE, '/repo/elsewhere/other': SITE };
    const { hosts } = await discoverIn(tree, ['n', 'n/new', 'elsewhere']);
    expect(hosts[0]?.nginx).toMatchObject({ others: ['/repo/n/new', '/repo/elsewhere/other'] });
  });

  test('of two hosts in one repository, each gets the pools nearest to it', async () => {
    const tree = {
      '/repo/a/nginx.conf': MAIN,
      '/repo/a/www.conf': POOL,
      '/repo/b/nginx.conf': MAIN,
      '/repo/b/php/www.conf': POOL,
    };
    const { hosts } = await discoverIn(tree, ['.']);
    expect(hosts.map(({ nginx, poolFiles }) => [nginx?.kind === 'main' && nginx.path, poolFiles])).toEqual([
      ['/repo/a/nginx.conf', [{ paths: ['/repo/a/www.conf'] }]],
      ['/repo/b/nginx.conf', [{ paths: ['/repo/b/php/www.conf'] }]],
    ]);
  });

  test('a php-fpm.conf brings the pools that lie beside it', async () => {
    const tree = { '/repo/php/8.2/fpm/php-fpm.conf': GLOBAL, '/repo/php/8.2/fpm/pool.d/www.conf': POOL };
    const { hosts } = await discoverIn(tree, ['php']);
    expect(hosts).toMatchObject([{ masters: [{ configPath: '/repo/php/8.2/fpm/php-fpm.conf' }] }]);
    expect(hosts[0]?.root.glob('/etc/php/8.2/fpm/pool.d/*.conf').paths).toHaveLength(1);
  });

  test('the path tells how php-fpm was packaged', async () => {
    const { hosts } = await discoverIn({ '/repo/files/etc/php/8.2/fpm/php-fpm.conf': GLOBAL }, [
      'files/etc/php',
    ]);
    expect(hosts[0]?.masters).toMatchObject([{ layout: 'debian', phpVersion: '8.2', prefix: '/usr' }]);
  });

  test('links of a repository to /etc/nginx do not read the files of this machine', async () => {
    const tree = {
      '/repo/n/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
      '/repo/n/sites-available/shop': SITE,
      '/etc/nginx/sites-available/shop': 'server { listen 1; }',
    };
    const { hosts } = await discoverIn(tree, ['n']);
    expect(hosts).toMatchObject([{ nginx: { paths: ['/repo/n/sites-available/shop'] } }]);
  });

  test('links of sites-enabled are followed to sites-available beside it', async () => {
    const tree = {
      '/etc/nginx/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
      '/etc/nginx/sites-available/shop': SITE,
    };
    const { hosts } = await discoverIn(tree, ['/etc/nginx/sites-enabled']);
    expect(hosts).toMatchObject([
      { nginx: { paths: ['/etc/nginx/sites-enabled/shop'], prefix: '/etc/nginx' } },
    ]);
  });

  test('a directory may be given by a link to it, as long as that does not lead out', async () => {
    const tree = { '/repo/link': { link: 'real' }, '/repo/real/a/site': SITE };
    const { hosts } = await discoverIn(tree, ['link']);
    expect(hosts).toMatchObject([{ nginx: { paths: ['/repo/real/a/site'] } }]);
    const out = { '/repo/link': { link: '../real' }, '/real/a/site': SITE };
    await expect(discoverIn(out, ['link'])).rejects.toThrow(
      /^link: it leads out of the current directory, to \/real;/,
    );
    expect((await discoverIn(out, ['/real'])).hosts).toMatchObject([{ nginx: { paths: ['/real/a/site'] } }]);
  });

  test('other directories are passed over', async () => {
    const tree = {
      '/repo/vendor/x/nginx.conf': MAIN,
      '/repo/.git/nginx.conf': MAIN,
      '/repo/a.md': SITE,
      '/repo/site': SITE,
    };
    const { hosts } = await discoverIn(tree, ['.']);
    expect(hosts).toMatchObject([{ nginx: { kind: 'files', paths: ['/repo/site'] } }]);
  });

  test('what was named and cannot be used is said, and the rest is read', async () => {
    const tree = {
      '/repo/site': SITE,
      '/repo/secret.conf': { denied: true },
      '/repo/bin': 'a\0b',
      '/repo/notes': 'hello\n',
      '/repo/met/x.conf': 'a\0b',
      '/repo/met/picture': 'a\0b',
    } as const;
    const { hosts, problems } = await discoverIn(tree, ['site', 'secret.conf', 'bin', 'notes', 'met']);
    expect(hosts).toHaveLength(1);
    expect(problems).toEqual([
      { file: 'secret.conf', reason: 'Permission denied', named: true },
      { file: 'bin', reason: 'it is a binary file (byte 2 is zero)', named: true },
      { file: 'notes', reason: 'it is no configuration of nginx or php-fpm', named: true },
      { file: 'met/x.conf', reason: 'it is a binary file (byte 2 is zero)', named: false },
    ]);
  });

  test.each([
    [['none'], 'none: No such file or directory'],
    [
      ['empty'],
      'no configuration of nginx or php-fpm was found in empty; give --root DIR where DIR is the / of a host',
    ],
  ])('%s', async (paths, message) => {
    const tree = { '/repo/empty': { directory: true } } as const;
    await expect(discoverIn(tree, paths)).rejects.toEqual(new UsageError(message));
  });
});

describe('patterns', () => {
  let directory = '';

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-paths-')));
    for (const path of ['a/one.conf', 'a/b/two.conf', 'skip/three.conf']) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), SITE);
    }
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const call = (paths: readonly string[], exclude: readonly string[] = []) =>
    discover({ fs: disk, cwd: directory, paths, exclude });
  const sites = ({ hosts }: Discovery) =>
    hosts
      .flatMap(({ nginx }) => (nginx?.kind === 'files' ? nginx.paths : []))
      .map((path) => path.slice(directory.length + 1));

  test('are expanded as shells with ** do', async () => {
    expect(sites(await call(['**/*.conf']))).toEqual(['a/b/two.conf', 'a/one.conf', 'skip/three.conf']);
    expect(sites(await call(['{a,skip}/*.conf']))).toEqual(['a/one.conf', 'skip/three.conf']);
  });

  test('that match nothing are a mistake in the call', async () => {
    await expect(call(['*.nothing'])).rejects.toEqual(
      new UsageError('*.nothing: nothing matches the pattern'),
    );
  });

  test('exclude files from patterns and walks alike', async () => {
    expect(sites(await call(['**/*.conf'], ['skip/**']))).toEqual(['a/b/two.conf', 'a/one.conf']);
    expect(sites(await call(['.'], ['skip', 'a/b/*']))).toEqual(['a/one.conf']);
  });
});
