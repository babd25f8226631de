/** Character codes that mean something to nginx's tokenizer. */
const TAB = 9;
export const LF = 10;
const CR = 13;
const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const SHARP = 35;
export const DOLLAR = 36;
export const SINGLE_QUOTE = 39;
export const CLOSING_PARENTHESIS = 41;
export const DASH = 45;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const OPENING_BRACKET = 91;
export const BACKSLASH = 92;
export const OPENING_BRACE = 123;
export const CLOSING_BRACE = 125;

/** True for the four characters that separate words in nginx; form feeds and no-break spaces do not. */
export function isWhitespace(code: number): boolean {
  return code === SPACE || code === LF || code === TAB || code === CR;
}

/** The offset of the first character that separates no words, or `end` where there is none before it. */
export function afterWhitespace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isWhitespace(text.charCodeAt(at))) at++;
  return at;
}
