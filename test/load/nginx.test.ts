import { describe, expect, test } from 'vitest';
import type { Included } from '../../src/load/included.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { type LoadedNginx, loadNginx, loadNginxFiles } from '../../src/load/nginx.ts';
import { guessContext } from '../../src/load/nginx-context.ts';
import { includesOf } from '../../src/load/nginx-extent.ts';
import { openRoot } from '../../src/load/root.ts';
import { parseNginx } from '../../src/syntax/nginx/parse.ts';

type Tree = Parameters<typeof memoryFileSystem>[0];

const WHOLE = { '/usr/bin/nginx': '' };

function load(tree: Tree, main = '/etc/nginx/nginx.conf'): LoadedNginx {
  const loaded = loadNginx(openRoot(memoryFileSystem(tree), '/host', '/host'), main);
  if ('kind' in loaded) throw new Error(loaded.message);
  return loaded;
}

/** A whole host whose `/` is /host. */
function host(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries({ ...WHOLE, ...tree }).map(([path, entry]) => [`/host${path}`, entry]),
  );
}

/** What the includes of all files bring, file by file. */
function included(loaded: LoadedNginx): readonly Included[] {
  return loaded.files.flatMap(({ parsed: { source, contents } }) =>
    includesOf(contents).flatMap(({ statement }) => loaded.included(statement, source) ?? []),
  );
}

function pathsOf(found: Included | undefined): readonly string[] {
  return found?.kind === 'files' ? found.files.map(({ path }) => path) : [];
}

describe('includes', () => {
  test('are relative to the directory of nginx.conf, wherever they stand', () => {
    const loaded = load(
      host({
        '/etc/nginx/nginx.conf': 'http { include conf.d/*.conf; }',
        '/etc/nginx/conf.d/shop.conf': 'server { include snippets/php.conf; }',
        '/etc/nginx/snippets/php.conf': 'location / { }',
      }),
    );
    expect(included(loaded).map(pathsOf)).toEqual([
      ['/etc/nginx/conf.d/shop.conf'],
      ['/etc/nginx/snippets/php.conf'],
    ]);
    expect(loaded.files.map(({ path }) => path)).toEqual([
      '/etc/nginx/nginx.conf',
      '/etc/nginx/conf.d/shop.conf',
      '/etc/nginx/snippets/php.conf',
    ]);
    expect(loaded).toMatchObject({ prefix: '/etc/nginx', complete: true, modulesComplete: true });
  });

  test('stand in any block: upstream, map, types, geo', () => {
    const loaded = load(
      host({
        '/etc/nginx/nginx.conf':
          'http { upstream a { include p; } map $a $b { include p; } types { include p; } geo $c { include p; } }',
        '/etc/nginx/p': '',
      }),
    );
    expect(included(loaded)).toHaveLength(4);
  });

  test('enabled sites are read through their links, disabled ones are not read', () => {
    const loaded = load(
      host({
        '/etc/nginx/nginx.conf': 'http { include /etc/nginx/sites-enabled/*; }',
        '/etc/nginx/sites-available/on': 'server { listen 80; }',
        '/etc/nginx/sites-available/off': 'server { listen 81; }',
        '/etc/nginx/sites-enabled/on': { link: '/etc/nginx/sites-available/on' },
        '/etc/nginx/sites-enabled/.swp': 'never',
      }),
    );
    expect(pathsOf(included(loaded)[0])).toEqual(['/etc/nginx/sites-enabled/on']);
    expect(loaded.files[1]?.parsed.source).toMatchObject({
      path: '/etc/nginx/sites-enabled/on',
      file: 'etc/nginx/sites-available/on',
    });
  });

  test('a snippet of many sites is parsed once', () => {
    const loaded = load(
      host({
        '/etc/nginx/nginx.conf':
          'http { server { include s; } server { include s; include /etc/nginx/link; } }',
        '/etc/nginx/s': 'location / { include t; }',
        '/etc/nginx/t': 'return 200;',
        '/etc/nginx/link': { link: 's' },
      }),
    );
    const parsed = included(loaded).flatMap((found) => (found.kind === 'files' ? found.files : []));
    expect(loaded.files).toHaveLength(3);
    expect(included(loaded)).toHaveLength(4);
    expect(new Set(parsed.map((file) => file.parsed)).size).toBe(2);
  });

  test('a pattern may match nothing', () => {
    const loaded = load(host({ '/etc/nginx/nginx.conf': 'http { include none/*.conf; include [; }' }));
    expect(included(loaded)).toMatchObject([
      { kind: 'files', glob: true, files: [], failed: [] },
      { kind: 'files', glob: true, files: [], failed: [] },
    ]);
    expect(loaded.complete).toBe(true);
  });

  test.each([
    [
      'x.conf',
      {},
      { kind: 'missing', message: 'open() "/etc/nginx/x.conf" failed (2: No such file or directory)' },
    ],
    [
      'nginx.conf/x',
      {},
      { kind: 'missing', message: 'open() "/etc/nginx/nginx.conf/x" failed (20: Not a directory)' },
    ],
    [
      '$host.conf',
      {},
      { kind: 'missing', message: 'open() "/etc/nginx/$host.conf" failed (2: No such file or directory)' },
    ],
    ['""', {}, { kind: 'directory', message: 'pread() "/etc/nginx/" failed (21: Is a directory)' }],
    [
      'd',
      { '/etc/nginx/d/x': '' },
      { kind: 'directory', message: 'pread() "/etc/nginx/d" failed (21: Is a directory)' },
    ],
    [
      'l',
      { '/etc/nginx/l': { link: 'l' } },
      { kind: 'link-loop', message: 'open() "/etc/nginx/l" failed (40: Too many levels of symbolic links)' },
    ],
    [
      'l',
      { '/etc/nginx/l': { link: '/gone' } },
      { kind: 'missing', message: 'open() "/etc/nginx/l" failed (2: No such file or directory)' },
    ],
    ['fastcgi_params', {}, { kind: 'missing' }],
    ['sites/${DOMAIN}.conf', {}, { kind: 'unread' }],
    ['s', { '/etc/nginx/s': { denied: true } }, { kind: 'unread', why: 'Permission denied' }],
    ['s', { '/etc/nginx/s': 'a\0b' }, { kind: 'unread', why: 'it is a binary file (byte 2 is zero)' }],
  ] as const)('include %s that cannot be read', (argument, tree, expected) => {
    const loaded = load(host({ '/etc/nginx/nginx.conf': `include ${argument};`, ...tree }));
    expect(included(loaded)).toMatchObject([expected]);
    expect(loaded.complete).toBe(expected.kind !== 'unread');
  });

  test("a pattern's matches fail one by one", () => {
    const loaded = load(
      host({
        '/etc/nginx/nginx.conf': 'include d/*;',
        '/etc/nginx/d/gone': { link: '/gone' },
        '/etc/nginx/d/good': '',
        '/etc/nginx/d/sub/x': '',
      }),
    );
    expect(included(loaded)).toMatchObject([
      {
        kind: 'files',
        files: [{ path: '/etc/nginx/d/good' }],
        failed: [
          { kind: 'missing', message: 'open() "/etc/nginx/d/gone" failed (2: No such file or directory)' },
          { kind: 'directory', message: 'pread() "/etc/nginx/d/sub" failed (21: Is a directory)' },
        ],
      },
    ]);
  });

  test('an include with the wrong number of arguments opens nothing', () => {
    expect(included(load(host({ '/etc/nginx/nginx.conf': 'include a b; include;' })))).toEqual([]);
  });
});

describe('loops', () => {
  test.each([
    ['a file that includes itself', { '/etc/nginx/a': 'include a;' }, '/etc/nginx/a'],
    [
      'two that include each other',
      { '/etc/nginx/a': 'include b;', '/etc/nginx/b': 'include a;' },
      '/etc/nginx/a',
    ],
    ['one through a link', { '/etc/nginx/a': 'include c;', '/etc/nginx/c': { link: 'a' } }, '/etc/nginx/c'],
  ])('%s', (_, tree, path) => {
    const loaded = load(host({ '/etc/nginx/nginx.conf': 'include a;', ...tree }));
    const ends = included(loaded).flatMap((found) => (found.kind === 'files' ? found.failed : [found]));
    expect(ends).toEqual([
      { kind: 'include-loop', path, message: `open() "${path}" failed (24: Too many open files)` },
    ]);
  });

  test('through a pattern the outcome is open: with no file left to open, the pattern matches nothing', () => {
    const loaded = load(host({ '/etc/nginx/nginx.conf': 'include a;', '/etc/nginx/a': 'include [a];' }));
    expect(included(loaded)).toMatchObject([
      { kind: 'files' },
      { kind: 'files', failed: [{ kind: 'unread', why: 'it includes itself through a pattern' }] },
    ]);
    expect(loaded.complete).toBe(false);
  });

  test('a chain as long as nginx may open files ends as well', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`/etc/nginx/${index}`, `include ${index + 1};`]),
    );
    const loaded = load(host({ '/etc/nginx/nginx.conf': 'include 0;', ...chain }));
    expect(included(loaded).filter(({ kind }) => kind === 'include-loop')).toHaveLength(1);
  });
});

describe('what a checkout of /etc leaves open', () => {
  const tree = (main: string, more: Tree = {}): Tree =>
    Object.fromEntries(
      Object.entries({ '/etc/nginx/nginx.conf': main, ...more }).map(([path, entry]) => [
        `/host${path}`,
        entry,
      ]),
    );

  test("the package's own files and those of other packages are not called missing", () => {
    const loaded = load(
      tree('http { include mime.types; include /etc/letsencrypt/options-ssl-nginx.conf; }'),
    );
    expect(included(loaded).map(({ kind }) => kind)).toEqual(['unread', 'unread']);
    expect(loaded.complete).toBe(false);
  });

  test("where the package's files lie about unused, the tree was copied whole, and what is missing is missing", () => {
    const stock = { '/etc/nginx/uwsgi_params': '', '/etc/nginx/win-utf': '' };
    const loaded = load(tree('http { include mime.types; include proxy_params; }', stock));
    expect(included(loaded).map(({ kind }) => kind)).toEqual(['missing', 'missing']);
    expect(loaded.complete).toBe(true);
    const used = load(tree('http { include mime.types; include uwsgi_params; include win-utf; }', stock));
    expect(included(used).map(({ kind }) => kind)).toEqual(['unread', 'files', 'files']);
    expect(used.complete).toBe(false);
  });

  test('module files below /usr/share do not make the rest unknown', () => {
    const loaded = load(
      tree(
        'include /etc/nginx/modules-enabled/*.conf; include /usr/share/nginx/modules/*.conf; load_module a.so;',
        {
          '/etc/nginx/modules-enabled/50-echo.conf': {
            link: '/usr/share/nginx/modules-available/mod-http-echo.conf',
          },
        },
      ),
    );
    expect(loaded).toMatchObject({ complete: true, modulesComplete: false, modules: ['a.so'] });
  });

  test('what is missing beside nginx.conf is missing', () => {
    expect(included(load(tree('include snippets/own.conf;')))).toMatchObject([{ kind: 'missing' }]);
  });
});

test('without a main file there is nothing but why', () => {
  const root = openRoot(memoryFileSystem({ '/host/usr/bin/x': '' }), '/host', '/');
  expect(loadNginx(root, '/etc/nginx/nginx.conf')).toMatchObject({ kind: 'missing', errno: 2 });
});

describe('single files', () => {
  const root = openRoot(
    memoryFileSystem({
      '/repo/sites/shop.conf': 'server { include snippets/php.conf; include fastcgi_params; }',
      '/repo/snippets/php.conf': 'location ~ \\.php$ { fastcgi_pass php; }',
      '/repo/sites/up.conf': 'upstream php { server 127.0.0.1:9000; }',
    }),
    '/',
    '/repo',
    { within: ['/repo'] },
  );

  test('are entries unless another one includes them, and prove nothing missing', () => {
    const loaded = loadNginxFiles(
      root,
      ['/repo/sites/shop.conf', '/repo/sites/up.conf', '/repo/snippets/php.conf'],
      '/repo',
    );
    expect(loaded.entries.map(({ file, context }) => [file.path, context])).toEqual([
      ['/repo/sites/shop.conf', 'http'],
      ['/repo/sites/up.conf', 'http'],
    ]);
    expect(included(loaded)).toMatchObject([
      { kind: 'files' },
      { kind: 'unread', why: 'it is not among the files given' },
    ]);
    expect(loaded.complete).toBe(false);
  });
});

describe('where a file belongs', () => {
  test.each([
    ['worker_processes 1; events { } http { }', 'main'],
    ['user www-data;', 'main'],
    ['server { location / { proxy_pass http://a; } }', 'http'],
    ['server { listen 53 udp; proxy_pass dns; }', 'stream'],
    ['upstream a { server b; } server { listen 1; proxy_pass a; }', 'http'],
    ['map $a $b { default 1; }', 'http'],
    ['location / { }', 'server'],
    ['listen 80; root /srv;', 'server'],
    ['fastcgi_pass php; include fastcgi_params;', 'location'],
    ['server 127.0.0.1:9000; keepalive 4;', 'upstream'],
    ['fastcgi_param HTTPS on;', 'any'],
    ['text/html html; image/png png;', 'unknown'],
    ['', 'unknown'],
  ])('%s', (text, context) => {
    const { contents } = parseNginx({ path: '/x', file: 'x', text, encoding: 'utf8' });
    expect(guessContext(contents)).toBe(context);
  });
});
