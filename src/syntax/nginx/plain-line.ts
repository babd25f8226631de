import { shared } from '../repeated.ts';
import { Arguments } from './arguments.ts';
import {
  afterWhitespace,
  BACKSLASH,
  CLOSING_BRACE,
  DOLLAR,
  DOUBLE_QUOTE,
  isWhitespace,
  OPENING_BRACE,
  SEMICOLON,
  SHARP,
  SINGLE_QUOTE,
} from './characters.ts';
import { Statement } from './statement.ts';

const args = new Arguments();

/**
 * The statement that begins at `start`, where it ends with its line and its words are what is written; `undefined` for all others, which are
 * the lexer's to read. Most lines that stand in one site alone are such: `root /var/www/a;`.
 */
export function plainStatement(text: string, start: number, end: number): Statement | undefined {
  let at = start;
  let name: string | undefined;
  let nameEnd = 0;
  let hasDollar = false;
  args.begin();
  while (at < end && text.charCodeAt(at) !== SEMICOLON) {
    const wordStart = at;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === SEMICOLON || isWhitespace(code)) break;
      if (mayBeSpecial(code)) return undefined;
      if (code === DOLLAR) hasDollar = true;
    }
    const word = text.slice(wordStart, at);
    if (name !== undefined) args.add(word);
    else {
      if (hasDollar) return undefined;
      name = shared(word);
      nameEnd = at - start;
    }
    at = afterWhitespace(text, at, end);
  }
  if (name === undefined || at === end || !isEmptyBehind(text, at + 1, end)) return undefined;
  const terminator = at - start;
  return new Statement(name, nameEnd, args.all(), terminator, true, false, hasDollar, terminator + 1);
}

function mayBeSpecial(code: number): boolean {
  switch (code) {
    case DOUBLE_QUOTE:
    case SINGLE_QUOTE:
    case BACKSLASH:
    case SHARP:
    case OPENING_BRACE:
    case CLOSING_BRACE:
      return true;
    default:
      return false;
  }
}

/** Whether no more than a comment stands there. */
function isEmptyBehind(text: string, from: number, end: number): boolean {
  const at = afterWhitespace(text, from, end);
  if (at === end) return true;
  return text.charCodeAt(at) === SHARP && !text.slice(at, end).includes('\n');
}
