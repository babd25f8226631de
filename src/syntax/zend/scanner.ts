import {
  code,
  isBlank,
  isBracketedCharacter,
  isConstantName,
  isLabelCharacter,
  isNumber,
  isOperator,
  isValueCharacter,
} from './characters.ts';
import type { Token, TokenKind } from './token.ts';

type State = 'initial' | 'value' | 'section' | 'offset' | 'double-quotes' | 'variable' | 'fallback';

/** The part of a text that is scanned, and the dialect of the PHP that would scan it. */
export interface ScanRange {
  readonly text: string;
  /** Offset of the first character. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
  /** php-fpm cuts its files into lines and appends a newline to each; `php.ini` is scanned as it is. */
  readonly appendNewline: boolean;
  /** `${NAME:-default}` is read since PHP 8.3: https://www.php.net/manual/en/migration83.new-features.php */
  readonly fallbacks: boolean;
}

/** Zend's INI scanner in NORMAL mode. */
export interface Scanner {
  /** The next token; `end of file` for ever once the text is used up or nothing in it can be a token. */
  next(): Token;
  /** The line as the scanner itself counts it, from 1: it counts every `]` that ends a section as a line. */
  line(): number;
}

/**
 * Scans a text as `zend_parse_ini_string(..., ZEND_INI_SCANNER_NORMAL)` does. Never throws, linear in the text.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_scanner.l
 */
export function createScanner(range: ScanRange): Scanner {
  const { text, end } = range;
  const limit = range.appendNewline ? end + 1 : end;
  const outer: State[] = [];
  let state: State = 'initial';
  let position = range.start;
  let line = 1;

  function charAt(offset: number): number {
    if (offset < end) return text.charCodeAt(offset);
    return offset < limit ? code.lineFeed : code.nul;
  }

  function slice(from: number, to: number): string {
    return to > end ? `${text.slice(from, end)}\n` : text.slice(from, to);
  }

  function take(kind: TokenKind, to: number, meaning?: string): Token {
    // The newline that is only thought behind the text has no place in it.
    const token = {
      kind,
      start: Math.min(position, end),
      end: Math.min(to, end),
      text: meaning ?? slice(position, to),
    };
    position = to;
    return token;
  }

  /** Zend answers `end of file` where no rule fits and where a rule runs past the end of its buffer. */
  function stop(): Token {
    const token: Token = { kind: 'end of file', start: Math.min(position, end), end, text: '' };
    position = limit;
    state = 'initial';
    return token;
  }

  function afterBlanks(from: number): number {
    let at = from;
    while (isBlank(charAt(at))) at++;
    return at;
  }

  function isNewline(char: number): boolean {
    return char === code.lineFeed || char === code.carriageReturn;
  }

  function afterNewline(at: number): number {
    return charAt(at) === code.carriageReturn && charAt(at + 1) === code.lineFeed ? at + 2 : at + 1;
  }

  function endOfLine(newlineAt: number): Token {
    line++;
    state = 'initial';
    return take('END_OF_LINE', afterNewline(newlineAt), '');
  }

  function comment(semicolonAt: number): Token {
    let at = semicolonAt;
    while (at < limit && !isNewline(charAt(at))) at++;
    return at < limit ? endOfLine(at) : stop();
  }

  /** The end of an unquoted run in which `$` takes the next character with it, unless that opens a `${`. */
  function runEnd(from: number, isPlain: (char: number) => boolean, escapes: boolean): number {
    // `$\x` may be read as `$\` and `x` or as one unit; Zend's automaton follows both readings at once.
    let between = true;
    let afterDollar = false;
    let escaped = false;
    let accepted = from;
    for (let at = from; at < limit && (between || afterDollar || escaped); at++) {
      const char = charAt(at);
      const closes: boolean = (between && isPlain(char)) || escaped;
      const closesDollar: boolean = afterDollar && char !== code.openBrace && char !== code.nul;
      const opensDollar: boolean = between && char === code.dollar;
      const opensEscape: boolean = char === code.backslash && (afterDollar || (escapes && between));
      between = closes || closesDollar;
      afterDollar = opensDollar;
      escaped = opensEscape;
      if (between) accepted = at + 1;
    }
    return accepted;
  }

  function keyword(word: string): Token | undefined {
    const kind = keywords.get(word.toLowerCase());
    if (kind === undefined) return undefined;
    return take(kind, afterBlanks(position + word.length), kind === 'BOOL_TRUE' ? '1' : '');
  }

  function word(to: number): Token {
    const run = slice(position, to);
    if (isConstantName(run)) return take('TC_CONSTANT', to, run);
    return take(isNumber(run) ? 'TC_NUMBER' : 'TC_STRING', to, run);
  }

  function singleQuoted(): Token | undefined {
    let close = position + 1;
    while (close < limit && charAt(close) !== code.singleQuote) close++;
    if (close >= limit) return stop();
    if (close === position + 1) return undefined;
    return take('TC_RAW', close + 1, slice(position + 1, close));
  }

  function enter(inner: State, kind: TokenKind, to: number): Token {
    outer.push(state);
    state = inner;
    return take(kind, to, '');
  }

  function leave(kind: TokenKind, to: number): Token {
    state = outer.pop() ?? 'initial';
    return take(kind, to, '');
  }

  function inInitial(): Token {
    for (;;) {
      const blanksEnd = afterBlanks(position);
      let labelEnd = position;
      while (labelEnd < limit && isLabelCharacter(charAt(labelEnd))) labelEnd++;
      const next = charAt(blanksEnd);
      if (labelEnd > position && charAt(labelEnd) === code.openBracket) {
        state = 'offset';
        return take('TC_OFFSET', afterBlanks(labelEnd + 1), trimBlanks(slice(position, labelEnd)));
      }
      if (next === code.equals) {
        state = 'value';
        return take(`'='`, afterBlanks(blanksEnd + 1), '');
      }
      if (blanksEnd < limit && isNewline(next)) return endOfLine(blanksEnd);
      if (next === code.semicolon) return comment(blanksEnd);
      // Zend reads one character past its buffer for the end of a label, and gives up there.
      if (labelEnd > position && labelEnd >= limit) return stop();
      if (labelEnd > position) {
        const first = trimBlanks(slice(position, labelEnd));
        if (!isBlank(charAt(position)) && afterBlanks(position + first.length) >= labelEnd) {
          const found = keyword(first);
          if (found) return found;
        }
        if (blanksEnd <= labelEnd) return take('TC_LABEL', labelEnd, first);
      }
      if (blanksEnd > position) {
        position = blanksEnd;
        if (position >= limit) return stop();
        continue;
      }
      if (next === code.openBracket) {
        state = 'section';
        return take('TC_SECTION', position + 1, '');
      }
      if (next === code.nul) return stop();
      return take(`'${String.fromCharCode(next)}'`, position + 1);
    }
  }

  function inValue(): Token {
    const char = charAt(position);
    if (isBlank(char)) {
      const to = afterBlanks(position);
      const next = charAt(to);
      if (to < limit && isNewline(next)) return endOfLine(to);
      if (next === code.semicolon) return comment(to);
      if (next === code.doubleQuote) return enter('double-quotes', `'"'`, to + 1);
      return take('TC_WHITESPACE', to);
    }
    if (isNewline(char)) return endOfLine(position);
    if (char === code.semicolon) return comment(position);
    if (char === code.doubleQuote) return enter('double-quotes', `'"'`, position + 1);
    if (isOperator(char)) {
      return take(`'${String.fromCharCode(char)}'`, afterBlanks(position + 1));
    }
    if (char === code.dollar && charAt(position + 1) === code.openBrace) {
      return enter('variable', 'TC_DOLLAR_CURLY', position + 2);
    }
    const quoted = char === code.singleQuote ? singleQuoted() : undefined;
    if (quoted) return quoted;
    if (char !== code.equals) {
      const to = runEnd(position, isValueCharacter, false);
      if (to > position) return keyword(slice(position, to)) ?? word(to);
    }
    // A second `=` ends the value and is seen again as a key's; anything else without a rule is swallowed.
    state = 'initial';
    return take('END_OF_LINE', char === code.equals ? position : position + 1, '');
  }

  /** Between the brackets of `[section]` and `key[offset]`, and in the default of `${NAME:-default}`. */
  function inBrackets(closing: number): Token {
    const blanksEnd = afterBlanks(position);
    const char = charAt(position);
    if (charAt(blanksEnd) === code.doubleQuote) return enter('double-quotes', `'"'`, blanksEnd + 1);
    if (state === 'offset' && charAt(blanksEnd) === closing) {
      state = 'initial';
      return take(`']'`, blanksEnd + 1);
    }
    if (char === closing && state === 'section') {
      line++;
      state = 'initial';
      const to = afterBlanks(position + 1);
      return take(`']'`, to < limit && isNewline(charAt(to)) ? afterNewline(to) : to, ']');
    }
    if (char === closing) {
      outer.pop();
      return leave(`'}'`, position + 1);
    }
    if (char === code.dollar && charAt(position + 1) === code.openBrace) {
      return enter('variable', 'TC_DOLLAR_CURLY', position + 2);
    }
    if (char === code.singleQuote) return singleQuoted() ?? stop();
    const to = runEnd(position, (c) => isBracketedCharacter(c, closing), true);
    return to > position ? word(to) : stop();
  }

  function inDoubleQuotes(): Token {
    const char = charAt(position);
    if (char === code.doubleQuote) return leave(`'"'`, afterBlanks(position + 1));
    if (char === code.dollar && charAt(position + 1) === code.openBrace) {
      return enter('variable', 'TC_DOLLAR_CURLY', position + 2);
    }
    let at = position;
    for (; at < limit; at++) {
      const inside = charAt(at);
      if (inside === code.backslash) {
        // A backslash right before a quote that ends the line does not escape it: "C:\dir\" is closed.
        const isLast = at + 2 >= limit || isNewline(charAt(at + 2));
        if (at + 1 < limit && !(isLast && charAt(at + 1) === code.doubleQuote)) at++;
      } else if (inside === code.doubleQuote && at > position) break;
      else if (inside === code.dollar && charAt(at + 1) === code.openBrace && at > position) break;
    }
    const raw = slice(position, Math.min(at, limit));
    for (let i = 0; i < raw.length; i++) {
      const c = raw.charCodeAt(i);
      if (c === code.lineFeed || (c === code.carriageReturn && raw.charCodeAt(i + 1) !== code.lineFeed))
        line++;
    }
    return take('TC_QUOTED_STRING', Math.min(at, limit), resolveEscapes(raw));
  }

  function inVariable(): Token {
    if (charAt(position) === code.closeBrace) return leave(`'}'`, position + 1);
    if (range.fallbacks && charAt(position) === code.colon && charAt(position + 1) === code.minus) {
      return enter('fallback', 'TC_FALLBACK', position + 2);
    }
    let to = position;
    for (; to < limit && isLabelCharacter(charAt(to)); to++) {
      if (range.fallbacks && charAt(to) === code.colon && charAt(to + 1) === code.minus) break;
    }
    if (to === position || to >= limit) return stop();
    return take('TC_VARNAME', to, trimBlanks(slice(position, to)));
  }

  function next(): Token {
    if (position >= limit) {
      if (state !== 'value') return stop();
      state = 'initial';
      return take('END_OF_LINE', position, '');
    }
    if (position === range.start) position += byteOrderMark(text, position, limit);
    switch (state) {
      case 'initial':
        return inInitial();
      case 'value':
        return inValue();
      case 'section':
      case 'offset':
        return inBrackets(code.closeBracket);
      case 'fallback':
        return inBrackets(code.closeBrace);
      case 'double-quotes':
        return inDoubleQuotes();
      case 'variable':
        return inVariable();
    }
  }

  return { next, line: () => line };
}

/** Words that stand for a truth value or for nothing, in small letters. */
export const keywords: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['true', 'BOOL_TRUE'],
  ['on', 'BOOL_TRUE'],
  ['yes', 'BOOL_TRUE'],
  ['false', 'BOOL_FALSE'],
  ['off', 'BOOL_FALSE'],
  ['no', 'BOOL_FALSE'],
  ['none', 'BOOL_FALSE'],
  ['null', 'NULL_NULL'],
]);

/** How many characters at an offset are a byte order mark that the scanner skips. */
function byteOrderMark(text: string, at: number, limit: number): number {
  if (text.charCodeAt(at) === 0xfeff && at + 1 < limit) return 1;
  return text.startsWith('\xef\xbb\xbf', at) && at + 3 < limit ? 3 : 0;
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Inside double quotes `\"`, `\\` and `\$` lose their backslash; every other one stays. */
function resolveEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw;
  const parts: string[] = [];
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1 && at + 1 < raw.length; at = raw.indexOf('\\', at + 2)) {
    const escaped = raw.charCodeAt(at + 1);
    if (escaped !== code.doubleQuote && escaped !== code.backslash && escaped !== code.dollar) continue;
    parts.push(raw.slice(from, at));
    from = at + 1;
  }
  parts.push(raw.slice(from));
  return parts.join('');
}
