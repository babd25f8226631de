import { describe, expect, it } from 'vitest';
import { sameSockets } from '../../../src/model/fpm/bind.ts';
import { buildMaster } from '../../../src/model/fpm/master.ts';
import { readFpm } from '../../../src/syntax/fpm/reader.ts';

const localhost: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1'],
  both: ['::1', '127.0.0.1'],
};

function judge(first: string, second: string): string {
  const pool = (name: string, listen: string) =>
    `[${name}]\nuser = www-data\nlisten = ${listen}\npm = static\npm.max_children = 1\n`;
  const text = pool('a', first) + pool('b', second);
  const main = { path: '/etc/php-fpm.conf', file: 'php-fpm.conf', text, encoding: 'utf8' } as const;
  const master = buildMaster(
    readFpm(main, () => ({ kind: 'no-match' }), {}),
    {},
  );
  const [same] = sameSockets(master, (name) => localhost[name] ?? []);
  if (!same) return 'apart';
  return same.log ?? 'shared';
}

const taken = (address: string) =>
  `unable to bind listening socket for address '${address}': Address already in use (98)`;

// Measured on php-fpm 8.2.36.
describe('two spellings of one address', () => {
  it.each([
    ['9001', '127.0.0.1:9001', taken('127.0.0.1:9001')],
    ['127.0.0.1:9001', '9001', taken('9001')],
    ['9001', '0.0.0.0:9001', taken('0.0.0.0:9001')],
    ['9001', '[::1]:9001', taken('[::1]:9001')],
    ['[::]:9001', '127.0.0.1:9001', taken('127.0.0.1:9001')],
    ['0.0.0.0:9001', '127.0.0.1:9001', taken('127.0.0.1:9001')],
    [
      '/run/php/../php/a.sock',
      '/run/php/a.sock',
      'Another FPM instance seems to already listen on /run/php/a.sock',
    ],
    ['/var/run/a.sock', '/run/a.sock', 'Another FPM instance seems to already listen on /run/a.sock'],
  ])('%s and %s end php-fpm', (first, second, log) => {
    expect(judge(first, second)).toBe(log);
  });

  it.each([
    ['localhost:9001', '127.0.0.1:9001'],
    ['0.0.0.0:9001', '9001'],
    ['[::]:9001', '9001'],
  ])('%s and %s are one socket', (first, second) => {
    expect(judge(first, second)).toBe('shared');
  });

  it.each([
    ['127.0.0.1:9001', '[::1]:9001'],
    ['[::1]:9001', '9001'],
    ['127.0.0.1:9001', '127.0.0.1:9002'],
    ['127.0.0.1:9001', '127.0.0.2:9001'],
    ['both:9001', '127.0.0.1:9001'],
    ['elsewhere:9001', '9001'],
    ['/run/a.sock', '/run/b.sock'],
  ])('%s and %s stay apart', (first, second) => {
    expect(judge(first, second)).toBe('apart');
  });
});
