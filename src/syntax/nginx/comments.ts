import type { Source } from '../source.ts';
import { Lexer } from './lex.ts';

/** A comment, from its `#` to before the end of the line. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** The comments of a file, in order. Few files are asked for theirs. */
export function commentsOf(source: Source): readonly Comment[] {
  const comments: Comment[] = [];
  const lexer = new Lexer(source, () => undefined);
  while (lexer.next()) {
    if (lexer.kind === 'comment') comments.push({ start: lexer.start, end: lexer.end });
  }
  return comments;
}
