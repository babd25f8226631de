import { describe, expect, it } from 'vitest';
import { buildMaster } from '../../../src/model/fpm/master.ts';
import { type Alike, poolsByKind, poolsOfKinds } from '../../../src/model/fpm/pool-kind.ts';
import { knownValue } from '../../../src/model/fpm/setting.ts';
import { read } from '../../syntax/fpm/files.ts';

/** The pools of one file, each of the lines given and of those that every pool has. */
function pools(...written: readonly string[]) {
  const text = written.map((lines, at) => `[p${at}]\npm = static\n${lines}\n`).join('');
  return buildMaster(read(text), { phpVersion: '8.2', prefix: '/usr' }).pools;
}

/** For each pool the number of its kind. */
function kinds(...written: readonly string[]) {
  const { kindAt, kinds } = poolsByKind(pools(...written));
  return kindAt.map((kind) => [...kinds].indexOf(kind));
}

describe('pools are of one kind', () => {
  it.each([
    ['whose users, sockets and logs differ', 'user = a\nlisten = /run/a', 'user = b\nlisten = /run/b'],
    ['whose own paths of PHP differ', 'php_value[open_basedir] = /a', 'php_value[open_basedir] = /b'],
    ['whose environment differs', 'env[SITE] = a', 'env[SITE] = b'],
    ['that name themselves', 'listen = /run/$pool.sock', 'listen = /run/$pool.sock'],
  ])('%s', (_, one, other) => {
    expect(kinds(one, other)).toEqual([0, 0]);
  });
});

describe('pools are of different kinds', () => {
  it.each([
    ['where a number differs', 'pm.max_children = 1', 'pm.max_children = 2'],
    ['where a limit of PHP differs', 'php_value[memory_limit] = 1G', 'php_value[memory_limit] = 2G'],
    ['where one sets more', 'user = a', 'user = a\ngroup = a'],
    ['where one sets the same elsewhere', 'user = a\ngroup = a', 'group = a\nuser = a'],
    ['where one sets nothing', 'listen = /run/a', 'listen ='],
    ['where one is not known', 'listen = /run/a', 'listen = ${LISTEN}'],
    ['where a number holds the name of the pool', 'pm.max_children = $pool', 'pm.max_children = $pool'],
  ])('%s', (_, one, other) => {
    expect(kinds(one, other)).toEqual([0, 1]);
  });
});

it('finds a kind again behind pools of others', () => {
  const small = 'pm.max_children = 1';
  const large = 'pm.max_children = 9';
  expect(kinds(small, large, small, `${large}\nuser = a`, large)).toEqual([0, 1, 0, 2, 1]);
  const isSmall = ({ maxChildren }: Alike) => knownValue(maxChildren) === 1;
  expect(poolsOfKinds(pools(small, large, small), isSmall).map(({ name }) => name)).toEqual(['p0', 'p2']);
});

it('takes no pool for one of the many others that it differs from', () => {
  const many = Array.from({ length: 100 }, (_, at) => `pm.max_children = ${at + 1}`);
  expect(kinds(...many, ...many.slice(0, 2))).toEqual([...many.map((_, at) => at), 0, 1]);
});
