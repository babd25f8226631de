import type { Problem } from '../problem.ts';
import { positionAt, type Source } from '../source.ts';
import { DOUBLE_QUOTE, SINGLE_QUOTE } from './characters.ts';

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

/** One directive, simple (`listen 80;`) or with a block (`server { }`). */
export interface Directive {
  readonly source: Source;
  readonly name: string;
  /** Offset after the last character of the name, a closing quote included; see {@link nameWordOf}. */
  readonly nameEnd: number;
  readonly args: readonly Word[];
  /** Offset of the first character of the name, an opening quote included. */
  readonly start: number;
  /** Offset after the `;` or the closing `}`; where one is missing, after the last word or the last child. */
  readonly end: number;
  /**
   * Offset of the `;` or `{` that ends the words. Whatever nginx has to say about a directive it says with the
   * line of this character, which need not be the line of the name.
   */
  readonly terminator: number;
  /** The children of a `{ }` block; empty for a Lua block, whose text is `body`. */
  readonly block?: readonly Directive[];
  /** The raw text between the braces of a `*_by_lua_block`. */
  readonly body?: { readonly start: number; readonly end: number };
}

/** The name of a directive as a word. Few ask for one, and a host has a million: they are not kept. */
export function nameWordOf({ source, name, start, nameEnd }: Directive): Word {
  const first = source.text.charCodeAt(start);
  return { value: name, start, end: nameEnd, quoted: first === DOUBLE_QUOTE || first === SINGLE_QUOTE };
}

/** A comment, from its `#` to before the end of the line. */
export interface Comment {
  readonly start: number;
  readonly end: number;
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
export interface ParsedNginx {
  readonly source: Source;
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  /** In the order of the text. The first is the one nginx stops at; the rest follow from going on after it. */
  readonly problems: readonly NginxProblem[];
}

/** The line nginx names in anything it says about a directive, counted from 1. */
export function reportedLineOf(directive: Directive): number {
  return positionAt(directive.source, directive.terminator).line;
}
