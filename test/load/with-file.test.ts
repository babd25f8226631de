import { expect, test } from 'vitest';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { withFile } from '../../src/load/with-file.ts';

const fs = memoryFileSystem({ '/etc/a': { content: 'on disk', mode: 0o600, uid: 7 } });
const bytes = Buffer.from('a buffer');

test('a file that is there holds something else and keeps its owner', () => {
  const changed = withFile(fs, '/etc/a', bytes);
  expect(changed.readFile('/etc/a')).toBe(bytes);
  expect(changed.status('/etc/a')).toMatchObject({ kind: 'file', size: 8, mode: 0o600, uid: 7 });
  expect(changed.readDirectory('/etc')).toEqual(['a']);
});

test('a file that is not there is, in directories that need not be there', () => {
  const added = withFile(fs, '/etc/nginx/conf.d/b', bytes);
  expect(added.status('/etc/nginx/conf.d/b')).toMatchObject({ kind: 'file', size: 8 });
  expect(added.status('/etc/nginx')).toMatchObject({ kind: 'directory' });
  expect(added.readDirectory('/etc')).toEqual(['a', 'nginx']);
  expect(added.readDirectory('/etc/nginx')).toEqual(['conf.d']);
  expect(() => added.status('/etc/nginx/c')).toThrow('ENOENT');
});
