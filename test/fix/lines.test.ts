import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/engine/finding.ts';
import {
  insertDirectiveAfter,
  insertDirectiveInto,
  insertLinesBelow,
  removeSpan,
} from '../../src/fix/lines.ts';
import { parseNginx } from '../../src/syntax/nginx/parse.ts';
import type { Directive } from '../../src/syntax/nginx/tree.ts';
import { placeOf, sourceOf } from '../report/places.ts';

function made({ span, text }: Edit): string {
  return span.source.text.slice(0, span.start) + text + span.source.text.slice(span.end);
}

/** The directive of a name, wherever it stands. */
function directiveOf(text: string, name: string): Directive {
  const queue = [...parseNginx(sourceOf('a.conf', text)).directives];
  for (const directive of queue) {
    if (directive.name === name) return directive;
    queue.push(...(directive.block ?? []));
  }
  throw new Error(`there is no ${name}`);
}

describe('lines below a line', () => {
  const below = (text: string, word: string, ...lines: readonly string[]): string => {
    const source = sourceOf('www.conf', text);
    return made(insertLinesBelow(source, placeOf(source, word).start, lines));
  };

  test.each([
    [
      'behind a comment',
      '[www]\nlisten = a ; b\npm = static\n',
      '[www]\nlisten = a ; b\nx\ny\npm = static\n',
    ],
    ['with the indentation', '[www]\n\tlisten = a\n', '[www]\n\tlisten = a\n\tx\n\ty\n'],
    ['with the line ending', '[www]\r\nlisten = a\r\npm\r\n', '[www]\r\nlisten = a\r\nx\r\ny\r\npm\r\n'],
    ['in a last line without an ending', '[www]\nlisten = a', '[www]\nlisten = a\nx\ny'],
    ['the same with its line ending', '[www]\r\nlisten = a', '[www]\r\nlisten = a\r\nx\r\ny'],
    ['in a text of one line', 'listen = a', 'listen = a\nx\ny'],
    ['with a byte order mark', '\ufefflisten = a\n', '\ufefflisten = a\nx\ny\n'],
  ])('%s', (_name, text, expected) => {
    expect(below(text, 'listen', 'x', 'y')).toBe(expected);
  });
});

describe('a directive behind another', () => {
  const behind = (text: string): string =>
    made(insertDirectiveAfter(directiveOf(text, 'fastcgi_pass'), 'x 1;'));

  test.each([
    [
      'on its own line',
      'location / {\n    fastcgi_pass a;\n}\n',
      'location / {\n    fastcgi_pass a;\n    x 1;\n}\n',
    ],
    [
      'behind a comment',
      'location / {\n  fastcgi_pass a; # b }\n}\n',
      'location / {\n  fastcgi_pass a; # b }\n  x 1;\n}\n',
    ],
    [
      'inside a block of one line',
      'location / { fastcgi_pass a; }\n',
      'location / { fastcgi_pass a; x 1; }\n',
    ],
    [
      'before what follows',
      'location / {\n  fastcgi_pass a; y 1;\n}\n',
      'location / {\n  fastcgi_pass a; x 1; y 1;\n}\n',
    ],
    [
      'over lines',
      'location / {\n  fastcgi_pass\n      a;\n}\n',
      'location / {\n  fastcgi_pass\n      a;\n  x 1;\n}\n',
    ],
    [
      'with the line ending',
      'location / {\r\n  fastcgi_pass a;\r\n}\r\n',
      'location / {\r\n  fastcgi_pass a;\r\n  x 1;\r\n}\r\n',
    ],
  ])('%s', (_name, text, expected) => {
    expect(behind(text)).toBe(expected);
  });
});

test.each([
  ['http {\n  server {\n  }\n}\n', 'http {\n  x 1;\n  server {\n  }\n}\n'],
  ['http {\n}\n', 'http {\n    x 1;\n}\n'],
  ['http { # all\n\tserver {}\n}\n', 'http { # all\n\tx 1;\n\tserver {}\n}\n'],
  ['http { server {} }\n', 'http { x 1; server {} }\n'],
  ['http {}', 'http { x 1;}'],
  ['http\n{\n  server {}\n}\n', 'http\n{\n  x 1;\n  server {}\n}\n'],
])('a directive into %j', (text, expected) => {
  expect(made(insertDirectiveInto(directiveOf(text, 'http'), 'x 1;'))).toBe(expected);
});

test.each([
  ['a;\n  # gone\nb;\n', 'a;\nb;\n'],
  ['a; # gone\nb;\n', 'a;\nb;\n'],
  ['a;\r\n# gone\r\nb;\r\n', 'a;\r\nb;\r\n'],
  ['# gone', ''],
  ['a;\n# gone', 'a;\n'],
])('%j without its comment', (text, expected) => {
  expect(made(removeSpan(placeOf(sourceOf('a.conf', text), '# gone')))).toBe(expected);
});
