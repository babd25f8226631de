import type { Problem } from '../problem.ts';
import { positionAt, type Source } from '../source.ts';
import { type AskedFor, madeFor, withAnother } from './asked-for.ts';
import { DOUBLE_QUOTE, isWhitespace, SHARP, SINGLE_QUOTE } from './characters.ts';
import { Lexer } from './lex.ts';
import type { Contents, Statement } from './statement.ts';
import { endOfWord } from './word.ts';

/** One word of a directive: its name or one of its arguments. */
export interface Word {
  /** What nginx works with: quotes removed, the escapes `\"`, `\'`, `\\`, `\t`, `\r` and `\n` resolved, no other. */
  readonly value: string;
  /** Offset of the first character, an opening quote included. */
  readonly start: number;
  /** Offset after the last character, a closing quote included. */
  readonly end: number;
  /** True where the word stands in quotes. */
  readonly quoted: boolean;
}

/**
 * One directive, simple (`listen 80;`) or with a block (`server { }`): a {@link Statement} where it stands. Words and children are made
 * when somebody asks for them: of the million directives of a large host, few are looked at one by one.
 */
export class Directive {
  readonly source: Source;
  readonly statement: Statement;
  /** Offset of the first character of the name, an opening quote included. */
  readonly start: number;
  #args: readonly Word[] | undefined;
  #children: AskedFor<Directive> | undefined;
  #areAllMade: boolean;

  constructor(source: Source, statement: Statement, start: number) {
    this.source = source;
    this.statement = statement;
    this.start = start;
    this.#args = undefined;
    this.#children = undefined;
    this.#areAllMade = false;
  }

  get name(): string {
    return this.statement.name;
  }

  /** Offset after the last character of the name, a closing quote included; see {@link nameWordOf}. */
  get nameEnd(): number {
    return this.start + this.statement.nameEnd;
  }

  get args(): readonly Word[] {
    this.#args ??= wordsOf(this.statement, this.source, this.start);
    return this.#args;
  }

  /** Offset after the `;` or the closing `}`; where one is missing, after the last word or the last child. */
  get end(): number {
    return this.start + this.statement.end;
  }

  /**
   * Offset of the `;` or `{` that ends the words. Whatever nginx has to say about a directive it says with the
   * line of this character, which need not be the line of the name.
   */
  get terminator(): number {
    return this.start + this.statement.terminator;
  }

  /** The children of a `{ }` block; empty for a Lua block, whose text is `body`. */
  get block(): readonly Directive[] | undefined {
    const { contents } = this.statement;
    if (!contents) return undefined;
    if (!this.#areAllMade) {
      // With each place filled in order, the list has no holes, which Node would read more slowly.
      this.#children = contents.statements.map((_, at) => this.childAt(at));
      this.#areAllMade = true;
    }
    return this.#children as readonly Directive[];
  }

  /** One of the children: the same object for all who ask, in however many blocks the directive is included. */
  childAt(at: number): Directive | undefined {
    const { contents } = this.statement;
    const statement = contents?.statements[at];
    if (!contents || !statement) return undefined;
    const start = this.start + (contents.starts[at] ?? 0);
    const before = this.#children;
    const known = madeFor(before, at);
    if (known?.start === start && known.statement === statement) return known;
    const made = new Directive(this.source, statement, start);
    const { statements, starts } = contents;
    const placeOf = (lone: Directive): number => starts.indexOf(lone.start - this.start);
    this.#children = before ? withAnother(before, at, made, statements.length, placeOf) : made;
    return made;
  }

  /** The raw text between the braces of a `*_by_lua_block`. */
  get body(): { readonly start: number; readonly end: number } | undefined {
    const { script } = this.statement;
    return script && { start: this.start + script.start, end: this.start + script.end };
  }
}

/** The directives of a file or a block; `start` is the offset that the contents count from. */
export function directivesOf(contents: Contents, source: Source, start: number): readonly Directive[] {
  const { statements, starts } = contents;
  return statements.map((statement, at) => new Directive(source, statement, start + (starts[at] ?? 0)));
}

const none: readonly Word[] = [];

/** The arguments of a statement that begins at an offset. */
function wordsOf(statement: Statement, source: Source, from: number): readonly Word[] {
  const { values, written } = statement;
  if (values.length === 0) return none;
  if (written) {
    return written.map((word) => ({ ...word, start: word.start + from, end: word.end + from }));
  }
  const text = source.asRead ?? source.text;
  return plainWords(statement, text, from) ?? wordsAgain(statement, text, from);
}

/** Arguments that stand there as they are; `undefined` where quotes, escapes or comments are among them. */
function plainWords({ values, nameEnd }: Statement, text: string, from: number): readonly Word[] | undefined {
  let at = from + nameEnd;
  const words = new Array<Word>(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? '';
    while (isWhitespace(text.charCodeAt(at))) at++;
    const end = at + value.length;
    const isPlain = text.charCodeAt(at) !== SHARP && text.slice(at, end) === value && value !== '';
    if (!isPlain || endOfWord(text, at) !== end) return undefined;
    words[index] = { value, start: at, end, quoted: false };
    at = end;
  }
  return words;
}

function wordsAgain({ values, terminator }: Statement, text: string, from: number): readonly Word[] {
  const read = text.slice(from, from + terminator + 1);
  const lexer = new Lexer({ path: '', file: '', text: read, encoding: 'utf8' }, () => undefined);
  const words: Word[] = [];
  for (let isName = true; lexer.next(); ) {
    if (lexer.kind !== 'word') continue;
    const value = values[words.length];
    if (!isName && value !== undefined) {
      const { start, end, quoted } = lexer;
      words.push({ value, start: start + from, end: end + from, quoted });
    }
    isName = false;
  }
  return words;
}

/** The name of a directive as a word. Few ask for one: it is not kept. */
export function nameWordOf({ source, name, start, nameEnd }: Directive): Word {
  const first = source.text.charCodeAt(start);
  return { value: name, start, end: nameEnd, quoted: first === DOUBLE_QUOTE || first === SINGLE_QUOTE };
}

/**
 * What kind of thing nginx refuses. `unknown-module` is a directive that nginx knows only with a module which
 * this host may or may not have; `unknown-directive` is one that no module brings.
 */
export type NginxProblemKind =
  | 'syntax'
  | 'arguments'
  | 'unknown-directive'
  | 'unknown-module'
  | 'misplaced'
  | 'duplicate'
  | 'duplicate-upstream'
  | 'duplicate-listen'
  | 'invalid-value'
  | 'unsupported-resolve';

/** Something nginx refuses, in its own words and at its own line. */
export type NginxProblem = Problem<NginxProblemKind>;

/** One file as nginx's tokenizer reads it: all directives that could be made out, and what is wrong. */
export class ParsedNginx {
  readonly source: Source;
  readonly contents: Contents;
  /** In the order of the text. The first is the one nginx stops at; the rest follow from going on after it. */
  readonly problems: readonly NginxProblem[];
  #directives: readonly Directive[] | undefined;

  constructor(source: Source, contents: Contents, problems: readonly NginxProblem[]) {
    this.source = source;
    this.contents = contents;
    this.problems = problems;
    this.#directives = undefined;
  }

  get directives(): readonly Directive[] {
    this.#directives ??= directivesOf(this.contents, this.source, 0);
    return this.#directives;
  }
}

/** The line nginx names in anything it says about a directive, counted from 1. */
export function reportedLineOf(directive: Directive): number {
  return positionAt(directive.source, directive.terminator).line;
}
