import type { Span } from '../../syntax/source.ts';

/** A number that the unit of a daemon limits it to, and where. */
export interface UnitLimit {
  readonly value: number;
  readonly span: Span;
}
