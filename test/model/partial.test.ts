import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lint } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';

type Tree = Parameters<typeof memoryFileSystem>[0];

function lintIn(tree: Tree, more: { paths?: readonly string[]; root?: string } = {}) {
  return lint({
    fs: memoryFileSystem(tree),
    cwd: '/repo',
    paths: more.root === undefined ? (more.paths ?? ['.']) : [],
    exclude: [],
    options: {},
    rules,
    ...(more.root !== undefined && { root: more.root }),
  });
}

async function errorsIn(tree: Tree, more: { paths?: readonly string[]; root?: string } = {}) {
  const { findings } = await lintIn(tree, more);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, at }) => `${at.source.file}: ${rule}`);
}

const PASSWD = 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n';
const MAIN = 'events {\n}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n}\n';
const SITE =
  'server {\n  listen 80;\n  location ~ \\.php$ {\n    fastcgi_pass unix:/run/php/old.sock;\n  }\n}\n';
const POOL = '[www]\nuser = www-data\nlisten = /run/php/new.sock\npm = static\npm.max_children = 5\n';
const GLOBAL = '[global]\ninclude = /etc/php/8.2/fpm/pool.d/*.conf\n';

describe('an overlay of an image is not a host', () => {
  test.each<[string, Tree]>([
    ['its php-fpm.conf may include pools that the image brings', { 'etc/php/8.2/fpm/php-fpm.conf': GLOBAL }],
    [
      'its pool may be completed by another file',
      { 'etc/php/8.2/fpm/pool.d/zz.conf': '[www]\npm.max_children = 5\n' },
    ],
    [
      'its nginx may include what the image brings',
      { 'etc/nginx/nginx.conf': `include /etc/nginx/charset;\n${MAIN}` },
    ],
    [
      'its masters are alternatives',
      { 'etc/php/8.1/fpm/pool.d/www.conf': POOL, 'etc/php/8.2/fpm/pool.d/www.conf': POOL },
    ],
    [
      'its pools may not be all',
      { 'etc/nginx/conf.d/shop.conf': SITE, 'etc/php/8.2/fpm/pool.d/www.conf': POOL },
    ],
  ])('%s', async (_, files) => {
    const tree = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`/repo/rootfs/${path}`, text]),
    );
    expect(await errorsIn(tree)).toEqual([]);
    expect(await errorsIn(tree, { paths: ['rootfs'] })).toEqual([]);
  });

  test('one with accounts and a main file is', async () => {
    const tree = {
      '/repo/host/etc/passwd': PASSWD,
      '/repo/host/etc/group': 'root:x:0:\nwww-data:x:33:\n',
      '/repo/host/etc/nginx/nginx.conf': MAIN,
      '/repo/host/etc/nginx/conf.d/shop.conf': SITE,
      '/repo/host/etc/php/8.2/fpm/php-fpm.conf': GLOBAL,
      '/repo/host/etc/php/8.2/fpm/pool.d/www.conf': POOL,
    };
    expect(await errorsIn(tree)).toEqual(['host/etc/nginx/conf.d/shop.conf: fastcgi-pass-not-listened']);
  });

  test('what is wrong in a file by itself is an error all the same', async () => {
    expect(
      await errorsIn({
        '/repo/rootfs/etc/php/8.2/fpm/pool.d/www.conf': `${POOL}pm.max_childs = 5\n`,
        '/repo/rootfs/etc/nginx/conf.d/shop.conf': 'server {\n  listen 80\n}\n',
      }),
    ).toEqual([
      'rootfs/etc/nginx/conf.d/shop.conf: nginx-syntax',
      'rootfs/etc/php/8.2/fpm/pool.d/www.conf: fpm-unknown-entry',
    ]);
  });
});

describe('files of a repository', () => {
  test('may be alternatives: nothing is claimed twice across them', async () => {
    const server = 'server {\n  listen 80 default_server;\n  location / {\n  }\n}\n';
    expect(
      await errorsIn({
        '/repo/nginx/dev.conf': server,
        '/repo/nginx/prod.conf': server,
        '/repo/php/dev.conf': POOL,
        '/repo/php/prod.conf': POOL.replace('www', 'prod'),
      }),
    ).toEqual([]);
  });

  test('of one pool.d are read together', async () => {
    expect(
      await errorsIn({ '/repo/pool.d/a.conf': POOL, '/repo/pool.d/b.conf': POOL.replace('www', 'other') }),
    ).toEqual(['pool.d/b.conf: pool-listen-conflict']);
  });

  test.each([
    ['lines for a pool that another file opens', 'pm.max_children = 5\nphp_admin_value[x] = y\n'],
    ['a pool below an include that leaves its section open', 'include = etc/php-fpm.d/*.conf\npm = static\n'],
    ['supervisord starting php-fpm', '[supervisord]\nlogfile = /x\n[program:fpm]\nuser = root\nenv = a\n'],
  ])('%s', async (_, text) => {
    expect(await errorsIn({ '/repo/php/php-fpm.conf': text, '/repo/site': SITE })).toEqual([]);
  });

  test('for PHP 5 may have comments with #', async () => {
    const pool = `${POOL}# chroot = /srv\n`;
    expect(await errorsIn({ '/repo/etc/php5/fpm/pool.d/www.conf': pool })).toEqual([]);
    expect(await errorsIn({ '/repo/etc/php/8.2/fpm/pool.d/www.conf': pool })).toEqual([
      'etc/php/8.2/fpm/pool.d/www.conf: fpm-syntax',
    ]);
  });
});

describe('templates', () => {
  const templates = {
    '/repo/nginx/site.conf.j2': 'server {\n  {% if tls %}\n  listen {{ port }};\n  {% endif %}\n}\n',
    '/repo/php/www.conf': '[www]\nlisten = @LISTEN@\npm = @PM@\n',
  };

  test('of nginx are read where only values are filled in; what they leave open is unknown, and nothing is an error', async () => {
    const { findings, summary, reading } = await lintIn({
      '/repo/nginx/site.conf.template':
        'upstream php {\n  server ${PHP_HOST}:9000;\n}\nserver {\n  listen ${PORT};\n  server_name ${DOMAIN};\n' +
        '  resolver ${RESOLVER};\n  location ~ \\.php$ {\n    fastcgi_pass php;\n    fastcgi_read_timeout 0;\n  }\n' +
        '  location / {\n    proxy_pass http://${APP}:3000;\n    proxy_read_timeout ${WAIT};\n  }\n}\n',
    });
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'warning zero-upstream-timeout',
    ]);
    expect(summary).toMatchObject({ servers: 1, passes: 2, unknown: 2 });
    expect(summary.templates).toBeUndefined();
    expect(reading.templates).toMatchObject([{ file: 'nginx/site.conf.template', isRead: true }]);
    expect(reading.passes.map(({ pass }) => pass)).toContain('proxy_pass http://${APP}:3000');
  });

  test('given by path are counted, named and not judged', async () => {
    const { findings, summary, reading } = await lintIn(templates);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ templates: 2, pools: 0, servers: 0 });
    expect(reading.templates).toEqual([
      { file: 'nginx/site.conf.j2', placeholder: '{% if', isRead: false },
      { file: 'php/www.conf', placeholder: '@LISTEN@', isRead: false },
    ]);
  });

  test('named one by one are no mistake in the call', async () => {
    const { reading } = await lintIn(templates, { paths: ['php/www.conf'] });
    expect(reading).toMatchObject({ templates: [{ file: 'php/www.conf' }], unread: [] });
  });

  test('are not read where a file includes them', async () => {
    const tree = {
      '/repo/n/nginx.conf': MAIN,
      '/repo/n/conf.d/a.conf': 'server {\n  listen {{ port }};\n}\n',
    };
    expect(await errorsIn(tree)).toEqual([]);
  });

  test('below --root are text as any other', async () => {
    const tree = {
      '/repo/h/etc/nginx/nginx.conf': MAIN,
      '/repo/h/etc/nginx/conf.d/a.conf': 'server {\n  listen {{ port }};\n}\n',
    };
    const errors = await errorsIn(tree, { root: 'h' });
    expect(new Set(errors)).toEqual(new Set(['h/etc/nginx/conf.d/a.conf: nginx-syntax']));
  });
});

describe('each way to name the same site', () => {
  const broken = 'server {\n  listen 80;\n  server_name shop.example.com;\n  root /srv\n}\n';
  const tree = {
    '/repo/etc/nginx/nginx.conf': 'events {\n}\nhttp {\n  include sites-enabled/*;\n}\n',
    '/repo/etc/nginx/sites-available/shop': broken,
    '/repo/etc/nginx/sites-available/off': 'server {\n  liste 80;\n}\n',
    '/repo/etc/nginx/sites-enabled/shop': { link: '/etc/nginx/sites-available/shop' },
  };

  test.each([
    ['a single site file', 'etc/nginx/sites-available/shop'],
    ['the main file', 'etc/nginx/nginx.conf'],
    ['the directory of nginx', 'etc/nginx'],
    ['the repository', '.'],
  ])('%s', async (_, path) => {
    expect(await errorsIn(tree, { paths: [path] })).toEqual(['etc/nginx/sites-available/shop: nginx-syntax']);
  });

  test('the directory of enabled sites', async () => {
    const linked = { ...tree, '/repo/etc/nginx/sites-enabled/shop': { link: '../sites-available/shop' } };
    expect(await errorsIn(linked, { paths: ['etc/nginx/sites-enabled'] })).toEqual([
      'etc/nginx/sites-available/shop: nginx-syntax',
    ]);
  });

  test('passes of a site that the main file does not reach are read all the same', async () => {
    const { reading } = await lintIn({
      '/repo/nginx/nginx.conf': MAIN,
      '/repo/nginx/default.conf': SITE,
    });
    expect(reading.passes.map(({ pass }) => pass)).toEqual(['fastcgi_pass unix:/run/php/old.sock']);
  });
});

test('a file that nothing includes is read as where its nginx.conf would include it', async () => {
  const handler = 'location ~ \\.php$ {\n  fastcgi_pass unix:/run/php/new.sock;\n}\n';
  const tree = (more: string): Tree => ({
    '/repo/etc/nginx/nginx.conf': `events {\n}\nhttp {\n  ${more}\n}\n`,
    '/repo/etc/nginx/php_handler.conf': handler,
    '/repo/etc/php/8.2/fpm/pool.d/www.conf': POOL,
  });
  const about = async (more: string) =>
    (await lintIn(tree(more))).findings.filter(({ rule }) => rule === 'read-timeout-missing').length;
  expect(await about('')).toBe(1);
  expect(await about('fastcgi_read_timeout 300s;')).toBe(0);
});
