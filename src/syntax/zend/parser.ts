import { createScanner, type Scanner, type ScanRange } from './scanner.ts';
import type { Token, TokenKind } from './token.ts';
import { concatenate, known, type Names, negate, operate, type ZendValue } from './value.ts';

/** A value and where it is written, quotes included. */
export interface Placed {
  readonly value: ZendValue;
  readonly start: number;
  readonly end: number;
}

/** A key as it is written: blanks around it are not part of it. */
export interface Label {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What Zend's INI parser reports to its callback, one by one, and its syntax error, after which it stops. */
export type Statement =
  | { readonly kind: 'section'; readonly name: Placed; readonly start: number; readonly end: number }
  | {
      readonly kind: 'entry';
      readonly key: Label;
      /** Absent where the key stands alone, without `=`. */
      readonly value?: Placed;
    }
  | { readonly kind: 'element'; readonly key: Label; readonly offset: Placed; readonly value: Placed }
  | {
      readonly kind: 'error';
      /** PHP's own words: `syntax error, unexpected '('`. */
      readonly message: string;
      /** The line the scanner counted. */
      readonly line: number;
      readonly start: number;
      readonly end: number;
    };

/**
 * Parses a stretch of INI text with expressions, as PHP does: statement by statement, so that a value may use what
 * stands above it. Never throws.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_parser.y
 */
export function* parseIni(range: ScanRange, names: Names): Generator<Statement, void> {
  const nextStatement = createParser(createScanner(range), range, names);
  for (let statement = nextStatement(); statement; statement = nextStatement()) {
    yield statement;
    if (statement.kind === 'error') return;
  }
}

/** How many prefixes and open parentheses the stack of PHP's parser holds: `memory exhausted` is what it says of more. */
const SYMBOLS_MAX = 9994;

/** How deep variables are followed into the fallbacks of others, each of which takes stack. */
const FALLBACKS_MAX = 500;

/** An expression in parentheses, or the outermost one, while it is read. */
interface Group {
  left: ZendValue | undefined;
  operator: string;
  prefixes: string[];
}

function createParser(scanner: Scanner, range: ScanRange, names: Names): () => Statement | undefined {
  let token = scanner.next();
  /** Where the innermost open quote or bracket stands: the true place of an error at the end of the text. */
  let opened: Token | undefined;
  /** The first syntax error; from then on every token is the end of file, so that all functions return. */
  let error: Statement | undefined;
  /** How many variables stand in the fallbacks of others right now. */
  let nesting = 0;

  function at(kind: TokenKind): boolean {
    return token.kind === kind;
  }

  function advance(): Token {
    const current = token;
    if (!error) token = scanner.next();
    return current;
  }

  function fail(...expected: readonly TokenKind[]): void {
    const list = expected.length > 0 ? `, expecting ${expected.join(' or ')}` : '';
    stopAt(`syntax error, unexpected ${token.kind}${list}`);
  }

  function stopAt(message: string): void {
    if (error) return;
    const atEnd = token.kind === 'end of file' || token.kind === 'END_OF_LINE';
    const start = atEnd && opened ? opened.start : token.start;
    error = {
      kind: 'error',
      message,
      line: scanner.line(),
      start,
      end: Math.max(start, Math.min(token.end, range.end)),
    };
    token = { kind: 'end of file', start: range.end, end: range.end, text: '' };
  }

  function variable(): ZendValue {
    if (++nesting > FALLBACKS_MAX) return skippedVariable();
    const value = nestedVariable();
    nesting--;
    return value;
  }

  /** Passes over a variable with all that is in it, without descending. */
  function skippedVariable(): ZendValue {
    nesting--;
    const { start } = token;
    let open = 0;
    do {
      if (at('TC_DOLLAR_CURLY')) open++;
      else if (at(`'}'`)) open--;
      advance();
    } while (open > 0 && !at('end of file') && !at('END_OF_LINE'));
    const text = range.text.slice(start, token.start);
    return { kind: 'unknown', why: 'its variables stand deeper inside of each other than no502 reads', text };
  }

  function nestedVariable(): ZendValue {
    opened = advance();
    if (!at('TC_VARNAME')) fail('TC_VARNAME');
    const name = advance().text;
    let fallback: ZendValue | undefined;
    if (at('TC_FALLBACK')) {
      advance();
      fallback = list(true).value;
    }
    if (!at(`'}'`)) {
      if (range.fallbacks && fallback === undefined) fail('TC_FALLBACK', `'}'`);
      else fail(`'}'`);
    }
    advance();
    return names.variable(name) ?? fallback ?? known('');
  }

  function quoted(): Placed {
    const open = advance();
    let value = known('');
    for (;;) {
      if (token.kind === 'TC_QUOTED_STRING') value = concatenate(value, known(advance().text));
      else if (token.kind === 'TC_DOLLAR_CURLY') value = concatenate(value, variable());
      else if (token.kind === `'"'`) break;
      else {
        opened = open;
        fail('TC_DOLLAR_CURLY', 'TC_QUOTED_STRING', `'"'`);
        break;
      }
    }
    const close = advance();
    return { value, start: open.start, end: trimmedEnd(close) };
  }

  function trimmedEnd(of: Token): number {
    let end = of.end;
    while (end > of.start + 1 && ' \t\n'.includes(range.text.charAt(end - 1))) end--;
    return end;
  }

  /** Strings, constants, numbers and variables one after the other. */
  function list(resolveConstants: boolean): Placed {
    const start = token.start;
    let end = start;
    let value = known('');
    while (isListStart(token.kind)) {
      if (token.kind === `'"'`) {
        const part = quoted();
        value = concatenate(value, part.value);
        end = part.end;
      } else if (token.kind === 'TC_DOLLAR_CURLY') {
        const from = token.start;
        const part = variable();
        // The text of an unknown variable is the variable as it is written.
        const written = range.text.slice(from, token.start);
        value = concatenate(value, part.kind === 'unknown' ? { ...part, text: written } : part);
        end = token.start;
      } else {
        const part = advance();
        const constant =
          resolveConstants && part.kind === 'TC_CONSTANT' ? names.constant(part.text) : undefined;
        value = concatenate(value, constant ?? known(part.text));
        if (part.kind !== 'TC_WHITESPACE') end = trimmedEnd(part);
      }
    }
    return { value, start, end };
  }

  function expression(): Placed {
    const start = token.start;
    let end = token.end;
    const groups: Group[] = [];
    let group: Group = { left: undefined, operator: '', prefixes: [] };
    /** Prefixes and parentheses that wait for their end. */
    let symbols = 0;
    for (;;) {
      // An operand: prefixes, opening parentheses, then a list.
      while (!isListStart(token.kind)) {
        if (++symbols > SYMBOLS_MAX) {
          stopAt('memory exhausted');
          return { value: known(''), start, end };
        }
        if (token.kind === `'~'` || token.kind === `'!'`) group.prefixes.push(advance().kind.charAt(1));
        else if (token.kind === `'('`) {
          groups.push(group);
          group = { left: undefined, operator: '', prefixes: [] };
          opened = advance();
        } else {
          fail();
          return { value: known(''), start, end };
        }
      }
      const operand = list(true);
      end = operand.end;
      symbols -= group.prefixes.length;
      complete(group, operand.value);
      while (token.kind === `')'` && groups.length > 0) {
        const inner = group.left ?? known('');
        group = groups.pop() ?? group;
        end = trimmedEnd(advance());
        symbols -= 1 + group.prefixes.length;
        complete(group, inner);
      }
      if (token.kind === `'|'` || token.kind === `'&'` || token.kind === `'^'`) {
        group.operator = advance().kind.charAt(1);
      } else {
        if (groups.length > 0) fail(`'^'`, `'|'`, `'&'`, `')'`);
        return { value: group.left ?? known(''), start, end };
      }
    }
  }

  function value(): Placed {
    switch (token.kind) {
      case 'BOOL_TRUE':
      case 'BOOL_FALSE':
      case 'NULL_NULL': {
        const word = advance();
        return { value: known(word.text), start: word.start, end: trimmedEnd(word) };
      }
      case 'END_OF_LINE': {
        const at = advance().start;
        return { value: known(''), start: at, end: at };
      }
      default:
        return expression();
    }
  }

  /** What stands between two brackets; the closing one is next. */
  function bracketed(resolveConstants: boolean): Placed {
    const placed = list(resolveConstants);
    if (token.kind !== `']'`) fail(`']'`);
    return placed;
  }

  function section(): Statement {
    const open = advance();
    opened = open;
    const name = bracketed(false);
    const close = advance();
    return { kind: 'section', name, start: open.start, end: close.start + 1 };
  }

  function label(): Label {
    const { text, start, end } = advance();
    const raw = range.text.slice(start, end);
    const from = start + Math.max(0, raw.indexOf(text));
    return { text, start: from, end: from + text.length };
  }

  function element(): Statement {
    opened = token;
    const key = label();
    const offset = bracketed(true);
    opened = undefined;
    advance();
    if (token.kind !== `'='`) fail(`'='`);
    advance();
    return { kind: 'element', key, offset, value: value() };
  }

  function entry(): Statement {
    const key = label();
    if (token.kind !== `'='`) return { kind: 'entry', key };
    advance();
    return { kind: 'entry', key, value: value() };
  }

  function statement(): Statement | undefined {
    for (;;) {
      opened = undefined;
      switch (token.kind) {
        case 'end of file':
          return undefined;
        case 'END_OF_LINE':
          advance();
          break;
        case 'TC_SECTION':
          return section();
        case 'TC_LABEL':
          return entry();
        case 'TC_OFFSET':
          return element();
        default:
          fail();
      }
    }
  }

  return () => {
    const read = statement();
    return error ?? read;
  };
}

function complete(group: Group, operand: ZendValue): void {
  let value = operand;
  for (let prefix = group.prefixes.pop(); prefix !== undefined; prefix = group.prefixes.pop()) {
    value = negate(prefix, value);
  }
  group.left = group.left === undefined ? value : operate(group.operator, group.left, value);
}

function isListStart(kind: TokenKind): boolean {
  switch (kind) {
    case 'TC_DOLLAR_CURLY':
    case 'TC_CONSTANT':
    case 'TC_RAW':
    case 'TC_NUMBER':
    case 'TC_STRING':
    case 'TC_WHITESPACE':
    case `'"'`:
      return true;
    default:
      return false;
  }
}
