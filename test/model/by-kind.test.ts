import { expect, test } from 'vitest';
import { ofKinds, sortByKind } from '../../src/model/by-kind.ts';

const words = ['a', 'bb', 'c', 'dd', 'eee'];
const sorted = sortByKind(words, ({ length }) => length);

test('the things of some kinds come in their order', () => {
  expect(ofKinds(sorted, (length) => length !== 2)).toEqual(['a', 'c', 'eee']);
  expect(ofKinds(sorted, (length) => length === 4)).toEqual([]);
  expect(ofKinds(sorted, () => true)).toBe(words);
});

test('a kind is asked about once', () => {
  const asked: number[] = [];
  ofKinds(sorted, (length) => asked.push(length) > 0);
  expect(asked).toEqual([1, 2, 3]);
});
