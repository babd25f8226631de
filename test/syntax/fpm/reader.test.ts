import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, read, textOf } from './files.ts';

/** The values of all entries, as `name` or `name[key]` to text. */
function values(main: string, files = {}) {
  return read(main, files).config.entries.map((entry) => [
    entry.arrayKey ? `${entry.name}[${entry.arrayKey.text}]` : entry.name,
    entry.value.text,
  ]);
}

function messages(main: string, files = {}, options = {}) {
  return read(main, files, options).problems.map((problem) => problem.message);
}

describe('entries', () => {
  it('keeps values, keys and their places', () => {
    const { config, problems } = read('[www]\nListen = "/run/x.sock" ; here\nenv[A] = b c \n');
    const [listen, env] = config.entries;
    expect(problems).toEqual([]);
    expect(listen).toMatchObject({ name: 'listen', line: 2, section: { kind: 'pool', name: 'www' } });
    expect(listen && textOf(listen.keySpan)).toBe('Listen');
    expect(listen && textOf(listen.valueSpan)).toBe('"/run/x.sock"');
    expect(env && textOf(env.valueSpan)).toBe('b c');
    expect(env?.arrayKeySpan && textOf(env.arrayKeySpan)).toBe('A');
  });

  it('points at the key where there is no value', () => {
    const [problem] = read('[www]\nenv[A] =\n').problems;
    expect(problem).toMatchObject({ kind: 'empty-env', message: '[/etc/php-fpm.conf:2] empty value' });
    expect(problem && textOf(problem.span)).toBe('env');
  });

  it("puts the pool's name for $pool, but not in global and not in flags", () => {
    expect(values('[www]\nlisten = /run/$pool.sock\nenv[P] = $pool$pool\n')).toEqual([
      ['listen', '/run/www.sock'],
      ['env[P]', 'wwwwww'],
    ]);
    expect(messages('[global]\npid = $pool.pid\n')).toEqual([
      "[/etc/php-fpm.conf:2] unable to parse value for entry 'pid': Can't use '$pool' when the pool is not defined",
    ]);
  });

  it('takes the environment where it is known, and says what it does not know where it is not', () => {
    const main = '[www]\nlisten = ${SOCK}/x\npm.max_children = ${N}\n';
    const env = new Map([['SOCK', '/run']]);
    expect(read(main, {}, { env }).config.entries.map(({ value }) => value.text)).toEqual(['/run/x', '']);
    const { config, problems } = read(main);
    expect(problems).toEqual([]);
    expect(config.entries.map(({ value }) => value)).toEqual([
      { kind: 'unknown', why: 'the environment variable SOCK of php-fpm is not known', text: '${SOCK}/x' },
      { kind: 'unknown', why: 'the environment variable N of php-fpm is not known', text: '${N}' },
    ]);
  });

  it('knows defaults of variables from PHP 8.3 on', () => {
    const main = '[www]\nlisten = ${SOCK:-/run/x.sock}\n';
    const env = new Map<string, string>();
    expect(read(main, {}, { env, phpVersion: '8.3' }).config.entries[0]?.value.text).toBe('/run/x.sock');
    expect(read(main, {}, { env, phpVersion: '8.2' }).config.entries[0]?.value.text).toBe('');
    expect(read(main, {}, { phpVersion: '8.3' }).config.entries[0]?.value).toMatchObject({
      kind: 'unknown',
      text: '${SOCK:-/run/x.sock}',
    });
  });

  it('reads Latin-1 and any bytes', () => {
    const text = '[www]\nenv[A] = caf\xe9\x01\x7f\nenv[B] = "\xff"\n';
    expect(values(text)).toEqual([
      ['env[A]', 'caf\xe9\x01\x7f'],
      ['env[B]', '\xff'],
    ]);
  });

  it('ends a line at a zero byte, as C does', () => {
    expect(values('[www]\nenv[A] = a\0b\nenv[B] = b\n')).toEqual([
      ['env[A]', 'a'],
      ['env[B]', 'b'],
    ]);
  });
});

describe('sections', () => {
  it('merges names that differ in case only, under the first spelling', () => {
    const { config } = read('[Www]\nuser = a\n[global]\n[WWW]\nuser = b\n');
    expect(config.pools).toEqual(['Www']);
    expect(config.entries.map(({ section }) => section)).toEqual([
      { kind: 'pool', name: 'Www' },
      { kind: 'pool', name: 'Www' },
    ]);
    expect(config.headers.map(({ span }) => textOf(span))).toEqual(['[Www]', '[global]', '[WWW]']);
  });

  it('leaves the section of an included file open', () => {
    const files = { '/etc/pool.d/a.conf': '[a]\nuser = x\n' };
    const { config, problems } = read('include = /etc/pool.d/*.conf\nuser = y\nlog_level = notice\n', files);
    expect(config.entries.map(({ section, value }) => [section, value.text])).toEqual([
      [{ kind: 'pool', name: 'a' }, 'x'],
      [{ kind: 'pool', name: 'a' }, 'y'],
      [{ kind: 'pool', name: 'a' }, 'notice'],
    ]);
    expect(problems).toMatchObject([
      // php-fpm names the outer file with the inner file's count.
      { kind: 'global-entry-after-include', message: "[/etc/php-fpm.conf:5] unknown entry 'log_level'" },
    ]);
    expect(problems[0] && placeOf(problems[0].span)).toBe('/etc/php-fpm.conf:3:1');
  });

  it('says once that a header is missing, and does not judge what follows', () => {
    const { problems } = read('user = www-data\ngroup = www-data\nnosuch = 1\nenv[A] = b\n');
    expect(problems.map(({ kind }) => kind)).toEqual(['pool-entry-in-global', 'unknown-entry']);
  });

  it('does not judge what follows a broken header', () => {
    const { problems } = read('[global]\n[www\nuser = www-data\nlisten = 9000\n');
    expect(problems).toMatchObject([
      {
        kind: 'syntax',
        message: "PHP:  syntax error, unexpected end of file, expecting ']' in Unknown on line 1",
      },
    ]);
    expect(problems[0] && placeOf(problems[0].span)).toBe('/etc/php-fpm.conf:2:1');
  });
});

describe('includes', () => {
  it('puts relative patterns under the prefix', () => {
    expect(messages('include = etc/*.conf\n')).toEqual([
      "Nothing matches the include pattern '/usr/etc/*.conf' from /etc/php-fpm.conf at line 1.",
    ]);
  });

  it('waits for the end of the line, and takes one a line', () => {
    expect(messages('include = a\rinclude = b\n')).toEqual([
      '[/etc/php-fpm.conf:1] two includes at the same time !',
    ]);
  });

  it('follows files that include each other to the fifth and no further', () => {
    const { config, problems } = read('include = /a\n', {
      '/a': '[a]\ninclude = /*\n',
      '/b': 'include = /*\n',
    });
    expect(problems).toMatchObject([
      { kind: 'include-depth', message: 'failed to include more than 5 files recursively' },
    ]);
    expect(config.files).toHaveLength(5);
  });

  it('says what it could not read', () => {
    const main = 'include = /a\ninclude = ${DIR}/*.conf\n';
    const { gaps } = read(main, {}, {});
    expect(gaps).toEqual([
      'the environment variable DIR of php-fpm is not known, so what ${DIR}/*.conf includes is not known',
    ]);
  });
});

describe('versions', () => {
  it('refuses what came later only where the version is known', () => {
    const main = '[www]\npm.max_spawn_rate = 5\naccess.suppress_path[] = /x\n';
    expect(messages(main, {}, { phpVersion: '8.0' })).toEqual([
      "[/etc/php-fpm.conf:2] unknown entry 'pm.max_spawn_rate'",
      "[/etc/php-fpm.conf:3] You must provide a key for field 'access.suppress_path'",
    ]);
    const { problems } = read(main, {}, { phpVersion: '8.2' });
    expect(problems).toEqual([]);
  });

  it('never refuses what the build decides', () => {
    const main =
      '[global]\nsystemd_interval = 10\n[www]\nlisten.acl_users = x\napparmor_hat = y\nlisten.setfib = 1\n';
    expect(messages(main)).toEqual([]);
  });

  it('does not judge names of a PHP it does not know', () => {
    expect(messages('[www]\nnew.setting = 1\n', {}, { phpVersion: '9.0' })).toEqual([]);
    expect(messages('[www]\nnew.setting = 1\n', {}, { phpVersion: '8.4' })).toHaveLength(1);
  });
});

describe('what is said of common mistakes', () => {
  it.each([
    ['[www]\nmemory_limit = 256M', 'php-setting-as-entry', 'write php_admin_value[memory_limit]'],
    ['[www]\nopcache.enable = 1', 'php-setting-as-entry', 'write php_admin_value[opcache.enable]'],
    ['[www]\n# comment', 'hash-comment', 'comments begin with ;'],
    ['[www]\n#listen = x', 'hash-comment', 'comments begin with ;'],
    ['[www]\n# env[A] = x', 'hash-comment', 'comments begin with ;'],
    ['[www]\n<<<<<<< HEAD', 'null-value', 'it is left over from a merge conflict: keep one side of it'],
    [
      '[www]\nenv[A] = a(b',
      'syntax',
      'put the value in double quotes: outside of them php-fpm reads ( as part of an expression',
    ],
    ['[www]\nenv[A] = "a', 'syntax', 'quote the whole value: "..."'],
    ['[www]\nphp_vlaue[a] = b', 'unknown-directive', undefined],
    ['php_value[a] = b', 'array-in-global', undefined],
  ])('%j', (main, kind, help) => {
    const [problem] = read(`${main}\n`).problems;
    expect(problem?.kind).toBe(kind);
    expect(problem?.help).toBe(help);
  });
});

describe('any text', () => {
  const pieces = [
    '[',
    ']',
    '=',
    '"',
    "'",
    '$',
    '{',
    '}',
    '${A}',
    '(',
    ')',
    ';',
    '#',
    '\\',
    '\n',
    '\r',
    '\0',
    ' ',
  ];
  const words = [
    'a',
    'listen',
    'pm',
    'www',
    'include',
    'env[',
    'php_value[a]',
    '/x',
    '\ufeff',
    'é',
    '5m',
    'on',
  ];
  const text = fc
    .array(fc.constantFrom(...pieces, ...words), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it('is read without an exception, and every place is inside of it', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 200 })), fc.boolean(), (main, isPart) => {
        const { config, problems } = read(main, { '/x': main }, { isPart });
        const spans = [
          ...problems.map(({ span }) => span),
          ...config.headers.map(({ span }) => span),
          ...config.entries.flatMap(({ keySpan, valueSpan, arrayKeySpan }) =>
            arrayKeySpan ? [keySpan, valueSpan, arrayKeySpan] : [keySpan, valueSpan],
          ),
        ];
        for (const { source, start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.text.length);
        }
      }),
      { numRuns: 2_000, seed: 502 },
    );
  });

  it('has keys and values where it says', () => {
    fc.assert(
      fc.property(text, (main) => {
        for (const entry of read(`[www]\n${main}\n`).config.entries) {
          expect(textOf(entry.keySpan).toLowerCase()).toBe(entry.name.toLowerCase());
        }
      }),
      { numRuns: 2_000, seed: 502 },
    );
  });
});
