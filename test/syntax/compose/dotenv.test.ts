import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/syntax/compose/dotenv.ts';
import type { Source } from '../../../src/syntax/source.ts';

function parse(text: string): { entries: unknown[]; problem: string | undefined } {
  const source: Source = { path: '/a/.env', file: '.env', text, encoding: 'utf8' };
  const { entries, problem } = parseDotenv(source);
  return {
    entries: entries.map(({ name, value, isLiteral }) => [name, value, ...(isLiteral ? ['literal'] : [])]),
    problem: problem?.message,
  };
}

describe('an env file', () => {
  it('holds a variable a line', () => {
    const text = '# ports\nWEB=8080\n\n  export API = 3000  \nEMPTY=\nYAML: style\r\nLAST=x';
    expect(parse(text)).toEqual({
      entries: [
        ['WEB', '8080'],
        ['API', '3000'],
        ['EMPTY', ''],
        ['YAML', 'style'],
        ['LAST', 'x'],
      ],
      problem: undefined,
    });
  });

  it('has comments after a blank only', () => {
    expect(parse('A=one # two\nB=one#two\nC= # nothing').entries).toEqual([
      ['A', 'one'],
      ['B', 'one#two'],
      ['C', ''],
    ]);
  });

  it('quotes values, over several lines too', () => {
    const text = 'A="one # two"\nB=\'$HOME\\n\'\nC="a\\nb \\"c\\" \\$D"\nE="first\nsecond"\nF=\'it\\\'s\'';
    expect(parse(text).entries).toEqual([
      ['A', 'one # two'],
      ['B', '$HOME\\n', 'literal'],
      ['C', 'a\nb "c" $$D'],
      ['E', 'first\nsecond'],
      ['F', "it's", 'literal'],
    ]);
  });

  it('may name a variable of the shell', () => {
    expect(parse('USER\nA=1').entries).toEqual([
      ['USER', undefined, 'literal'],
      ['A', '1'],
    ]);
  });

  it('ends where compose would refuse it', () => {
    expect(parse('A=1\nnot a name\nB=2')).toEqual({
      entries: [['A', '1']],
      problem: '"not a name" is no name of a variable',
    });
    expect(parse('A="1').problem).toBe('""1" begins a quote that never ends');
  });

  it('knows where its values stand', () => {
    const source: Source = { path: '/a/.env', file: '.env', text: 'A=1\nB = "two"  \n', encoding: 'utf8' };
    const spans = parseDotenv(source).entries.map(({ span }) => source.text.slice(span.start, span.end));
    expect(spans).toEqual(['1', '"two"']);
  });
});
