import { expect, test } from 'vitest';
import { visible } from '../../src/report/visible.ts';
import { textWidth } from '../../src/report/width.ts';
import { wrap } from '../../src/report/wrap.ts';

test.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本語', 6],
  ['한글', 4],
  ['ｱｲｳ', 3],
  ['Ａ', 2],
  ['🎉', 2],
  ['привет', 6],
])('%s takes %i cells', (text, cells) => {
  expect(textWidth(text)).toBe(cells);
});

test('what is plain stays the same text', () => {
  expect(visible('listen 80; # ~')).toBe('listen 80; # ~');
  expect(visible('naïve 日本 🎉')).toBe('naïve 日本 🎉');
});

test('what cannot be seen is shown, so that it can be found', () => {
  expect(visible('a\u00a0b')).toBe('a\\xa0b');
  expect(visible('\ufeffserver')).toBe('\\ufeffserver');
  expect(visible('\ud800')).toBe('\\ud800');
  expect(visible('\u{e0041}')).toBe('\\u{e0041}');
});

test('words are broken between lines and never inside', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('日本 日本', 4)).toEqual(['日本', '日本']);
  expect(wrap('longerthanthat x', 5)).toEqual(['longerthanthat', 'x']);
  expect(wrap('', 5)).toEqual(['']);
});
