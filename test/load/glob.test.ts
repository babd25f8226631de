import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, hasWildcards, matchesName } from '../../src/load/glob-pattern.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { openRoot, type Root } from '../../src/load/root.ts';

const matches = (pattern: string, name: string): boolean => matchesName(compilePattern(pattern), name);

function rootOf(tree: Parameters<typeof memoryFileSystem>[0]): Root {
  return openRoot(memoryFileSystem(tree), '/', '/nowhere');
}

describe('a name against a pattern', () => {
  test.each([
    ['*', 'shop.conf', true],
    ['*', '.hidden', false],
    ['.*', '.hidden', true],
    ['[.]*', '.hidden', false],
    ['\\.*', '.hidden', true],
    ['*.conf', 'shop.conf', true],
    ['*.conf', 'shop.conf.bak', false],
    ['*.conf', '.conf', false],
    ['?.conf', 'a.conf', true],
    ['?.conf', 'ab.conf', false],
    ['[a-c]*', 'b1', true],
    ['[a-c]*', 'd1', false],
    ['[!a-c]*', 'd1', true],
    ['[^a-c]*', 'a1', false],
    ['[]x]', ']', true],
    ['[!]x]', 'y', true],
    ['[a-]', '-', true],
    ['[[:digit:]]-*', '5-a', true],
    ['[[:alpha:]]*', '5', false],
    ['[[:nonsense:]]', ':]', true],
    ['[\\]]', ']', true],
    ['[a', '[a', true],
    ['a[', 'a[', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\', 'a\\', true],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
    ['**', 'a', true],
    ['', '', true],
    ['é', 'é', true],
    ['??', 'é', true],
    ['?', 'é', false],
    ['[z-a]', 'm', false],
  ])('%j and %j: %j', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });

  test('a closed bracket, a star or a question mark makes a pattern; an escape does not', () => {
    expect(['*', 'a?', '[a]', 'x[!a]y'].map(hasWildcards)).toEqual([true, true, true, true]);
    expect(['a', '[a', 'a]', '\\*', '\\[a]', '{a,b}', '~'].map(hasWildcards)).toEqual(Array(7).fill(false));
  });

  test('agrees with a plain recursive definition', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, letters, (pattern, name) => {
        const hidden = name.startsWith('.') && !pattern.startsWith('.');
        expect(matches(pattern, name)).toBe(!hidden && naive(pattern, name));
      }),
      { numRuns: 2000 },
    );
  });

  test('many stars take no exponential time', () => {
    const started = performance.now();
    expect(matches('*a'.repeat(60), `${'a'.repeat(4000)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

function naive(pattern: string, name: string): boolean {
  const [first, rest] = [pattern.charAt(0), pattern.slice(1)];
  if (first === '') return name === '';
  if (first === '*') return naive(rest, name) || (name !== '' && naive(pattern, name.slice(1)));
  return name !== '' && (first === '?' || first === name.charAt(0)) && naive(rest, name.slice(1));
}

describe('a path pattern', () => {
  test('sorts by bytes, over all directories', () => {
    const root = rootOf({
      '/e/b': '',
      '/e/B': '',
      '/e/a-b/x': '',
      '/e/a/x': '',
      '/e/\u{1f600}': '',
      '/e/\uff5e': '',
    });
    expect(root.glob('/e/*').paths).toEqual(['/e/B', '/e/a', '/e/a-b', '/e/b', '/e/\uff5e', '/e/\u{1f600}']);
    expect(root.glob('/e/*/x').paths).toEqual(['/e/a-b/x', '/e/a/x']);
  });

  test('keeps the spelling of its directories', () => {
    const root = rootOf({ '/e/sites/a': '', '/e/link': { link: 'sites' } });
    expect(root.glob('/e//link/../link/*').paths).toEqual(['/e//link/../link/a']);
  });

  test('counts a link that leads nowhere', () => {
    const root = rootOf({ '/e/gone.conf': { link: '/nothing' } });
    expect(root.glob('/e/*.conf').paths).toEqual(['/e/gone.conf']);
    expect(root.glob('/*/gone.conf').paths).toEqual(['/e/gone.conf']);
  });

  test('without wildcards it is the file, if there is one', () => {
    const root = rootOf({ '/e/a*b': '', '/e/[x': '' });
    expect(root.glob('/e/a\\*b').paths).toEqual(['/e/a*b']);
    expect(root.glob('/e/[x').paths).toEqual(['/e/[x']);
    expect(root.glob('/e/none').paths).toEqual([]);
  });

  test('a file in the place of a directory is no failure, a missing directory is one', () => {
    const root = rootOf({ '/e/file': '' });
    expect(root.glob('/e/file/*')).toEqual({ paths: [], failures: [] });
    expect(root.glob('/none/*').failures).toMatchObject([{ path: '/none', errno: 2 }]);
    expect(root.glob('/e/*/*')).toEqual({ paths: [], failures: [] });
  });

  test('a slash at the end asks for directories, a period for hidden names and the two dots', () => {
    const root = rootOf({ '/e/d/x': '', '/e/f': '', '/e/.h': '' });
    expect(root.glob('/e/*/').paths).toEqual(['/e/d/']);
    expect(root.glob('/e/.*').paths).toEqual(['/e/.', '/e/..', '/e/.h']);
  });

  test('an endless pattern finds nothing', () => {
    expect(rootOf({ '/a': '' }).glob(`/${'*'.repeat(10_000)}`).paths).toEqual([]);
  });
});
