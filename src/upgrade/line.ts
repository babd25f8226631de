import { lineText, positionAt, type Span } from '../syntax/source.ts';

/** The whole line of a span with another text in the span's place, without its indentation. */
export function lineWith({ source, start, end }: Span, text: string): string {
  const { line, column } = positionAt(source, start);
  const whole = lineText(source, line);
  return (whole.slice(0, column - 1) + text + whole.slice(column - 1 + end - start)).trim();
}
