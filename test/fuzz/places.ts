import type { Source } from '../../src/syntax/source.ts';
import { must } from './target.ts';

/** Checks that a stretch lies in a text. */
export function mustLieIn(
  { text }: Source,
  { start, end }: { start: number; end: number },
  what: string,
): void {
  must(Number.isInteger(start) && Number.isInteger(end), `${what} has no place`);
  must(
    0 <= start && start <= end && end <= text.length,
    `${what} lies outside of the text: ${start}-${end} of ${text.length}`,
  );
}
