import { shared } from '../repeated.ts';
import { BACKSLASH, DOLLAR, isWhitespace, OPENING_BRACE, SEMICOLON } from './characters.ts';

/**
 * The offset after an unquoted word whose characters begin at `start`: that of the white space, `;` or `{` which
 * ends it, or the end of the text. `}`, quotes and `#` are ordinary inside a word, and so is `{` right after `$`.
 */
export function endOfWord(text: string, start: number): number {
  let afterDollar = false;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === OPENING_BRACE && afterDollar) {
      at++;
      continue;
    }
    if (code === SEMICOLON || code === OPENING_BRACE || isWhitespace(code)) return at;
    afterDollar = code === DOLLAR;
    at += code === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

/**
 * The offset of the quote that closes a word whose characters begin at `start`, or -1 where there is none before
 * `limit`.
 */
export function closingQuote(text: string, start: number, limit: number, quote: number): number {
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === BACKSLASH) at++;
  }
  return -1;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
]);

/** The characters between two offsets with nginx's escapes resolved; any other backslash stays. */
export function unescapeWord(text: string, start: number, end: number): string {
  let first = start;
  while (first < end && text.charCodeAt(first) !== BACKSLASH) first++;
  if (first === end) return text.slice(start, end);
  let value = '';
  let copied = start;
  for (let at = first; at < end; at++) {
    if (text.charCodeAt(at) !== BACKSLASH || at + 1 >= end) continue;
    const resolved = ESCAPES.get(text.charAt(at + 1));
    if (resolved === undefined) continue;
    value += text.slice(copied, at) + resolved;
    at++;
    copied = at + 1;
  }
  return value + text.slice(copied, end);
}

/** What nginx works with of a word, its quotes aside: words that a host repeats are one text. */
export function valueOfWord(text: string, start: number, end: number): string {
  return shared(unescapeWord(text, start, end));
}
