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

const LUA_BLOCK = '_by_lua_block';

/**
 * Cuts a configuration into tokens as ngx_conf_read_token does (src/core/ngx_conf_file.c of nginx): quotes, `#`
 * and `}` are special only where a word may begin, `${` opens no block, and a word has to fit nginx's read buffer.
 * What nginx would stop at goes to `report`, and the lexer goes on behind it.
 *
 * It stands on one token at a time: its fields change with every `next`, so that a token costs no memory.
 */
export class Lexer {
  kind: TokenKind = 'whitespace';
  start = 0;
  end = 0;
  /** True for a word in quotes. */
  quoted = false;
  /** The characters of a word, without its quotes. */
  innerStart = 0;
  innerEnd = 0;
  /** True once nginx would have met the end of the file inside a directive. */
  endedInDirective = false;
  /** True where the body of a Lua block comes next. */
  isBeforeScript = false;
  private readonly source: Source;
  private readonly text: string;
  private readonly report: (problem: NginxProblem) => void;
  private at = 0;
  /** Words since the last `;`, `{` or `}`: nginx's `cf->args->nelts`. */
  private words = 0;
  private lastWordStart = 0;
  private lastWordEnd = 0;
  private luaBlock = false;

  constructor(source: Source, report: (problem: NginxProblem) => void) {
    this.source = source;
    this.text = source.asRead ?? source.text;
    this.report = report;
  }

  private refuse(message: string, reportedAt: number, start: number, end: number, help?: string): void {
    const reportedLine = positionAt(this.source, reportedAt).line;
    const problem = {
      kind: 'syntax',
      message,
      span: { source: this.source, start, end },
      reportedLine,
      fatal: true,
    } as const;
    this.report(help === undefined ? problem : { ...problem, help });
  }

  private unexpected(where: number): string {
    // nginx shows one byte: of a longer character, that is no text.
    const shown =
      this.source.encoding === 'utf8' && this.text.charCodeAt(where) > 0x7f
        ? '\ufffd'
        : this.text.charAt(where);
    return `unexpected "${shown}"`;
  }

  private emit(kind: TokenKind, end: number): true {
    this.kind = kind;
    this.start = this.at;
    this.end = end;
    this.at = end;
    return true;
  }

  private endDirective(): void {
    this.words = 0;
    this.luaBlock = false;
  }

  /** Moves to the next token; false at the end of the text. */
  next(): boolean {
    if (this.at >= this.text.length) {
      if (this.words > 0) this.endOfFile(this.lastWordStart, this.lastWordEnd, 'a ";" is missing after this');
      return false;
    }
    if (this.isBeforeScript) {
      this.isBeforeScript = false;
      return this.readLuaBody();
    }
    const code = this.text.charCodeAt(this.at);
    if (isWhitespace(code)) {
      let end = this.at + 1;
      while (end < this.text.length && isWhitespace(this.text.charCodeAt(end))) end++;
      return this.emit('whitespace', end);
    }
    switch (code) {
      case SHARP: {
        const lineEnd = this.text.indexOf('\n', this.at);
        const end = lineEnd === -1 ? this.text.length : lineEnd;
        const overflow = overflowOfComment(this.source, this.at, end);
        if (overflow)
          this.refuse(overflow, this.at, this.at, end, 'nginx reads no comment of 4096 bytes or more');
        return this.emit('comment', end);
      }
      case SEMICOLON:
        if (this.words === 0) this.refuse(this.unexpected(this.at), this.at, this.at, this.at + 1);
        this.endDirective();
        return this.emit('semicolon', this.at + 1);
      case CLOSING_BRACE:
        if (this.words > 0)
          this.refuse(
            this.unexpected(this.at),
            this.at,
            this.lastWordStart,
            this.lastWordEnd,
            'a ";" is missing after this',
          );
        this.endDirective();
        return this.emit('close', this.at + 1);
      case OPENING_BRACE:
        return this.readOpeningBrace();
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.readQuotedWord(code);
      default:
        return this.readWord(this.at);
    }
  }

  private readOpeningBrace(): boolean {
    const end = templateEnd(this.text, this.at);
    if (this.words === 0) {
      this.refuse(
        this.unexpected(this.at),
        this.at,
        this.at,
        end ?? this.at + 1,
        end === undefined ? undefined : templateHelp,
      );
      return end === undefined ? this.emit('open', this.at + 1) : this.emit('template', end);
    }
    if (end !== undefined && this.text.charCodeAt(this.at + 1) === OPENING_BRACE)
      return this.readWord(this.at);
    this.isBeforeScript = this.luaBlock;
    this.endDirective();
    return this.emit('open', this.at + 1);
  }

  private readWord(from: number): boolean {
    let end = endOfWord(this.text, from);
    while (this.text.charCodeAt(end) === OPENING_BRACE && this.text.charCodeAt(end + 1) === OPENING_BRACE) {
      const behind = templateEnd(this.text, end);
      if (behind === undefined) break;
      // nginx takes the first brace for the start of a block and stops at the second.
      this.refuse(this.unexpected(end + 1), end + 1, end, behind, templateHelp);
      end = endOfWord(this.text, behind);
    }
    const overflow = overflowOfWord(this.source, this.at, end);
    if (overflow) this.refuse(overflow, this.at, this.at, end, 'nginx reads no word of 4096 bytes or more');
    else if (end === this.text.length) this.endOfFile(this.at, end, 'a ";" is missing after this');
    return this.emitWord(end, false, this.at, end);
  }

  private readQuotedWord(quote: number): boolean {
    const inner = this.at + 1;
    const limit = Math.min(this.text.length, inner + BUFFER_BYTES + 1);
    const closing = closingQuote(this.text, inner, limit, quote);
    const overflow = overflowOfQuotedWord(this.source, inner, closing);
    const behind = closing + 1;
    const wellClosed =
      closing !== -1 && (behind >= this.text.length || mayFollowQuote(this.text.charCodeAt(behind)));
    if (wellClosed && !overflow) return this.emitWord(behind, true, inner, closing);

    // Most likely the quote was to close on its own line: what follows that line is read as if it had.
    const lineEnd = this.endOfLine(inner, closing === -1 ? limit : closing);
    const closesOnItsLine = lineEnd === closing;
    if (overflow) {
      this.refuse(
        overflow,
        this.at,
        this.at,
        closesOnItsLine ? behind : lineEnd,
        'nginx reads no word of 4096 bytes or more',
      );
    } else if (closing === -1) {
      this.endOfFile(this.at, lineEnd, 'the quote that opens here is never closed');
    } else if (closesOnItsLine) {
      this.refuse(
        this.unexpected(behind),
        behind,
        behind,
        behind + 1,
        'only a space, ";" or "{" may follow a closing quote',
      );
    } else {
      const { line } = positionAt(this.source, closing);
      this.refuse(
        this.unexpected(behind),
        behind,
        this.at,
        lineEnd,
        `the quote that opens here closes on line ${line}`,
      );
    }
    return closesOnItsLine
      ? this.emitWord(behind, true, inner, closing)
      : this.emitWord(lineEnd, true, inner, lineEnd);
  }

  private emitWord(end: number, quoted: boolean, innerStart: number, innerEnd: number): true {
    if (this.words === 0)
      this.luaBlock =
        this.text.startsWith(LUA_BLOCK, innerEnd - LUA_BLOCK.length) &&
        innerEnd - innerStart > LUA_BLOCK.length;
    this.words++;
    this.lastWordStart = this.at;
    this.lastWordEnd = end;
    this.quoted = quoted;
    this.innerStart = innerStart;
    this.innerEnd = innerEnd;
    return this.emit('word', end);
  }

  /**
   * Where the line of a quoted word ends, without the `;` or `{` that was meant to follow it; `limit` where that
   * comes first.
   */
  private endOfLine(from: number, limit: number): number {
    let lineEnd = from;
    while (lineEnd < limit && this.text.charCodeAt(lineEnd) !== LF) lineEnd++;
    if (lineEnd === limit && limit < this.text.length) return limit;
    lineEnd = this.withoutTrailingSpace(from, lineEnd);
    const last = this.text.charCodeAt(lineEnd - 1);
    const ended = lineEnd > from && (last === SEMICOLON || last === OPENING_BRACE);
    return ended ? this.withoutTrailingSpace(from, lineEnd - 1) : lineEnd;
  }

  private withoutTrailingSpace(from: number, end: number): number {
    let trimmed = end;
    while (trimmed > from && isWhitespace(this.text.charCodeAt(trimmed - 1))) trimmed--;
    return trimmed;
  }

  private endOfFile(start: number, end: number, help: string): void {
    if (this.endedInDirective) return;
    this.endedInDirective = true;
    this.refuse('unexpected end of file, expecting ";" or "}"', this.text.length, start, end, help);
  }

  private readLuaBody(): boolean {
    const body = findLuaBlockEnd(this.text, this.at);
    if (body.kind === 'closed') return this.emit('lua', body.end);
    this.endedInDirective = true;
    this.refuse(body.message, body.at, body.at, body.at + 1, 'the Lua block that begins here is not closed');
    return this.emit('lua', this.text.length);
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
  const lexer = new Lexer(source, () => undefined);
  while (lexer.next()) found.push({ kind: lexer.kind, start: lexer.start, end: lexer.end });
  return found;
}
