import { positionAt, type Source } from '../source.ts';
import { BUFFER_BYTES, overflowOfComment, overflowOfQuotedWord, overflowOfWord } from './buffer.ts';
import {
  CLOSING_BRACE,
  CLOSING_PARENTHESIS,
  DOUBLE_QUOTE,
  isWhitespace,
  LF,
  OPENING_BRACE,
  SEMICOLON,
  SHARP,
  SINGLE_QUOTE,
} from './characters.ts';
import { findLuaBlockEnd } from './lua-block.ts';
import { templateEnd, templateHelp } from './template.ts';
import type { NginxProblem } from './tree.ts';
import { closingQuote, endOfWord } from './word.ts';

/**
 * The parts a configuration falls into. `lua` is the body of a `*_by_lua_block`; `template` is a placeholder like
 * `{{ name }}` in the place of a directive, which nginx refuses and the lexer passes over.
 */
export type TokenKind =
  | 'word'
  | 'open'
  | 'close'
  | 'semicolon'
  | 'comment'
  | 'whitespace'
  | 'lua'
  | 'template';

/** A stretch of the text. The tokens of a source, joined, give back its text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** Stands on one token at a time: the fields change with every `next`, so that a token costs no memory. */
export interface Lexer {
  kind: TokenKind;
  start: number;
  end: number;
  /** True for a word in quotes. */
  quoted: boolean;
  /** The characters of a word, without its quotes. */
  innerStart: number;
  innerEnd: number;
  /** True once nginx would have met the end of the file inside a directive. */
  endedInDirective: boolean;
  /** Moves to the next token; false at the end of the text. */
  next(): boolean;
}

const LUA_BLOCK = '_by_lua_block';

/**
 * Cuts a configuration into tokens as ngx_conf_read_token does (src/core/ngx_conf_file.c of nginx): quotes, `#`
 * and `}` are special only where a word may begin, `${` opens no block, and a word has to fit nginx's read buffer.
 * What nginx would stop at goes to `report`, and the lexer goes on behind it.
 */
export function createLexer(source: Source, report: (problem: NginxProblem) => void): Lexer {
  const text = source.asRead ?? source.text;
  const { length } = text;
  let at = 0;
  /** Words since the last `;`, `{` or `}`: nginx's `cf->args->nelts`. */
  let words = 0;
  let lastWordStart = 0;
  let lastWordEnd = 0;
  let luaBlock = false;
  let luaBody = false;

  const lexer: Lexer = {
    kind: 'whitespace',
    start: 0,
    end: 0,
    quoted: false,
    innerStart: 0,
    innerEnd: 0,
    endedInDirective: false,
    next,
  };
  return lexer;

  function refuse(message: string, reportedAt: number, start: number, end: number, help?: string): void {
    const reportedLine = positionAt(source, reportedAt).line;
    const problem = {
      kind: 'syntax',
      message,
      span: { source, start, end },
      reportedLine,
      fatal: true,
    } as const;
    report(help === undefined ? problem : { ...problem, help });
  }

  function unexpected(where: number): string {
    // nginx shows one byte: of a longer character, that is no text.
    const shown = source.encoding === 'utf8' && text.charCodeAt(where) > 0x7f ? '\ufffd' : text.charAt(where);
    return `unexpected "${shown}"`;
  }

  function emit(kind: TokenKind, end: number): true {
    lexer.kind = kind;
    lexer.start = at;
    lexer.end = end;
    at = end;
    return true;
  }

  function endDirective(): void {
    words = 0;
    luaBlock = false;
  }

  function next(): boolean {
    if (at >= length) {
      if (words > 0) endOfFile(lastWordStart, lastWordEnd, 'a ";" is missing after this');
      return false;
    }
    if (luaBody) {
      luaBody = false;
      return readLuaBody();
    }
    const code = text.charCodeAt(at);
    if (isWhitespace(code)) {
      let end = at + 1;
      while (end < length && isWhitespace(text.charCodeAt(end))) end++;
      return emit('whitespace', end);
    }
    switch (code) {
      case SHARP: {
        const lineEnd = text.indexOf('\n', at);
        const end = lineEnd === -1 ? length : lineEnd;
        const overflow = overflowOfComment(source, at, end);
        if (overflow) refuse(overflow, at, at, end, 'nginx reads no comment of 4096 bytes or more');
        return emit('comment', end);
      }
      case SEMICOLON:
        if (words === 0) refuse(unexpected(at), at, at, at + 1);
        endDirective();
        return emit('semicolon', at + 1);
      case CLOSING_BRACE:
        if (words > 0) refuse(unexpected(at), at, lastWordStart, lastWordEnd, 'a ";" is missing after this');
        endDirective();
        return emit('close', at + 1);
      case OPENING_BRACE:
        return readOpeningBrace();
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return readQuotedWord(code);
      default:
        return readWord(at);
    }
  }

  function readOpeningBrace(): boolean {
    const end = templateEnd(text, at);
    if (words === 0) {
      refuse(unexpected(at), at, at, end ?? at + 1, end === undefined ? undefined : templateHelp);
      return end === undefined ? emit('open', at + 1) : emit('template', end);
    }
    if (end !== undefined && text.charCodeAt(at + 1) === OPENING_BRACE) return readWord(at);
    luaBody = luaBlock;
    endDirective();
    return emit('open', at + 1);
  }

  function readWord(from: number): boolean {
    let end = endOfWord(text, from);
    while (text.charCodeAt(end) === OPENING_BRACE && text.charCodeAt(end + 1) === OPENING_BRACE) {
      const behind = templateEnd(text, end);
      if (behind === undefined) break;
      // nginx takes the first brace for the start of a block and stops at the second.
      refuse(unexpected(end + 1), end + 1, end, behind, templateHelp);
      end = endOfWord(text, behind);
    }
    const overflow = overflowOfWord(source, at, end);
    if (overflow) refuse(overflow, at, at, end, 'nginx reads no word of 4096 bytes or more');
    else if (end === length) endOfFile(at, end, 'a ";" is missing after this');
    return emitWord(end, false, at, end);
  }

  function readQuotedWord(quote: number): boolean {
    const inner = at + 1;
    const limit = Math.min(length, inner + BUFFER_BYTES + 1);
    const closing = closingQuote(text, inner, limit, quote);
    const overflow = overflowOfQuotedWord(source, inner, closing);
    const behind = closing + 1;
    const wellClosed = closing !== -1 && (behind >= length || mayFollowQuote(text.charCodeAt(behind)));
    if (wellClosed && !overflow) return emitWord(behind, true, inner, closing);

    // Most likely the quote was to close on its own line: what follows that line is read as if it had.
    const lineEnd = endOfLine(inner, closing === -1 ? limit : closing);
    const closesOnItsLine = lineEnd === closing;
    if (overflow) {
      refuse(
        overflow,
        at,
        at,
        closesOnItsLine ? behind : lineEnd,
        'nginx reads no word of 4096 bytes or more',
      );
    } else if (closing === -1) {
      endOfFile(at, lineEnd, 'the quote that opens here is never closed');
    } else if (closesOnItsLine) {
      refuse(
        unexpected(behind),
        behind,
        behind,
        behind + 1,
        'only a space, ";" or "{" may follow a closing quote',
      );
    } else {
      const { line } = positionAt(source, closing);
      refuse(unexpected(behind), behind, at, lineEnd, `the quote that opens here closes on line ${line}`);
    }
    return closesOnItsLine ? emitWord(behind, true, inner, closing) : emitWord(lineEnd, true, inner, lineEnd);
  }

  function emitWord(end: number, quoted: boolean, innerStart: number, innerEnd: number): true {
    if (words === 0)
      luaBlock =
        text.startsWith(LUA_BLOCK, innerEnd - LUA_BLOCK.length) && innerEnd - innerStart > LUA_BLOCK.length;
    words++;
    lastWordStart = at;
    lastWordEnd = end;
    lexer.quoted = quoted;
    lexer.innerStart = innerStart;
    lexer.innerEnd = innerEnd;
    return emit('word', end);
  }

  /**
   * Where the line of a quoted word ends, without the `;` or `{` that was meant to follow it; `limit` where that
   * comes first.
   */
  function endOfLine(from: number, limit: number): number {
    let lineEnd = from;
    while (lineEnd < limit && text.charCodeAt(lineEnd) !== LF) lineEnd++;
    if (lineEnd === limit && limit < length) return limit;
    lineEnd = withoutTrailingSpace(from, lineEnd);
    const last = text.charCodeAt(lineEnd - 1);
    const ended = lineEnd > from && (last === SEMICOLON || last === OPENING_BRACE);
    return ended ? withoutTrailingSpace(from, lineEnd - 1) : lineEnd;
  }

  function withoutTrailingSpace(from: number, end: number): number {
    let trimmed = end;
    while (trimmed > from && isWhitespace(text.charCodeAt(trimmed - 1))) trimmed--;
    return trimmed;
  }

  function endOfFile(start: number, end: number, help: string): void {
    if (lexer.endedInDirective) return;
    lexer.endedInDirective = true;
    refuse('unexpected end of file, expecting ";" or "}"', length, start, end, help);
  }

  function readLuaBody(): boolean {
    const body = findLuaBlockEnd(text, at);
    if (body.kind === 'closed') return emit('lua', body.end);
    lexer.endedInDirective = true;
    refuse(body.message, body.at, body.at, body.at + 1, 'the Lua block that begins here is not closed');
    return emit('lua', length);
  }
}

function mayFollowQuote(code: number): boolean {
  return (
    isWhitespace(code) ||
    code === SEMICOLON ||
    code === OPENING_BRACE ||
    // A closing brace is refused too, but as a missing semicolon.
    code === CLOSING_BRACE ||
    code === CLOSING_PARENTHESIS
  );
}

/** Cuts a whole source into its tokens, white space and comments included. */
export function tokens(source: Source): readonly Token[] {
  const found: Token[] = [];
  const lexer = createLexer(source, () => undefined);
  while (lexer.next()) found.push({ kind: lexer.kind, start: lexer.start, end: lexer.end });
  return found;
}
