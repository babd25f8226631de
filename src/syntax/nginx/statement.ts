import type { Word } from './tree.ts';

/** So many directives a block counts as, in what reading a host may weigh. */
const BLOCK_WEIGHT = 10;

/** The statements of a file or a block, in order. */
export interface Contents {
  readonly statements: readonly Statement[];
  /** Where each begins: an offset from the first character of the directive around it, or of the file. */
  readonly starts: readonly number[];
  /** How many statements there are inside of each other, a block counting as more. */
  readonly weight: number;
  /** How deep blocks stand inside of each other: 0 where there is none. */
  readonly depth: number;
  /** True where an `include` stands in it, however deep. */
  readonly hasIncludes: boolean;
}

/**
 * What a directive says, wherever it stands: all offsets count from its first character. The sites of a panel say mostly the same
 * thing, and statements of the same text are one object where the reader has met the text before: what is found out about one is
 * found out about all of them. {@link Directive} is a statement at its place in a file.
 */
export class Statement {
  readonly name: string;
  /** Offset after the last character of the name, a closing quote included. */
  readonly nameEnd: number;
  /** What its arguments are to nginx: quotes removed, escapes resolved. */
  readonly values: readonly string[];
  /** Where they stand, as offsets too; absent where that can be read again, as in nearly all of a host. */
  readonly written: readonly Word[] | undefined;
  /** Offset of the `;` or `{` that ends the words. */
  readonly terminator: number;
  readonly isTerminated: boolean;
  /** True where a `{` stands in one of the words, as in the placeholder of a template. */
  readonly hasBrace: boolean;
  /** True where a `$` stands in one of the arguments. */
  readonly hasDollar: boolean;
  /** Offset after the `;` or the closing `}`. */
  readonly end: number;
  /** What stands in its block; empty for a Lua block. */
  readonly contents: Contents | undefined;
  /** The raw text between the braces of a `*_by_lua_block`. */
  readonly script: { readonly start: number; readonly end: number } | undefined;
  /** Different from that of all others of its reader, once the same text was met again; 0 before. */
  id: number;

  constructor(
    name: string,
    nameEnd: number,
    values: readonly string[],
    terminator: number,
    isTerminated: boolean,
    hasBrace: boolean,
    hasDollar: boolean,
    end: number,
    contents?: Contents,
    script?: { readonly start: number; readonly end: number },
    written?: readonly Word[],
  ) {
    this.name = name;
    this.nameEnd = nameEnd;
    this.values = values;
    this.written = written;
    this.terminator = terminator;
    this.isTerminated = isTerminated;
    this.hasBrace = hasBrace;
    this.hasDollar = hasDollar;
    this.end = end;
    this.contents = contents;
    this.script = script;
    this.id = 0;
  }
}

/** Puts statements together; both lists become the contents' own. */
export function contentsOf(statements: readonly Statement[], starts: readonly number[]): Contents {
  let weight = 0;
  let depth = 0;
  let hasIncludes = false;
  for (const { name, contents } of statements) {
    weight += 1;
    if (name === 'include') hasIncludes = true;
    if (!contents) continue;
    weight += BLOCK_WEIGHT - 1 + contents.weight;
    depth = Math.max(depth, contents.depth + 1);
    hasIncludes ||= contents.hasIncludes;
  }
  return { statements, starts, weight, depth, hasIncludes };
}
