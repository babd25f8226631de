import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { fileNameFromBytes, fileNameToBytes } from '../../src/load/file-name.ts';
import { openRoot } from '../../src/load/root.ts';

const isSuperuser = process.getuid?.() === 0;

describe('a root on the real disk', () => {
  let directory = '';

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-root-')));
    for (const path of ['etc/nginx/sites-available', 'etc/nginx/sites-enabled', 'run/php', 'var']) {
      mkdirSync(join(directory, path), { recursive: true });
    }
    writeFileSync(join(directory, 'etc/nginx/sites-available/shop'), 'server {}\n');
    symlinkSync('/etc/nginx/sites-available/shop', join(directory, 'etc/nginx/sites-enabled/shop'));
    symlinkSync('/etc/hostname', join(directory, 'etc/nginx/sites-enabled/leaves'));
    symlinkSync('../../../../../../../../etc/hostname', join(directory, 'etc/nginx/sites-enabled/climbs'));
    symlinkSync('loop', join(directory, 'etc/nginx/sites-enabled/loop'));
    symlinkSync('/run', join(directory, 'var/run'));
    writeFileSync(Buffer.concat([Buffer.from(`${directory}/run/php/caf`), Buffer.of(0xe9)]), 'latin1');
    writeFileSync(join(directory, 'etc/secret'), 'x');
    chmodSync(join(directory, 'etc/secret'), 0);
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('links stay inside', () => {
    const root = openRoot(disk, directory, directory);
    expect(root.read('/etc/nginx/sites-enabled/shop')).toMatchObject({
      source: { file: 'etc/nginx/sites-available/shop', text: 'server {}\n', encoding: 'utf8' },
    });
    expect(root.read('/etc/nginx/sites-enabled/leaves').kind).toBe('missing');
    expect(root.read('/etc/nginx/sites-enabled/climbs').kind).toBe('missing');
    expect(root.read('/etc/nginx/sites-enabled/loop')).toMatchObject({ kind: 'loop', errno: 40 });
    expect(root.glob('/etc/nginx/sites-enabled/*').paths.map((path) => path.split('/').at(-1))).toEqual([
      'climbs',
      'leaves',
      'loop',
      'shop',
    ]);
  });

  test('a name that is not UTF-8 can be listed and opened', () => {
    const root = openRoot(disk, directory, directory);
    const [path = ''] = root.glob('/var/run/php/caf*').paths;
    expect(root.read(path)).toMatchObject({ kind: 'read', source: { text: 'latin1' } });
    expect(root.glob('/run/php/caf?').paths).toHaveLength(1);
  });

  test.skipIf(isSuperuser)(
    'a file without permission is denied (left out for root, who may read everything)',
    () => {
      expect(openRoot(disk, directory, directory).read('/etc/secret')).toMatchObject({
        kind: 'denied',
        errno: 13,
      });
    },
  );

  test('a directory that is not there', () => {
    expect(openRoot(disk, join(directory, 'none'), directory).list('/')).toMatchObject({
      kind: 'missing',
      errno: 2,
    });
  });

  test('a device is never opened', () => {
    expect(openRoot(disk, '/', directory).read('/dev/zero')).toMatchObject({ kind: 'special' });
    expect(openRoot(disk, '/', directory).read('/dev/null')).toMatchObject({
      kind: 'read',
      source: { text: '' },
    });
  });
});

describe('a file', () => {
  let directory = '';
  const lengths = [0, 1, 63, 64, 65, 128, 1000];

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'no502-room-'));
    for (const length of lengths) writeFileSync(join(directory, String(length)), textOf(length));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const textOf = (length: number): string => 'worker_processes 2;\n'.repeat(50).slice(0, length);

  test.each(lengths)('of %s bytes comes whole, whether or not it fits into the room given', (length) => {
    const path = join(directory, String(length));
    const room = new Uint8Array(64);
    const most = Number.POSITIVE_INFINITY;
    expect(Buffer.from(disk.readFile(path, most, room)).toString()).toBe(textOf(length));
    expect(Buffer.from(disk.readFile(path)).toString()).toBe(textOf(length));
  });

  test('that is read without a room stays as it was', () => {
    const [first] = ['63', '1000'].map((name) => disk.readFile(join(directory, name)));
    expect(Buffer.from(first ?? []).toString()).toBe(textOf(63));
  });

  test('that is longer than asked for need not come whole', () => {
    const bytes = disk.readFile(join(directory, '1000'), 100, new Uint8Array(64));
    expect(bytes.length).toBeGreaterThanOrEqual(100);
    expect(bytes.length).toBeLessThan(1000);
  });

  test('that the kernel makes up comes whole, though in pieces', () => {
    const path = '/proc/self/maps';
    if (!existsSync(path)) return;
    expect(disk.readFile(path, undefined, new Uint8Array(128)).length).toBeGreaterThan(1000);
  });
});

test('file names survive as text and back, whatever their bytes', () => {
  for (const bytes of [
    [0x61],
    [0xc3, 0xa9],
    [0xe9],
    [0xff, 0xc3, 0xa9, 0x80],
    [0xf0, 0x9f, 0x98, 0x80],
    [0xef, 0xbf, 0xbd],
  ]) {
    expect([...fileNameToBytes(fileNameFromBytes(Buffer.from(bytes)))]).toEqual(bytes);
  }
});
