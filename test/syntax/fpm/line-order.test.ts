import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FpmReading } from '../../../src/syntax/fpm/reader.ts';
import { placeOf, read, textOf } from './files.ts';

/** Lines as pools have them, some wrong, some of which are the beginning of another. */
const line = fc.constantFrom(
  'user = www-data',
  'listen = /run/$pool.sock',
  'pm = ondemand',
  'pm = ondemand ; as needed',
  'pm.max_children = 2',
  'pm.max_children = 20',
  'pm.max_children = few',
  'php_value[memory_limit] = "1G"',
  'php_admin_flag[log_errors] = on\r',
  '; a comment',
  '',
  '[global]',
  '[other]',
);

const pool = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', '\n'))
  .map(([lines, end]) => lines.join('\n') + end);

function saidBy({ config, problems }: FpmReading, path: string): unknown {
  const entries = config.entries.filter(({ source }) => source.path === path);
  return {
    entries: entries.map(({ name, section, value, valueSpan, keySpan, line: at, refused }) => [
      name,
      section,
      value,
      [placeOf(keySpan), placeOf(valueSpan), textOf(valueSpan)],
      at,
      refused,
    ]),
    problems: problems
      .filter(({ span }) => span.source.path === path)
      .map(({ kind, message, reportedLine, span }) => [kind, message, reportedLine, placeOf(span)]),
    isPlain: config.stretches.filter(({ source }) => source.path === path).map(({ isPlain }) => isPlain),
  };
}

it('pools say the same after others as they do alone, whatever lines they have in common', () => {
  fc.assert(
    fc.property(fc.array(pool, { minLength: 1, maxLength: 8 }), (texts) => {
      const files = Object.fromEntries(
        texts.map((text, at) => [`/pools/${at}.conf`, `[pool${at}]\n${text}`]),
      );
      const all = read('include = /pools/*.conf\n', files);
      for (const [path, text] of Object.entries(files)) {
        expect(saidBy(all, path)).toEqual(saidBy(read(`include = ${path}\n`, { [path]: text }), path));
      }
    }),
    { numRuns: 500 },
  );
});

it('lines of one file are not joined to those where another one ended', () => {
  const lines = 'user = x\ngroup = x\n';
  const below = `; ${'-'.repeat('user = x\ngroup = '.length - 1)}\n${lines}`;
  const texts = [lines, lines, lines, lines, below, below].map((text, at) => `[${at}]\n${text}`);
  const { config } = read(
    'include = /pools/*.conf\n',
    Object.fromEntries(texts.map((text, at) => [`/pools/${at}.conf`, text])),
  );
  expect(config.stretches.map(({ lines: said }) => said.map(({ name }) => name))).toEqual(
    texts.map(() => ['user', 'group']),
  );
});
