import { describe, expect, it } from 'vitest';
import { type Interpolated, interpolate } from '../../../src/syntax/compose/interpolate.ts';

const variables: Readonly<Record<string, Interpolated>> = {
  PORT: { kind: 'known', value: '8080' },
  EMPTY: { kind: 'known', value: '' },
  HOME_DIR: { kind: 'unknown', why: 'it is taken from the shell', text: '' },
};

function filled(text: string): string {
  const result = interpolate(text, (name) => variables[name]);
  return result.kind === 'known' ? result.value : `unknown: ${result.why} (${result.text})`;
}

describe('variables of a compose file', () => {
  it.each([
    ['no variables', 'no variables'],
    ['$PORT:80', '8080:80'],
    ['${PORT}:80', '8080:80'],
    ['${PORT}$PORT', '80808080'],
    ['$$PORT', '$PORT'],
    ['$${PORT}', '${PORT}'],
    ['${PORT:-1}', '8080'],
    ['${PORT-1}', '8080'],
    ['${EMPTY:-1}', '1'],
    ['${EMPTY-1}', ''],
    ['${NONE:-1}', '1'],
    ['${NONE-1}', '1'],
    ['${NONE:-}', ''],
    ['${PORT:?say the port}', '8080'],
    ['${EMPTY?say it}', ''],
    ['${PORT:+set}', 'set'],
    ['${EMPTY:+set}', ''],
    ['${EMPTY+set}', 'set'],
    ['${NONE:-${PORT}}/x', '8080/x'],
    ['${NONE:-${OTHER:-${PORT}}}', '8080'],
    ['${NONE:-a:b/c-d}', 'a:b/c-d'],
  ])('%s becomes %s', (text, expected) => {
    expect(filled(text)).toBe(expected);
  });

  it.each([
    ['$NONE/x', 'unknown: no file defines the variable NONE (${NONE}/x)'],
    ['${NONE}:$PORT', 'unknown: no file defines the variable NONE (${NONE}:8080)'],
    ['${NONE:?say it}', 'unknown: no file defines the variable NONE (${NONE})'],
    ['${EMPTY:?say it}', 'unknown: no file defines the variable EMPTY (${EMPTY})'],
    ['${NONE:+set}', 'unknown: no file defines the variable NONE (${NONE})'],
    ['${NONE:-${OTHER}}', 'unknown: no file defines the variable OTHER (${OTHER})'],
    ['${HOME_DIR:-x}', 'unknown: it is taken from the shell (${HOME_DIR})'],
    ['${', 'unknown: "${" has a $ that begins no variable (${)'],
    ['a$', 'unknown: "a$" has a $ that begins no variable (a$)'],
    ['${PORT/a/b}', 'unknown: "${PORT/a/b}" has a $ that begins no variable (${PORT/a/b})'],
    ['$1', 'unknown: "$1" has a $ that begins no variable ($1)'],
  ])('%s is %s', (text, expected) => {
    expect(filled(text)).toBe(expected);
  });

  it('ends on a text that is nested without end', () => {
    const text = '${A:-'.repeat(20_000) + '}'.repeat(20_000);
    expect(interpolate(text, () => undefined).kind).toBe('unknown');
  });
});
