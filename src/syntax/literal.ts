import type { FilledValue } from './command-line/words.ts';
import type { Span } from './source.ts';

/** A value that stands in a file as it is, whatever language that is written in. */
export type Literal =
  | {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      readonly span: Span;
      /** The values it is put together of, where they stand elsewhere. */
      readonly parts?: readonly FilledValue[];
    }
  /** `isWhole` is false where a part of it is not known. */
  | {
      readonly kind: 'list';
      readonly items: readonly Literal[];
      readonly isWhole: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'map';
      readonly entries: ReadonlyMap<string, Literal>;
      readonly isWhole: boolean;
      readonly span: Span;
    }
  /** What is taken where nothing else is given: the 3000 of `process.env.PORT || 3000`. */
  | { readonly kind: 'fallback'; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'unknown'; readonly span: Span };

/** A value of a map; `undefined` where it is none, or does not have it. */
export function entryOf(literal: Literal | undefined, key: string): Literal | undefined {
  return literal?.kind === 'map' ? literal.entries.get(key) : undefined;
}

/** A scalar as text; `undefined` for anything else. */
export function textOf(literal: Literal | undefined): string | undefined {
  return literal?.kind === 'scalar' && literal.value !== null ? String(literal.value) : undefined;
}
