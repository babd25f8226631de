import { describe, expect, it } from 'vitest';
import { buildMaster } from '../../../src/model/fpm/master.ts';
import { cutPath, hashAt, meantListens } from '../../../src/model/fpm/meant-listen.ts';
import { addressText } from '../../../src/model/links/address.ts';
import { readFpm } from '../../../src/syntax/fpm/reader.ts';

function meant(...listens: readonly string[]): readonly string[] {
  const text = `[a]\n${listens.map((listen) => `listen = ${listen}\n`).join('')}`;
  const main = { path: '/etc/php-fpm.conf', file: 'php-fpm.conf', text, encoding: 'utf8' } as const;
  const { pools } = buildMaster(
    readFpm(main, () => ({ kind: 'no-match' }), { prefix: '/usr' }),
    { prefix: '/usr' },
  );
  return pools.flatMap(meantListens).map(({ kind, address, host }) => {
    return `${kind} ${address ? addressText(address) : host}`;
  });
}

describe('what a listen was meant to say', () => {
  it.each([
    ['unix:/run/a.sock', 'unix-prefix unix:/run/a.sock'],
    ['"unix:/var/run/a.sock"', 'unix-prefix unix:/run/a.sock'],
    ['tcp://127.0.0.1:9000', 'scheme 127.0.0.1:9000'],
    ['/run/a.sock # main', 'hash-comment unix:/run/a.sock'],
    ['127.0.0.1', 'no-port 127.0.0.1'],
    ['localhost', 'no-port localhost'],
    [`/srv/${'a'.repeat(110)}`, `long-path unix:/srv/${'a'.repeat(110)}`],
  ])('%s', (listen, expected) => {
    expect(meant(listen)).toEqual([expected]);
  });

  it.each(['/run/a.sock', '9000', '127.0.0.1:9000', 'php', '/run/a#b.sock', '/run/a.sock ; main'])(
    '%s says what it means',
    (listen) => {
      expect(meant(listen)).toEqual([]);
    },
  );

  it('remembers what a later line replaced', () => {
    expect(meant('/run/a.sock', '127.0.0.1:9000')).toEqual(['moved unix:/run/a.sock']);
    expect(meant('/run/a.sock', '/run/a.sock')).toEqual([]);
  });
});

describe('paths and comments', () => {
  it('cuts a path by bytes', () => {
    expect(cutPath(`/${'a'.repeat(106)}`)).toHaveLength(107);
    expect(cutPath(`/${'a'.repeat(107)}`)).toHaveLength(107);
    expect(cutPath(`/${'é'.repeat(53)}`)).toBe(`/${'é'.repeat(53)}`);
  });

  it('takes a # for a comment behind a blank only', () => {
    expect(hashAt('a # b')).toBe(2);
    expect(hashAt('a\t#b')).toBe(2);
    expect(hashAt('a#b')).toBeUndefined();
    expect(hashAt('#a')).toBeUndefined();
  });
});
