import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Token, tokens } from '../../../src/syntax/nginx/lex.ts';
import { configText } from './arbitrary.ts';
import { sourceOf } from './source-of.ts';
import { tokenizerCases } from './tokenizer-cases.ts';

function kinds(text: string): string {
  return tokens(sourceOf(text))
    .map((token) => token.kind)
    .join(' ');
}

function joined(text: string): string {
  return tokens(sourceOf(text))
    .map((token) => text.slice(token.start, token.end))
    .join('');
}

describe('tokens', () => {
  it('names what nginx tells apart', () => {
    expect(kinds('a b{#c\n}')).toBe('word whitespace word open comment whitespace close');
    expect(kinds('a "b;c";')).toBe('word whitespace word semicolon');
  });

  it('keeps the body of a Lua block in one piece', () => {
    const text = 'content_by_lua_block { if x then y = { "}" } end -- }\n }';
    const lua = tokens(sourceOf(text)).find((token) => token.kind === 'lua');
    expect(lua && text.slice(lua.start, lua.end)).toBe(' if x then y = { "}" } end -- }\n ');
  });

  it('passes over a placeholder in the place of a directive', () => {
    expect(kinds('{{ range }}\nserver { }')).toBe(
      'template whitespace word whitespace open whitespace close',
    );
  });

  it.each(tokenizerCases)('joined give back the text: $title', ({ text }) => {
    expect(joined(text)).toBe(text);
  });

  it('joined give back any text', () => {
    fc.assert(
      fc.property(configText, (text) => joined(text) === text),
      { numRuns: 500 },
    );
  });

  it('never are empty, but for the body of a Lua block', () => {
    const isEmpty = (token: Token): boolean => token.start === token.end && token.kind !== 'lua';
    fc.assert(
      fc.property(configText, (text) => !tokens(sourceOf(text)).some(isEmpty)),
      { numRuns: 500 },
    );
  });
});
