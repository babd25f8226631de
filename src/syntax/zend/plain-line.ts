import { shared } from '../repeated.ts';
import { code, isBlank, isConstantName, isDigit } from './characters.ts';
import type { Label, Placed, Statement } from './parser.ts';
import { keywords } from './scanner.ts';
import { known, type Names, sharedKnown, type ZendValue } from './value.ts';

/**
 * Reads a line of a pool file that holds one plain setting or header: `key = value`, `key[name] = value` or `[name]` without quotes, expressions,
 * comments and variables but `$pool`. `undefined` for every other line, which the parser reads. A parser for each line of ten
 * thousand pools takes longer than all else that is done with them; the two are held to say the same by a test.
 */
export function plainLine(text: string, start: number, end: number, names: Names): Statement | undefined {
  if (text.charCodeAt(start) === code.openBracket && start < end) return plainHeader(text, start, end);
  const keyEnd = endOfKey(text, start, end);
  if (keyEnd === start) return undefined;
  const keyText = shared(text.slice(start, keyEnd));
  if (keywords.has(keyText.toLowerCase())) return undefined;
  const key: Label = { text: keyText, start, end: keyEnd };
  let at = keyEnd;
  let offset: Placed | undefined;
  if (text.charCodeAt(at) === code.openBracket && at < end) {
    const offsetEnd = endOfKey(text, at + 1, end);
    if (offsetEnd === at + 1 || offsetEnd >= end || text.charCodeAt(offsetEnd) !== code.closeBracket) {
      return undefined;
    }
    offset = { value: meaning(text.slice(at + 1, offsetEnd), names), start: at + 1, end: offsetEnd };
    at = offsetEnd + 1;
  }
  at = afterBlanks(text, at, end);
  if (at >= end || text.charCodeAt(at) !== code.equals) return undefined;
  const from = afterBlanks(text, at + 1, end);
  const to = endOfValue(text, from, end);
  if (to === from || afterBlanks(text, to, end) < end) return undefined;
  const written = text.slice(from, to);
  const value: Placed = { value: keyword(written) ?? meaning(written, names), start: from, end: to };
  return offset ? { kind: 'element', key, offset, value } : { kind: 'entry', key, value };
}

/** `[name]`, in which no constant stands for another text. */
function plainHeader(text: string, start: number, end: number): Statement | undefined {
  const nameEnd = endOfKey(text, start + 1, end);
  if (nameEnd === start + 1 || nameEnd >= end || text.charCodeAt(nameEnd) !== code.closeBracket)
    return undefined;
  if (afterBlanks(text, nameEnd + 1, end) < end) return undefined;
  const name = { value: known(text.slice(start + 1, nameEnd)), start: start + 1, end: nameEnd };
  return { kind: 'section', name, start, end: nameEnd + 1 };
}

/** Letters, digits, `_` and `.`, a letter first. */
function endOfKey(text: string, start: number, end: number): number {
  if (start >= end || !isLetter(text.charCodeAt(start))) return start;
  let at = start + 1;
  while (at < end && isKeyCharacter(text.charCodeAt(at))) at++;
  return at;
}

/** Characters that mean nothing but themselves, and a `$` before a letter. */
function endOfValue(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const char = text.charCodeAt(at);
    const isPlain =
      isKeyCharacter(char) ||
      char === code.minus ||
      char === code.colon ||
      char === SLASH ||
      (char === code.dollar && at + 1 < end && isLetter(text.charCodeAt(at + 1)));
    if (!isPlain) return at;
    at++;
  }
  return at;
}

function afterBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

const SLASH = 47;

function isKeyCharacter(char: number): boolean {
  return isLetter(char) || isDigit(char) || char === code.underscore || char === code.dot;
}

function isLetter(char: number): boolean {
  const small = char | 0x20;
  return small >= 97 && small <= 122;
}

function keyword(written: string): ZendValue | undefined {
  const kind = written.length > 5 ? undefined : keywords.get(written.toLowerCase());
  return kind && sharedKnown(kind === 'BOOL_TRUE' ? '1' : '');
}

function meaning(written: string, names: Names): ZendValue {
  return (isConstantName(written) ? names.constant(written) : undefined) ?? sharedKnown(written);
}
