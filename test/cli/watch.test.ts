import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/main.ts';
import { nextChange } from '../../src/watch-files.ts';
import { fakeIo } from './fake-io.ts';

const nginx = (rest: string): string => `user www-data;\nevents {}\nhttp { ${rest} }\n`;

describe('--watch', () => {
  test('runs again with what was changed, also after a call that was wrong', async () => {
    const path = '/srv/etc/nginx/nginx.conf';
    const good = Buffer.from(nginx('server { server_name a; }'));
    const bad = Buffer.from(nginx('server { server_name }'));
    const replace = (after: Buffer) => () => fake.io.replaceFile(path, fake.io.fs.readFile(path), after);
    const fake = fakeIo({
      columns: 80,
      files: { [path]: good },
      changes: [replace(bad), replace(good)],
    });
    expect(await main(['--root', '.', '--watch', '-q', '-f', 'compact'], fake.io)).toBe(0);
    const [nothing, first, second, third] = fake.stdout().split('\u001b[2J\u001b[3J\u001b[H');
    expect([nothing, first]).toEqual(['', '\nwatching for changes; Ctrl-C ends it\n']);
    expect(second).toContain('etc/nginx/nginx.conf:3:');
    expect(third).toBe(first);
    expect(fake.stderr()).toBe('no502: nothing can be watched here\n');
  });

  test('says what is wrong with a call, and waits', async () => {
    const fake = fakeIo({ columns: 80, changes: [() => {}] });
    expect(await main(['--root', 'gone', '--watch'], fake.io)).toBe(2);
    expect(fake.stderr().match(/--root gone: No such file or directory\n/g)).toHaveLength(2);
  });

  test.each([
    [80, '--output x', '--watch takes no --output'],
    [80, '--fix', '--watch takes no --fix'],
    [80, '-', '--watch takes no standard input'],
    [undefined, '--root .', '--watch needs a terminal'],
  ])('on %s columns with %s is refused', async (columns, line, message) => {
    const { io, stderr } = fakeIo(columns === undefined ? {} : { columns });
    expect(await main(['--watch', ...line.split(' ')], io)).toBe(2);
    expect(stderr()).toBe(`no502: ${message}\n`);
  });
});

describe('waiting for a change on the disk', () => {
  let directory = '';
  beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-watch-')));
    mkdirSync(join(directory, 'sites'));
    writeFileSync(join(directory, 'nginx.conf'), 'a');
    writeFileSync(join(directory, 'sites/a'), 'a');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const wait = (sinceMs = Number.POSITIVE_INFINITY) =>
    nextChange({
      files: new Set([join(directory, 'nginx.conf'), join(directory, 'gone/x')]),
      directories: new Set([join(directory, 'sites')]),
      sinceMs,
    });

  test.each([
    ['a file is written', () => writeFileSync(join(directory, 'nginx.conf'), 'b')],
    [
      'a file takes the place of another',
      () => {
        writeFileSync(join(directory, 'nginx.conf~'), 'b');
        renameSync(join(directory, 'nginx.conf~'), join(directory, 'nginx.conf'));
      },
    ],
    ['a file comes into a directory that was listed', () => writeFileSync(join(directory, 'sites/b'), 'b')],
  ])('it ends when %s', async (_what, change) => {
    const changed = wait();
    change();
    expect(await changed).toBe(true);
  });

  test('it ends at once where something has changed since', async () => {
    const since = Date.now() - 5000;
    expect(await wait(since)).toBe(true);
  });

  test('it goes on where another file of the directory changes', async () => {
    const changed = wait();
    writeFileSync(join(directory, 'other'), 'b');
    const first = await Promise.race([changed, new Promise((end) => setTimeout(end, 400, 'nothing'))]);
    expect(first).toBe('nothing');
    writeFileSync(join(directory, 'nginx.conf'), 'b');
    expect(await changed).toBe(true);
  });

  test('it cannot begin where nothing is there', async () => {
    const files = new Set([join(directory, 'gone/x')]);
    expect(await nextChange({ files, directories: new Set(), sinceMs: 0 })).toBe(false);
  });
});
