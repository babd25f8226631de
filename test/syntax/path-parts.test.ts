import { expect, test } from 'vitest';
import { directoryOf, liesIn } from '../../src/syntax/path-parts.ts';

const paths = ['/', '/srv', '/srv/a', '/srv/a/b', '/srvb', '/srvb/a', 'a', '//a', '/srv//a', '/srv/a/'];

test('a path lies in its directory and in no other', () => {
  for (const path of paths) {
    const found = [...new Set(paths.map(directoryOf))].filter((directory) => liesIn(path, directory));
    expect(found, path).toEqual([directoryOf(path)]);
  }
});
