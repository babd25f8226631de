import { describe, expect, test } from 'vitest';
import { blocksWith, eachBlock, namesIn, namesOf, own, ownAll } from '../../../src/model/nginx/block.ts';
import { nginxOf } from './model.ts';

const lines = (names: readonly string[]): string => names.map((name) => `${name} x${name};\n`).join('');

/** The servers of an `http` that holds these, as blocks. */
const serversOf = (...texts: readonly string[]) =>
  nginxOf(texts.map((text) => `server {\n${text}}\n`).join('')).servers.map(({ block }) => block);

describe('the names of a block', () => {
  test('are one table for all blocks that have the same in the same order', () => {
    const [one, other, different, shorter] = serversOf(
      'a 1;\nb 2;\n',
      'a 3;\nb 4;\n',
      'b 1;\na 2;\n',
      'a 1;\n',
    );
    if (!one || !other || !different || !shorter) throw new Error('four servers');
    expect(namesOf(one)).toBe(namesOf(other));
    expect(namesOf(one)).not.toBe(namesOf(different));
    expect(namesOf(one)).not.toBe(namesOf(shorter));
    expect([one, other, different, shorter].map((block) => own(block, 'a')?.args[0]?.value)).toEqual([
      '1',
      '3',
      '2',
      '1',
    ]);
  });

  test.each([3, 64, 65, 200])('find each of %i directives, the last of those that stand twice', (count) => {
    const names = Array.from({ length: count - 1 }, (_, at) => `name${at}`);
    const [block] = serversOf(lines([...names, 'name0']));
    if (!block) throw new Error('one server');
    expect(own(block, 'name0')).toBe(block.directives.at(-1));
    expect(ownAll(block, 'name0')).toEqual([block.directives[0], block.directives.at(-1)]);
    expect(own(block, 'name1')).toBe(block.directives[1]);
    expect(ownAll(block, 'name1')).toEqual([block.directives[1]]);
    expect([own(block, 'absent'), ownAll(block, 'absent')]).toEqual([undefined, []]);
  });
});

describe('the blocks with a name', () => {
  test('come in reading order, whichever of the names they have', () => {
    const { http } = nginxOf(`
      server { a 1; location /x { b 1; location /y { a 2; } } }
      server { c 1; }
      server { b 2; a 3; }
    `);
    if (!http) throw new Error('an http block');
    const holding = eachBlock(http).filter((block) =>
      block.directives.some(({ name }) => 'ab'.includes(name)),
    );
    expect(holding).toHaveLength(4);
    expect(blocksWith(http, ['b', 'a'])).toEqual(holding);
    expect(blocksWith(http, ['c', 'absent'])).toEqual([http.blocks[1]]);
    expect(blocksWith(http, ['absent'])).toEqual([]);
    expect([namesIn(http).has('a'), namesIn(http).has('location'), namesIn(http).has('absent')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
