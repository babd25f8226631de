import { describe, expect, test } from 'vitest';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { sourceAt } from '../../src/load/readable.ts';
import { MAX_FILE_BYTES, openRoot, type RootOptions } from '../../src/load/root.ts';

type Tree = Parameters<typeof memoryFileSystem>[0];

/** A host whose `/` is /host, seen from /host's parent; what lies beside it must never be read. */
function hostOf(tree: Tree, options: RootOptions = {}) {
  const inside = Object.entries(tree).map(([path, entry]) => [`/host${path}`, entry] as const);
  const all = {
    '/etc/passwd': 'the machine itself',
    '/run/secret': 'outside',
    ...Object.fromEntries(inside),
  };
  return openRoot(memoryFileSystem(all), '/host', '/', options);
}

function textAt(root: ReturnType<typeof hostOf>, path: string): string {
  const read = root.read(path);
  return read.kind === 'read' ? read.source.text : `${read.kind}: ${read.message}`;
}

describe('paths of a root', () => {
  test('absolute links start at the root', () => {
    const root = hostOf({ '/a/site': 'text', '/b/site': { link: '/a/site' } });
    expect(root.resolve('/b/site')).toMatchObject({ kind: 'found', path: '/a/site' });
    expect(root.read('/b/site')).toMatchObject({
      kind: 'read',
      source: { path: '/b/site', file: 'host/a/site', text: 'text' },
    });
  });

  test('nothing outside is read, neither through a link nor through ..', () => {
    const root = hostOf({
      '/usr/bin/x': '',
      '/up': { link: '../../../etc/passwd' },
      '/abs': { link: '/etc/passwd' },
      '/dir': { link: '..' },
    });
    for (const path of ['/up', '/abs', '/../etc/passwd', '/dir/etc/passwd', '/dir/../../etc/passwd']) {
      expect(root.resolve(path)).toMatchObject({ kind: 'missing', path: '/etc/passwd' });
    }
    expect(root.read('/dir/run/secret').kind).toBe('missing');
  });

  test('.. is taken after the links before it', () => {
    const root = hostOf({ '/real/deep/x': '', '/real/y': 'y', '/link': { link: '/real/deep' } });
    expect(root.resolve('/link/../y')).toMatchObject({ kind: 'found', path: '/real/y' });
  });

  test('/var/run is /run even where the tree has no such link', () => {
    const root = hostOf({ '/etc/nginx/nginx.conf': '' });
    expect(root.resolve('/var/run/php/php8.2-fpm.sock').path).toBe('/run/php/php8.2-fpm.sock');
    expect(root.resolve('/var/run').path).toBe('/run');
    const withDirectory = hostOf({ '/var/run/php/x.sock': { socket: true } });
    expect(withDirectory.resolve('/var/run/php/x.sock')).toMatchObject({
      kind: 'found',
      path: '/var/run/php/x.sock',
    });
  });

  test('links that go in a circle end as they do for open(2)', () => {
    const root = hostOf({ '/a': { link: 'b' }, '/b': { link: '/a' }, '/self': { link: 'self/self/self' } });
    expect(textAt(root, '/a')).toBe('loop: Too many levels of symbolic links');
    expect(textAt(root, '/self/x')).toBe('loop: Too many levels of symbolic links');
    expect(root.read('/a')).toMatchObject({ errno: 40 });
  });

  test('forty links are followed, one more is not', () => {
    const chain = (length: number): Tree => ({
      '/l0': 'end',
      ...Object.fromEntries(Array.from({ length }, (_, index) => [`/l${index + 1}`, { link: `l${index}` }])),
    });
    expect(textAt(hostOf(chain(40)), '/l40')).toBe('end');
    expect(textAt(hostOf(chain(41)), '/l41')).toMatch(/^loop/);
  });

  test('a file is no directory, and a name can be too long', () => {
    const root = hostOf({ '/usr/bin/x': '', '/f': 'f' });
    expect(root.read('/f/x')).toMatchObject({ kind: 'missing', errno: 20, message: 'Not a directory' });
    expect(root.read('/f/')).toMatchObject({ kind: 'missing', errno: 20 });
    expect(root.read(`/${'n'.repeat(256)}`)).toMatchObject({ errno: 36, message: 'File name too long' });
    expect(root.read(`/${'é'.repeat(128)}`)).toMatchObject({ errno: 36 });
    expect(root.read(`/${'n/'.repeat(3000)}`)).toMatchObject({ errno: 36 });
    expect(textAt(root, '//./f')).toBe('f');
  });

  test('a very deep path and long chains of dots do not exhaust the stack', () => {
    const dots = './'.repeat(2000);
    const links = Array.from(
      { length: 39 },
      (_, index) => [`/l${index + 1}`, { link: `${dots}l${index}` }] as const,
    );
    expect(textAt(hostOf({ '/l0': 'end', ...Object.fromEntries(links) }), '/l39')).toBe('end');
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a directory', { '/x/y': '' }, { kind: 'directory', errno: 21, message: 'Is a directory' }],
    [
      'a file without permission',
      { '/x': { denied: true } },
      { kind: 'denied', errno: 13, message: 'Permission denied' },
    ],
    ['a socket', { '/x': { socket: true } }, { kind: 'special', errno: 6 }],
    ['a binary file', { '/x': 'ab\0c' }, { kind: 'binary', message: 'it is a binary file (byte 3 is zero)' }],
    ['a huge file', { '/x': 'a'.repeat(MAX_FILE_BYTES + 1) }, { kind: 'too-large' }],
  ] as const)('%s', (_, tree, expected) => {
    expect(hostOf(tree).read('/x')).toMatchObject(expected);
  });

  test('a file linked to /dev/null is empty', () => {
    expect(textAt(hostOf({ '/x': { link: '/dev/null' } }), '/x')).toBe('');
  });

  test('a whole system proves that a file is missing, a checkout only of its own directories', () => {
    const whole = hostOf({ '/usr/bin/nginx': '', '/etc/nginx/nginx.conf': '' });
    expect(whole.read('/etc/letsencrypt/options.conf').kind).toBe('missing');
    const checkout = hostOf({ '/etc/nginx/nginx.conf': '' });
    expect(checkout.read('/etc/nginx/snippets/x.conf').kind).toBe('missing');
    expect(checkout.read('/etc/letsencrypt/options.conf').kind).toBe('outside');
    expect(checkout.read('/usr/share/nginx/modules/x.conf').kind).toBe('outside');
  });
});

describe('single files of a host', () => {
  const tree: Tree = {
    '/repo/nginx/nginx.conf': 'main',
    '/repo/nginx/conf.d/shop.conf': 'shop',
    '/etc/nginx/conf.d/mine.conf': 'of this machine',
  };
  const root = openRoot(memoryFileSystem(tree), '/', '/repo', {
    within: ['/repo/nginx'],
    mounts: new Map([['/etc/nginx', '/repo/nginx']]),
  });

  test('a mount leads where the disk does not', () => {
    expect(root.read('/etc/nginx/conf.d/shop.conf')).toMatchObject({
      source: { text: 'shop', file: 'nginx/conf.d/shop.conf' },
    });
    expect(root.glob('/etc/nginx/conf.d/*.conf').paths).toEqual(['/etc/nginx/conf.d/shop.conf']);
  });

  test('beyond the given directories nothing is seen but the mount', () => {
    expect(root.read('/etc/passwd').kind).toBe('outside');
    expect(root.glob('/*/nginx/nginx.conf').paths).toEqual([
      '/etc/nginx/nginx.conf',
      '/repo/nginx/nginx.conf',
    ]);
  });
});

describe('what people see', () => {
  test('paths are relative to the current directory, where they lie in it', () => {
    const fs = memoryFileSystem({ '/srv/host/etc/x': '' });
    expect(openRoot(fs, '/srv/host', '/srv').display('/etc/x')).toBe('host/etc/x');
    expect(openRoot(fs, '/srv/host', '/srv/host').display('/etc/x')).toBe('etc/x');
    expect(openRoot(fs, '/srv/host/', '/srv/ho').display('/etc/x')).toBe('/srv/host/etc/x');
    expect(openRoot(fs, '/', '/').display('/etc/x')).toBe('etc/x');
    expect(openRoot(fs, '/', '/srv').display('/etc/x')).toBe('/etc/x');
    expect(openRoot(fs, '/srv/host', '/srv/host').display('/')).toBe('.');
  });

  test('a text is read once, however many paths lead to it', () => {
    let reads = 0;
    const memory = memoryFileSystem({ '/a': 'text', '/b': { link: 'a' } });
    const counting = {
      ...memory,
      readFile(path: string) {
        reads++;
        return memory.readFile(path);
      },
    };
    const root = openRoot(counting, '/', '/');
    expect([root.read('/a'), root.read('/b'), root.read('/a')].map(({ kind }) => kind)).toEqual([
      'read',
      'read',
      'read',
    ]);
    expect(reads).toBe(1);
    expect(sourceAt(root, '/a')).toBe(sourceAt(root, '/a'));
    expect(sourceAt(root, '/b')).toBe(sourceAt(root, '/b'));
  });

  test('ten thousand sites cost one lstat(2) each, not a walk from the root', () => {
    const sites = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`/etc/nginx/sites/${index}`, '']),
    );
    const memory = memoryFileSystem(sites);
    let calls = 0;
    const counting = {
      ...memory,
      status(path: string) {
        calls++;
        return memory.status(path);
      },
    };
    const root = openRoot(counting, '/', '/');
    for (const path of root.glob('/etc/nginx/sites/*').paths) root.read(path);
    expect(calls).toBeLessThan(10_010);
  });
});
