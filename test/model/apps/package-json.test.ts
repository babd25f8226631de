import { expect, test } from 'vitest';
import { scriptOf } from '../../../src/model/apps/package-json.ts';
import type { Source } from '../../../src/syntax/source.ts';

const source = (text: string): Source => ({
  path: '/srv/package.json',
  file: 'package.json',
  text,
  encoding: 'utf8',
});

function written(text: string, name: string): string | undefined {
  const script = scriptOf(source(text), name);
  return script && text.slice(script.span.start, script.span.end);
}

test('a script is found where it stands', () => {
  const text = '{ "start": "no", "scripts": { "build": "a \\"b\\"", "start" : "node app.js" } }';
  expect(written(text, 'start')).toBe('"node app.js"');
  expect(written(text, 'build')).toBe('"a \\"b\\""');
  expect(scriptOf(source(text), 'build')?.text).toBe('a "b"');
  expect(written(text, 'stop')).toBeUndefined();
});

test('a name may hold whatever means something in an expression, and be of any length', () => {
  const long = '[program:a]=(x|y)*'.repeat(5000);
  const text = JSON.stringify({ scripts: { 'a.b': 'one', 'a+b': 'two', [long]: 'three' } });
  expect(written(text, 'a.b')).toBe('"one"');
  expect(written(text, 'a+b')).toBe('"two"');
  expect(written(text, long)).toBe('"three"');
});

test('a key that is no script is none', () => {
  expect(written('{ "scripts": { "a": 1 }, "b": { "a": "x" } }', 'a')).toBeUndefined();
  expect(written('{ "scripts": { "a": ["start"] } }', 'start')).toBeUndefined();
  expect(written('{ "scripts": { "start": "node', 'start')).toBeUndefined();
});
