import type { Span } from '../source.ts';
import type { Given } from './given.ts';

/** A value of a compose file: merge keys expanded, variables filled in. */
export type ComposeNode = ComposeMap | ComposeList | ComposeScalar;

/** What a value does to what stands below it in the files before: `!reset` takes it away, `!override` replaces it. */
export type ComposeTag = 'reset' | 'override';

/** A mapping. */
export interface ComposeMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly ComposeEntry[];
  readonly tag?: ComposeTag;
}

/** One key of a mapping. Keys hold no variables. */
export interface ComposeEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ComposeNode;
}

/** A sequence. */
export interface ComposeList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly ComposeNode[];
  readonly tag?: ComposeTag;
}

/** A string, number or boolean as text; or nothing. */
export interface ComposeScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly isNull: boolean;
  readonly text: Given<string>;
  readonly tag?: ComposeTag;
}

/** The entry of a key, where the node is a mapping that has it. */
export function entryOf(node: ComposeNode | undefined, key: string): ComposeEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/**
 * The span of a part of a value's text. Where the text is not in the file to the letter, because of variables, escapes or folded lines,
 * it is the span of the whole.
 */
export function partSpan(whole: Span, text: string, start: number, end: number): Span {
  const { source } = whole;
  const written = source.text.slice(whole.start, whole.end);
  const before = written === text ? 0 : written.slice(1, -1) === text ? 1 : undefined;
  if (before === undefined) return whole;
  return { source, start: whole.start + before + start, end: whole.start + before + end };
}
