import { describe, expect, test } from 'vitest';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';
import { memTotalBytes, readMemory } from '../../../src/model/host/memory.ts';

const MEMINFO = 'MemTotal:        2030396 kB\nMemFree:          152364 kB\n';
const RAM = 2030396 * 1024;

const memoryOf = (tree: Readonly<Record<string, string>>) =>
  readMemory(openRoot(memoryFileSystem(tree), '/', '/'));

describe('the memory of a host', () => {
  test.each([
    ['its RAM', { '/proc/meminfo': MEMINFO }, { bytes: RAM, from: 'meminfo' }],
    [
      'a limit of cgroup v2',
      { '/proc/meminfo': MEMINFO, '/sys/fs/cgroup/memory.max': '536870912\n' },
      { bytes: 536870912, from: 'cgroup' },
    ],
    [
      'no limit of cgroup v2',
      { '/proc/meminfo': MEMINFO, '/sys/fs/cgroup/memory.max': 'max\n' },
      { bytes: RAM, from: 'meminfo' },
    ],
    [
      'a limit of cgroup v1',
      { '/proc/meminfo': MEMINFO, '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1073741824\n' },
      { bytes: 1073741824, from: 'cgroup' },
    ],
    [
      'no limit of cgroup v1',
      { '/proc/meminfo': MEMINFO, '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' },
      { bytes: RAM, from: 'meminfo' },
    ],
  ])('%s', (_, tree, expected) => {
    expect(memoryOf(tree)).toMatchObject(expected);
  });

  test('is not known where the tree does not tell', () => {
    expect(memoryOf({ '/etc/passwd': '' })).toBeUndefined();
    expect(memoryOf({ '/proc/meminfo': 'MemTotal: lots\n' })).toBeUndefined();
  });

  test('MemTotal is in KiB', () => {
    expect(memTotalBytes(MEMINFO)).toBe(RAM);
    expect(memTotalBytes('')).toBeUndefined();
  });
});
