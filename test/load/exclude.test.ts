import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excluder } from '../../src/load/exclude.ts';
import { UsageError } from '../../src/load/usage-error.ts';

describe('exclude', () => {
  it.each([
    ['*.bak', 'a.bak', true],
    ['*.bak', 'a/b.bak', false],
    ['**/*.bak', 'a/b.bak', true],
    ['**/*.bak', 'b.bak', true],
    ['**/*.example', 'a/.hidden.example', true],
    ['old', 'old/a/b.conf', true],
    ['old/', 'old/a.conf', true],
    ['old/**', 'old/a/b.conf', true],
    ['old/**', 'older/a.conf', false],
    ['./old', 'old/a.conf', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'a/b/c/y', false],
    ['{a,b{c,d}}.conf', 'bd.conf', true],
    ['{a,b{c,d}}.conf', 'b.conf', false],
    ['{a}.conf', '{a}.conf', true],
    ['[ab].conf', 'b.conf', true],
    ['/repo/a', 'a', true],
    ['../other/**', '../other/x', true],
    ['', 'a', false],
  ])('%s for %s: %s', (pattern, path, expected) => {
    expect(excluder([pattern], '/repo')(resolve('/repo', path))).toBe(expected);
  });

  it('takes back what a pattern with a ! names', () => {
    const isExcluded = excluder(['sites/*', '!sites/shop'], '/repo');
    expect([isExcluded('/repo/sites/a'), isExcluded('/repo/sites/shop')]).toEqual([true, false]);
  });

  it('takes time in proportion to pattern and path', () => {
    const isExcluded = excluder([`${'**/'.repeat(2000)}x`, `${'*a'.repeat(2000)}b`], '/repo');
    expect(isExcluded(`/repo/${'a/'.repeat(2000)}${'a'.repeat(4000)}`)).toBe(false);
  });

  it('refuses braces that stand for more patterns than anybody means', () => {
    expect(() => excluder(['{a,b}'.repeat(30)], '/repo')).toThrow(UsageError);
  });

  it('never throws otherwise', () => {
    const unit = fc.constantFrom(...'ab*?[]!{},./\\-^é');
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(...'ab./{,'), maxLength: 12 }),
        (pattern, path) => {
          expect(typeof excluder([pattern], '/repo')(`/repo/${path}`)).toBe('boolean');
        },
      ),
    );
  });
});
