import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phpConstant } from '../../src/syntax/zend/constants.ts';
import { parseIni } from '../../src/syntax/zend/parser.ts';
import { known, type Names } from '../../src/syntax/zend/value.ts';

const binary = 'php8.2';
const isInstalled = spawnSync(binary, ['-n', '-v']).status === 0;
const title = "random text against PHP's own INI parser";

/** Texts on standard input, as JSON of base64; what `parse_ini_string` warns and returns, on standard output. */
const script = `
$warning = null;
set_error_handler(function ($level, $text) use (&$warning) { $warning = $text; return true; });
$answers = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
  $warning = null;
  $lines = [];
  foreach (parse_ini_string(base64_decode($text)) ?: [] as $key => $value) {
    if (!is_array($value)) $lines[] = base64_encode($key) . '=' . base64_encode($value);
    else foreach ($value as $offset => $element) {
      $lines[] = base64_encode($key) . '[' . base64_encode($offset) . ']=' . base64_encode($element);
    }
  }
  sort($lines);
  $answers[] = [$warning, $lines];
}
echo json_encode($answers);
`;

const names: Names = {
  constant: (name) => phpConstant(name, '8.2'),
  variable: (name) => (name === 'A' ? known('AA') : undefined),
};

/** Pieces that mean something to the scanner stand next to each other more often than chance would have it. */
const pieces = [
  ...'ab =[]"\'$\\{}()|&^~!;#:-.,%@?50\t\n\r\ufeffé',
  ...['=', '=', 'a=', 'k[', '${', '${A}', '${B}', '$pool', '\\"', '\\$'],
  ...['on', 'yes', 'no', 'none', 'null', 'true', 'E_ALL', '"x"', "'y'", '-1', '1.5', '\r\n'],
];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe.skipIf(!isInstalled)(isInstalled ? title : `${title} (left out: ${binary} is not installed)`, () => {
  it('gives the same values and the same syntax errors', () => {
    const line = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));
    const texts = fc.sample(
      fc.tuple(fc.constantFrom('', 'a=', 'k[a]=', '['), line).map(([start, rest]) => `${start}${rest}\n`),
      { numRuns: 20_000, seed: 502 },
    );
    const { stdout } = spawnSync(binary, ['-n', '-r', script], {
      input: JSON.stringify(texts.map(base64)),
      env: { PATH: process.env['PATH'], A: 'AA' },
      maxBuffer: 2 ** 28,
    });
    const answers: readonly unknown[] = JSON.parse(stdout.toString());
    const wrong = texts
      .map((text, i) => ({ text, ours: answer(text), theirs: answers[i] }))
      .filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs));
    expect(wrong).toEqual([]);
  });
});

/** What `parse_ini_string` would return, in the script's form. */
function answer(text: string): readonly [string | null, readonly string[]] {
  const values = new Map<string, string | Map<string, string>>();
  const range = { text, start: 0, end: text.length, appendNewline: false, fallbacks: false };
  for (const statement of parseIni(range, names)) {
    if (statement.kind === 'error')
      return [`${statement.message} in Unknown on line ${statement.line}\n`, []];
    if (statement.kind === 'entry' && statement.value) {
      values.set(statement.key.text, statement.value.value.text);
    }
    if (statement.kind !== 'element') continue;
    const before = values.get(statement.key.text);
    const elements = before instanceof Map ? before : new Map<string, string>();
    values.set(statement.key.text, elements);
    const offset = statement.offset.value.text;
    elements.set(offset === '' ? String(nextIndex(elements)) : offset, statement.value.value.text);
  }
  const lines = [...values].flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${base64(key)}=${base64(value)}`]
      : [...value].map(([offset, element]) => `${base64(key)}[${base64(offset)}]=${base64(element)}`),
  );
  return [null, lines.sort()];
}

/** The index that PHP gives an element without a key. */
function nextIndex(elements: ReadonlyMap<string, string>): number {
  const indexes = [...elements.keys()].filter((key) => /^(?:0|-?[1-9]\d{0,17})$/.test(key)).map(Number);
  return Math.max(-1, ...indexes) + 1;
}
