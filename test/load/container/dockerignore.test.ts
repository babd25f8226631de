import { describe, expect, it } from 'vitest';
import { dockerIgnore } from '../../../src/load/container/dockerignore.ts';

describe('.dockerignore', () => {
  it.each([
    ['node_modules', 'node_modules/a/b.js', true],
    ['node_modules', 'web/node_modules/a.js', false],
    ['**/node_modules', 'web/node_modules/a.js', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['docs/*.md', 'docs/README.md', true],
    ['docs/**', 'docs/a/b', true],
    ['/docker', 'docker/nginx.conf', true],
    ['./docker/', 'docker/nginx.conf', true],
    ['docker\n!docker/nginx.conf', 'docker/nginx.conf', false],
    ['docker\n!docker/nginx.conf', 'docker/other.conf', true],
    ['# docker', 'docker/a', false],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
    ['*\n!src', 'src/index.php', false],
  ])('%j for %s: %s', (text, path, expected) => {
    expect(dockerIgnore(text)(path)).toBe(expected);
  });
});
