import { expect, test } from 'vitest';
import { buildMaster } from '../../../src/model/fpm/master.ts';
import { poolsSaying, poolsSetting } from '../../../src/model/fpm/pools-saying.ts';
import { knownValue } from '../../../src/model/fpm/setting.ts';
import { read } from '../../syntax/fpm/files.ts';

/** Pools called p0, p1, ..., each of the lines given and of those that every pool has. */
function pools(...written: readonly string[]) {
  const text = written.map((lines, at) => `[p${at}]\nlisten = /run/$pool.sock\n${lines}\n`).join('');
  return buildMaster(read(text), { phpVersion: '8.2', prefix: '/usr' }).pools;
}

test('of neighbours that say the same, one speaks for the others', () => {
  const all = pools('user = a', 'user = a', 'user = b', 'user = b', 'user = a', 'user = a\ngroup = b');
  const found = poolsSaying(all, ['user', 'group'], ({ user }) => knownValue(user) === 'a');
  expect(found.map(({ name }) => name)).toEqual(['p0', 'p1', 'p4', 'p5']);
});

test('pools that differ in other directives only are not asked one by one', () => {
  const asked: string[] = [];
  const all = pools(...Array.from({ length: 100 }, (_, at) => `user = u${at}\nlisten.owner = a`));
  const found = poolsSaying(all, ['listen.owner'], ({ name }) => asked.push(name) > 0);
  expect(found).toEqual(all);
  expect(asked.length).toBeLessThan(5);
});

test('a text that names the pool is another in each', () => {
  const found = poolsSaying(pools('user = $pool', 'user = $pool'), ['user'], (pool) => {
    return knownValue(pool.user) === 'p1';
  });
  expect(found.map(({ name }) => name)).toEqual(['p1']);
});

test('pools that set a directive, to whatever', () => {
  const all = pools('chroot = /srv', 'user = a', 'chroot = ${ROOT}', 'slowlog = /a');
  expect(poolsSetting(all, 'chroot', 'slowlog').map(({ name }) => name)).toEqual(['p0', 'p2', 'p3']);
  expect(poolsSetting(all, 'chdir')).toEqual([]);
});
