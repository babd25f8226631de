import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesIn } from '../../../src/syntax/zend/names.ts';
import { parseIni } from '../../../src/syntax/zend/parser.ts';
import { plainLine } from '../../../src/syntax/zend/plain-line.ts';

const names = namesIn({ phpVersion: '8.2' });

function parsed(text: string, start: number, end: number) {
  return [...parseIni({ text, start, end, appendNewline: true, fallbacks: false }, names)];
}

/** What lines of pools are made of, and what might be taken for it. */
const piece = fc.constantFrom(
  ...[
    'pm',
    'listen',
    'user',
    'php_admin_value',
    'E_ALL',
    'PHP_VERSION',
    'on',
    'No',
    'null',
    'yes',
    'include',
  ],
  ...['=', ' = ', '\t=\t', '[', ']', ' ', '\t', '\r', ';', '# x', '"', "'", '\\', '&', '|', '~', '!', '('],
  ...[
    '/run/php/',
    '$pool',
    '$',
    '${',
    '}',
    '9000',
    '-5',
    '1.5',
    ':',
    '.',
    '-',
    '_',
    '16M',
    '\u0000',
    'é',
    ',',
  ],
);

describe('a plain line', () => {
  it.each([
    'user = www-data',
    'listen=/run/php/$pool.sock',
    'listen = 127.0.0.1:9000',
    'pm.max_children\t=  5  ',
    'php_admin_value[memory_limit] = 16M',
    'php_admin_flag[log_errors] = on',
    'php_value[error_reporting] = E_ALL',
    'catch_workers_output = yes',
    '[shop]  ',
    '[E_ALL]',
  ])('is read without the parser: %s', (line) => {
    const text = `; above\n${line}\n; below`;
    const start = text.indexOf(line);
    const statement = plainLine(text, start, start + line.length, names);
    expect(statement).toBeDefined();
    expect([statement]).toEqual(parsed(text, start, start + line.length));
  });

  it('means what the parser reads, or is left to it', () => {
    const lines = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const settings = fc
      .tuple(piece, fc.constantFrom(' = ', '=', '[a] = ', '[error_log]='), fc.array(piece, { maxLength: 3 }))
      .map(([key, equals, value]) => `${key}${equals}${value.join('')}`);
    const headers = fc.array(piece, { maxLength: 3 }).map((name) => `[${name.join('')}]`);
    fc.assert(
      fc.property(fc.oneof(lines, settings, headers), (line) => {
        const statement = plainLine(line, 0, line.length, names);
        if (statement) expect([statement]).toEqual(parsed(line, 0, line.length));
      }),
      { numRuns: 5000 },
    );
  });
});
