import { describe, expect, it } from 'vitest';
import { placeOf, read, textOf } from './files.ts';

const panel = (user: string) =>
  `; ${user}\n[${user}]\nuser = ${user}\nlisten = /run/$pool.sock\n\npm.max_children = 2\nphp_value[memory_limit] = "1G" ; a gigabyte\n`;

const { config, problems } = read('include = /pools/*.conf\n', {
  '/pools/a.conf': panel('a'),
  '/pools/longer.conf': panel('longer'),
});
const [one, other] = config.stretches;

describe('what a line says', () => {
  it('is one object for all pools that say it, unless it is of one pool alone', () => {
    expect(problems).toEqual([]);
    expect(one?.lines.map((line, at) => line === other?.lines[at])).toEqual([false, false, true, true]);
    expect(other?.lines.map(({ value }) => value.text)).toEqual(['longer', '/run/longer.sock', '2', '1G']);
  });

  it('stands in each file where it is written there', () => {
    const written = config.entries.map(({ valueSpan }) => [placeOf(valueSpan), textOf(valueSpan)]);
    expect(written.slice(2)).toEqual([
      ['/pools/a.conf:6:19', '2'],
      ['/pools/a.conf:7:27', '"1G"'],
      ['/pools/longer.conf:3:8', 'longer'],
      ['/pools/longer.conf:4:10', '/run/$pool.sock'],
      ['/pools/longer.conf:6:19', '2'],
      ['/pools/longer.conf:7:27', '"1G"'],
    ]);
    expect(config.headers.map(({ span }) => placeOf(span))).toEqual([
      '/pools/a.conf:2:1',
      '/pools/longer.conf:2:1',
    ]);
  });

  it('is plain where nothing in it needs the parser', () => {
    expect(one?.isPlain).toBe(false);
    expect(one?.lines.map(({ isPlain }) => isPlain)).toEqual([true, true, true, false]);
  });

  it('is judged anew in another section, and reported in each pool where it is wrong', () => {
    const wrong = 'pm.max_children = 2\npm.max_children = few\n';
    const { problems: found } = read(`[a]\n${wrong}[b]\n${wrong}[global]\n${wrong}`);
    expect(found.map(({ kind, span }) => [kind, placeOf(span)])).toEqual([
      ['value', '/etc/php-fpm.conf:3:19'],
      ['value', '/etc/php-fpm.conf:6:19'],
      ['pool-entry-in-global', '/etc/php-fpm.conf:8:1'],
      // Whose this line is to be cannot be told any more.
      ['value', '/etc/php-fpm.conf:9:19'],
    ]);
  });

  it('goes on in the file that includes others, in the order of reading', () => {
    const reading = read('[a]\nuser = x\ninclude = /more.conf\ngroup = x\n', { '/more.conf': 'user = y\n' });
    expect(reading.config.entries.map(({ name, value }) => `${name} ${value.text}`)).toEqual([
      'user x',
      'user y',
      'group x',
    ]);
    expect(reading.config.stretches.map(({ source, line }) => `${source.path}:${line}`)).toEqual([
      '/etc/php-fpm.conf:1',
      '/more.conf:1',
      '/etc/php-fpm.conf:4',
    ]);
  });
});
