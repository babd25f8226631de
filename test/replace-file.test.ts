import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFile } from '../src/replace-file.ts';

const isRoot = process.getuid?.() === 0;
const old = Buffer.from('old\n');
const fresh = Buffer.from('new\n');

describe('replacing a file of the disk', () => {
  let directory = '';
  let file = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'no502-replace-'));
    file = join(directory, 'shop.conf');
    writeFileSync(file, old);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('keeps its mode and leaves nothing else behind', () => {
    for (const mode of [0o640, 0o600, 0o4755]) {
      writeFileSync(file, old);
      chmodSync(file, mode);
      replaceFile(file, old, fresh);
      expect(readFileSync(file, 'utf8')).toBe('new\n');
      expect(statSync(file).mode & 0o7777).toBe(mode);
    }
    expect(readdirSync(directory)).toEqual(['shop.conf']);
  });

  test.skipIf(!isRoot)('keeps its owner and group (only root can give files away)', () => {
    chownSync(file, 33, 34);
    replaceFile(file, old, fresh);
    expect(statSync(file)).toMatchObject({ uid: 33, gid: 34 });
  });

  test('refuses a file that has changed', () => {
    writeFileSync(file, 'newer\n');
    expect(() => replaceFile(file, old, fresh)).toThrow('it has changed since it was read');
    expect(readFileSync(file, 'utf8')).toBe('newer\n');
    expect(readdirSync(directory)).toEqual(['shop.conf']);
  });

  test('refuses a link, a directory and what is not there', () => {
    const link = join(directory, 'link.conf');
    symlinkSync(file, link);
    expect(() => replaceFile(link, old, fresh)).toThrow('it is not a regular file');
    expect(() => replaceFile(directory, old, fresh)).toThrow('it is not a regular file');
    expect(() => replaceFile(join(directory, 'gone'), old, fresh)).toThrow(/ENOENT/);
    expect(readFileSync(file, 'utf8')).toBe('old\n');
  });

  test('opens a name that is not UTF-8', () => {
    const name = Buffer.concat([Buffer.from(`${directory}/caf`), Buffer.of(0xe9)]);
    writeFileSync(name, old);
    replaceFile(`${directory}/caf\udce9`, old, fresh);
    expect(readFileSync(name, 'utf8')).toBe('new\n');
  });
});
