import type { Source, Span } from '../source.ts';

/** One assignment of a unit file. */
export interface UnitEntry {
  /** `Service`, `Socket`, ... */
  readonly section: string;
  readonly key: string;
  /**
   * As long as it is written: where lines are joined, the backslash, the line end and comments between them are blanks.
   * The character at `n` stands in the source at `span.start + n`.
   */
  readonly value: string;
  readonly span: Span;
}

/** Reads a unit file. https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
export function readUnit(source: Source): readonly UnitEntry[] {
  const entries: UnitEntry[] = [];
  let section = '';
  for (const { text, start } of joinedLines(source.text)) {
    const content = text.trim();
    if (content.startsWith('[') && content.endsWith(']')) section = content.slice(1, -1);
    const equals = text.indexOf('=');
    if (content.startsWith('[') || equals <= 0) continue;
    const value = text.slice(equals + 1);
    const from = start + equals + 1 + (value.length - value.trimStart().length);
    const trimmed = value.trim();
    entries.push({
      section,
      key: text.slice(0, equals).trim(),
      value: trimmed,
      span: { source, start: from, end: from + trimmed.length },
    });
  }
  return entries;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

/** A backslash at the end of a line joins the next one; comments between them are passed over. */
function* joinedLines(text: string): Generator<Line> {
  let open: { text: string; start: number } | undefined;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    const next = end + 1;
    // At the end of the text there is no line end to be a blank.
    const length = Math.min(next, text.length) - start;
    const first = line.trimStart().charAt(0);
    if (first === '#' || first === ';') {
      if (open) open.text += ' '.repeat(length);
    } else {
      open ??= { text: '', start };
      const whole = line.trimEnd();
      if (whole.endsWith('\\')) open.text += whole.slice(0, -1).padEnd(length);
      else {
        yield { text: open.text + line, start: open.start };
        open = undefined;
      }
    }
    start = next;
  }
  if (open) yield open;
}
