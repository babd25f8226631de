import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { openRoot } from '../../src/load/root.ts';
import { notedDisk } from './noted-disk.ts';

const sites = 200;
const numbers = Array.from({ length: sites }, (_, number) => number);

describe('a directory of many entries', () => {
  let directory = '';

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-many-')));
    for (const path of ['available', 'enabled', 'etc']) mkdirSync(join(directory, path));
    for (const number of numbers) {
      writeFileSync(join(directory, 'available', `site${number}`), `# ${number}\n`);
      symlinkSync(`../available/site${number}`, join(directory, 'enabled', `site${number}`));
    }
    symlinkSync('/etc/hostname', join(directory, 'enabled/leaves'));
    symlinkSync('../../../../../../etc/hostname', join(directory, 'enabled/climbs'));
    symlinkSync('loop', join(directory, 'enabled/loop'));
    mkdirSync(join(directory, 'enabled/folder'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('is asked what they are, once', () => {
    const { fs, asked } = notedDisk();
    const root = openRoot(fs, directory, directory);
    for (const number of numbers) {
      const read = root.read(`/enabled/site${number}`);
      expect(read).toMatchObject({ source: { file: `available/site${number}`, text: `# ${number}\n` } });
    }
    const looks = asked.filter((one) => one.for === 'status');
    expect(looks.length).toBeGreaterThan(2);
    expect(looks.length).toBeLessThan(sites);
  });

  test('is listed once, for the names and for what they are', () => {
    const { fs, asked } = notedDisk();
    const root = openRoot(fs, directory, directory);
    const { paths } = root.glob('/enabled/*');
    expect(paths.filter((path) => root.read(path).kind === 'read')).toHaveLength(sites);
    const listed = asked
      .filter((one) => ['readDirectory', 'entriesIn'].includes(one.for))
      .map(({ path }) => path);
    expect(listed).toEqual(['enabled', 'available'].map((name) => join(directory, name)));
  });

  test('leads nowhere else than a look at each of them does', () => {
    const root = openRoot(disk, directory, directory);
    for (const number of numbers) root.read(`/enabled/site${number}`);
    expect(root.read('/enabled/leaves').kind).toBe('missing');
    expect(root.read('/enabled/climbs').kind).toBe('missing');
    expect(root.read('/enabled/loop').kind).toBe('loop');
    expect(root.read('/enabled/folder').kind).toBe('directory');
    expect(root.read('/enabled/absent').kind).toBe('missing');
    expect(root.read('/available/site0')).toMatchObject({ kind: 'read' });
  });

  test('tells owner, mode and size of a file to who asks', () => {
    const root = openRoot(disk, directory, directory);
    for (const number of numbers) root.read(`/available/site${number}`);
    const resolved = root.resolve('/available/site199');
    expect(resolved).toMatchObject({ kind: 'found', status: { kind: 'file', size: 6 } });
    const { mode, uid, gid } = disk.status(join(directory, 'available/site199'));
    expect(resolved).toMatchObject({ status: { mode, uid, gid } });
  });

  test('holds nothing against a file that went away meanwhile', () => {
    const root = openRoot(disk, directory, directory);
    for (const number of numbers) root.read(`/available/site${number}`);
    writeFileSync(join(directory, 'available/late'), '');
    const late = openRoot(disk, directory, directory);
    for (const number of numbers) late.read(`/available/site${number}`);
    const resolved = late.resolve('/available/late');
    rmSync(join(directory, 'available/late'));
    expect(resolved).toMatchObject({ kind: 'found', status: { mode: 0o777, size: 0 } });
    expect(late.read('/available/late').kind).toBe('missing');
  });
});
