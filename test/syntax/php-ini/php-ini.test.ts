import { describe, expect, it } from 'vitest';
import { readPhpIni } from '../../../src/syntax/php-ini/php-ini.ts';
import { parseQuantity } from '../../../src/syntax/php-ini/quantity.ts';
import { sourceOf, textOf } from '../fpm/files.ts';

describe('php.ini', () => {
  it('lets later files win and keeps places', () => {
    const { directives } = readPhpIni([
      sourceOf('[PHP]\nmemory_limit = 128M\npost_max_size = 8M\n', '/etc/php.ini'),
      sourceOf('memory_limit = "256M" ; more\n', '/etc/php.d/99-site.ini'),
    ]);
    const limit = directives.get('memory_limit');
    expect(limit?.value).toEqual({ kind: 'known', text: '256M' });
    expect(limit && textOf(limit.span)).toBe('"256M"');
    expect(limit?.span.source.path).toBe('/etc/php.d/99-site.ini');
    expect(directives.get('post_max_size')?.value.text).toBe('8M');
  });

  it('keeps what stands above a syntax error and says what is lost', () => {
    const text = 'a = 1\nb = x(y)\nmemory_limit = 1G\n';
    const { directives, problems } = readPhpIni([sourceOf(text, '/etc/php.ini')]);
    expect([...directives.keys()]).toEqual(['a', 'b']);
    expect(problems).toMatchObject([
      {
        message: "PHP:  syntax error, unexpected '(' in /etc/php.ini on line 2",
        reportedLine: 2,
        fatal: false,
      },
    ]);
    expect(problems[0] && textOf(problems[0].lost)).toBe('y)\nmemory_limit = 1G\n');
  });

  it('collects extensions in order', () => {
    const { extensions, directives } = readPhpIni([
      sourceOf('extension=curl\nzend_extension=opcache.so\nExtension=gd\n'),
    ]);
    expect(extensions.map(({ value }) => value.text)).toEqual(['curl', 'opcache.so', 'gd']);
    expect(directives.size).toBe(0);
  });

  it('leaves per-directory sections out', () => {
    const { directives } = readPhpIni([sourceOf('a = 1\n[PATH=/www]\na = 2\n[PHP]\nb = 3\n')]);
    expect([...directives].map(([name, { value }]) => [name, value.text])).toEqual([['a', '1']]);
  });
});

describe('quantities', () => {
  it.each([
    ['128M', 134_217_728n],
    ['1G', 1_073_741_824n],
    ['64 k', 65_536n],
    ['-1', -1n],
    ['0x10', 16n],
    ['010', 8n],
    ['', 0n],
  ])('%j is %d', (text, value) => {
    expect(parseQuantity(text)).toEqual({ value });
  });

  it.each([
    ['1.5G', 1_073_741_824n, 'Invalid quantity "1.5G", interpreting as "1G" for backwards compatibility'],
    [
      '128MB',
      128n,
      'Invalid quantity "128MB": unknown multiplier "B", interpreting as "128" for backwards compatibility',
    ],
    [
      'G',
      0n,
      'Invalid quantity "G": no valid leading digits, interpreting as "0" for backwards compatibility',
    ],
  ])('%j is %d, with a warning', (text, value, warning) => {
    expect(parseQuantity(text)).toEqual({ value, warning });
  });
});
