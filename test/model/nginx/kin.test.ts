import { describe, expect, test } from 'vitest';
import { type Block, effectiveAll } from '../../../src/model/nginx/block.ts';
import { isSetFor, kinFinder, kinOf, oneOfEachKin, settingsAmong } from '../../../src/model/nginx/kin.ts';
import type { Statement } from '../../../src/syntax/nginx/statement.ts';
import { nginxOf } from './model.ts';

/** The blocks that passes stand in, in order. */
const blocksOf = (http: string) => nginxOf(http).passes.map(({ block }) => block);

/** Each kin with its blocks. */
const byKin = (blocks: readonly Block[]) =>
  [...new Set(blocks.map(kinOf))].map((kin) => ({
    kin,
    alike: blocks.filter((block) => kinOf(block) === kin),
  }));

const textOf = (list: readonly Statement[]): string =>
  list.map(({ name, values }) => [name, ...values].join(' ')).join('; ');

const site = (name: string, more = ''): string => `
  server { ${more} server_name ${name}; location / { fastcgi_pass unix:/run/${name}.sock; } }`;

describe('the kin of a block', () => {
  test('is one for all that have the same names, and the same around them', () => {
    const blocks = blocksOf(`${site('a')}${site('b')}${site('c', 'fastcgi_read_timeout 9s;')}`);
    const [one, other, further] = blocks.map(kinOf);
    expect(one).toBe(other);
    expect(one).not.toBe(further);
    expect(blocks.map(kinFinder())).toEqual([one, one, further]);
  });

  test('tells an if from a location of the same names', () => {
    const [inside, plain] = blocksOf(`server { location /a {
      if ($arg_x) { fastcgi_pass 127.0.0.1:1; }
      location /b { fastcgi_pass 127.0.0.1:2; }
    } }`);
    if (!inside || !plain) throw new Error('two passes');
    expect([kinOf(inside).kind, kinOf(plain).kind]).toEqual(['if', 'location']);
  });

  test('tells the same of what is in effect as each block does', () => {
    const blocks = blocksOf(`fastcgi_buffers 4 8k; fastcgi_param A a;
      ${site('a', 'fastcgi_buffers 8 8k;')}
      ${site('b', 'fastcgi_buffers 16 8k;')}
      ${site('c', 'fastcgi_param B b; fastcgi_param C c;')}
      ${site('d')}`);
    for (const { kin, alike } of byKin(blocks)) {
      for (const name of ['fastcgi_buffers', 'fastcgi_param', 'fastcgi_pass', 'fastcgi_read_timeout']) {
        const lists = alike.map((block) => effectiveAll(block, name).map(({ statement }) => statement));
        const set = new Set(lists.filter(({ length }) => length > 0).map(textOf));
        expect(new Set(settingsAmong(kin, alike, name).map(textOf))).toEqual(set);
        expect(isSetFor(kin, name)).toBe(set.size > 0);
        expect(new Set(lists.map(({ length }) => length)).size).toBe(1);
      }
    }
  });
});

test('one block of each kin is the first', () => {
  const { http } = nginxOf(`${site('a')}${site('b')}${site('c', 'fastcgi_read_timeout 9s;')}
    upstream u { server_name x; location /a { fastcgi_pass 127.0.0.1:1; } }`);
  if (!http) throw new Error('an http block');
  const opened = (isWanted: Parameters<typeof oneOfEachKin>[1]) =>
    oneOfEachKin(http, isWanted).map(({ directive }) => [
      directive?.name,
      directive?.block?.[0]?.args[0]?.value,
    ]);
  const sites = [
    ['server', 'a'],
    ['location', 'unix:/run/a.sock'],
    ['server', '9s'],
    ['location', 'unix:/run/c.sock'],
  ];
  expect(opened(() => true).slice(1)).toEqual([...sites, ['upstream', 'x'], ['location', '127.0.0.1:1']]);
  expect(opened(({ names }) => !names.has('fastcgi_pass')).slice(1)).toEqual([
    ['server', 'a'],
    ['server', '9s'],
    ['upstream', 'x'],
  ]);
});
