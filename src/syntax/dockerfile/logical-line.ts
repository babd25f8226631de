import type { Source, Span } from '../source.ts';

/** An instruction's text with continuations joined, that still knows where each character was written. */
export interface LogicalLine {
  readonly source: Source;
  readonly text: string;
  /** Where pieces of `text` begin in the source, in order. */
  readonly pieces: readonly { readonly at: number; readonly offset: number }[];
}

/** The span of a stretch of the line. */
export function lineSpan({ source, text, pieces }: LogicalLine, start: number, end: number): Span {
  const offsetOf = (at: number): number => {
    const piece = pieces.findLast((each) => each.at <= at) ?? { at: 0, offset: 0 };
    return piece.offset + at - piece.at;
  };
  const last = Math.min(Math.max(end, start), text.length);
  return { source, start: offsetOf(start), end: last > start ? offsetOf(last - 1) + 1 : offsetOf(start) };
}

/** One word of a line. */
export interface LineWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a line from an offset on: blanks separate, quotes keep blanks together and stay in the text, as escapes do. */
export function wordsOf({ text }: LogicalLine, from: number, escapeCharacter: string): readonly LineWord[] {
  const words: LineWord[] = [];
  let start = -1;
  let quote = '';
  for (let at = from; at <= text.length; at++) {
    const character = text.charAt(at);
    if (character === '' || (quote === '' && /\s/.test(character))) {
      if (start !== -1) words.push({ text: text.slice(start, at), start, end: at });
      start = -1;
      continue;
    }
    if (start === -1) start = at;
    if (character === escapeCharacter && quote !== "'") at++;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  return words;
}
